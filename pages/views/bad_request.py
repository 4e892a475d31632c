"""A post that cannot be read at all: what was too much in it, and how to come back without loss."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponseBadRequest
from django.template.loader import render_to_string

from complaints.intake.files import MEGA
from complaints.intake.typography import count, sentence


def _said(exception: Exception | None) -> str:
    if isinstance(exception, RequestDataTooBig):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGA
        return sentence(
            "Son texte dépasse {limit} Mo, soit des milliers de pages : raccourcissez-le, ou "
            "joignez-le dans un fichier.",
            limit=limit,
        )
    if isinstance(exception, TooManyFilesSent):
        limit = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return sentence(
            "Il contient plus de {limit} fichiers : retirez-en, et envoyez-les en plusieurs fois.",
            limit=limit,
        )
    if isinstance(exception, TooManyFieldsSent):
        limit = count(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
        return (
            f"Il contient plus de {limit} réponses, et aucun de nos formulaires n’en demande "
            "autant."
        )
    return ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBadRequest:
    """The page of the status 400; it asks nothing of the database, nor of the request."""
    return HttpResponseBadRequest(render_to_string("400.html", {"said": _said(exception)}))
