"""The door of a draft: open to who holds it; whoever does not loses no word of what they sent."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from complaints.handling import drafts
from complaints.models import Dossier
from pages import salvaging, visits
from pages.filling import Filling
from pages.views.filing import begin_again
from pages.views.headers import confidential, see_other
from pages.views.holding import filed_under, held, receipt_address
from pages.views.leading import is_automatic, not_saved
from pages.views.sending import says_more
from pages.visited import visited

View = Callable[..., HttpResponse]


def of_held_draft(view: View) -> View:
    """Give the view the draft that this browser holds; one that was sent leads to its receipt."""

    @wraps(view)
    def answer(request: HttpRequest, key: UUID, **kwargs: Any) -> HttpResponse:
        at = timezone.now()
        draft = held(request, key, at)
        if draft is not None:
            try:
                return view(request, draft, **kwargs)
            except drafts.Gone:  # between its reading and its writing
                visits.release_draft(request, key)
        return _without(request, key, at, kwargs.get("step"))

    return confidential(answer)


def _without(request: HttpRequest, key: UUID, at: datetime, step: str | None) -> HttpResponse:
    """No draft to go on with: it was sent, or erased, or it is not of this browser."""
    if is_automatic(request):
        return not_saved()
    dossier = filed_under(request, key, at)
    version = salvaging.posted_version(request, visited(request).organisation)
    if dossier and not (version and _says_more(request, Filling(version, key, step), dossier)):
        return see_other(receipt_address(request, dossier, at))
    if version:
        return begin_again(request, version, dossier)
    return see_other(reverse("pages:resume") + "?ferme")


def _says_more(request: HttpRequest, filling: Filling, dossier: Dossier) -> bool:
    filling.read(request)
    return says_more(filling, dossier)
