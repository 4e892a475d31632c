"""What a browser may go on with: the draft that it writes, the dossier that it has just filed.

A cookie may be deleted, an answer may be lost on the way with its cookie, a page may stay open for
days. So a page carries the code of its draft, and what it posts is believed like its browser.
"""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from complaints.handling import drafts
from complaints.models import Dossier, Draft
from pages import visits
from pages.salvaging import CODE
from pages.visited import visited


def held(request: HttpRequest, key: UUID, at: datetime) -> Draft | None:
    """That draft of this site, if this browser holds it or its page has its code."""
    draft = visits.held_draft(request, key, at)
    if draft is None and _proved(request, key):
        draft = drafts.find_draft(visited(request).organisation, request.POST[CODE])
        if draft:
            visits.hold_draft(request, draft, at)
    organisation = visited(request).organisation
    if draft is None or organisation is None or draft.organisation_id != organisation.pk:
        return None
    draft.organisation = organisation
    return draft


def filed_under(request: HttpRequest, key: UUID, at: datetime) -> Dossier | None:
    """What was already filed under that key, for whoever filed it: this browser, or its page.

    The page is believed for as long as a browser is: its code has opened nothing since.
    """
    proved = _proved(request, key)
    if not proved and not visits.has_filed(request):
        return None
    organisation = visited(request).organisation
    dossier = Dossier.objects.filter(submission_key=key, organisation=organisation).first()
    if dossier is None or not dossier.tracking_hash:
        return None
    lately = at - dossier.received_at <= visits.HELD
    ours = visits.was_filed(request, dossier.reference) or (proved and lately)
    return dossier if ours else None


def receipt_address(request: HttpRequest, dossier: Dossier, at: datetime) -> str:
    """Where its number and its code are read, by who has just filed it."""
    if not visits.was_filed(request, dossier.reference):
        visits.open_visit(request, dossier.reference, at, filed=True)
    return reverse("pages:receipt", args=[dossier.reference])


def _proved(request: HttpRequest, key: UUID) -> bool:
    code = request.POST.get(CODE, "")
    return (
        bool(code)
        and visited(request).organisation is not None
        and drafts.is_resume_code(code, key)
    )
