"""What a dossier says of what staff wrote down: by whom, confirmed or not, what lacks, the copy."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views import View
from wagtail.admin import messages

from complaints.desk.dossiers.files import HEADERS
from complaints.desk.dossiers.reaching import OnDossier
from complaints.handling.confirmation import copy_to_post, print_the_copy, was_noted
from complaints.handling.entering import missing_answers
from complaints.letters.pdf import PdfError
from complaints.models import Dossier
from complaints.sla.words import day_month_year


@dataclass(frozen=True)
class Noted:
    """« Noté par Alice, pas encore confirmé par le réclamant », and what goes with it."""

    sentence: str
    missing: list[str]
    to_post: bool


def noted(dossier: Dossier) -> Noted | None:
    """None for what its author filed."""
    if not dossier.transcribed_by:
        return None
    to_post = copy_to_post(dossier) is not None
    return Noted(_sentence(dossier), missing_answers(dossier), to_post)


def _sentence(dossier: Dossier) -> str:
    by = f"Noté par {dossier.transcribed_by}"
    if dossier.confirmed_at:
        on = day_month_year(timezone.localdate(dossier.confirmed_at, dossier.organisation.clock))
        return f"{by}, confirmé par le réclamant le {on}."
    if was_noted(dossier):
        return f"{by}, pas encore confirmé par le réclamant."
    return f"{by}. Il n’y a pas de réclamant à qui le faire confirmer."


class CopyDoor(OnDossier, View):
    """The copy to hand over or to post, with the code: each printing is a line of the journal."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        letter = copy_to_post(self.dossier)
        if letter is None:
            raise Http404
        try:
            pdf = print_the_copy(letter, actor=self.actor, at=timezone.now())
        except PdfError as error:
            messages.error(request, str(error))
            return redirect(self.dossier_url)
        name = f"copie-{self.dossier.reference}.pdf"
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers=HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'},
        )
