"""Sending: what was read again becomes a dossier, once, whatever the browser does meanwhile."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from complaints import intake
from complaints.handling import drafts
from complaints.handling.filing import Submission
from complaints.models import Dossier
from pages import visits
from pages.filling import Filling
from pages.models import ProcedurePage
from pages.views.headers import see_other
from pages.visited import visited

CLOSED = (
    "Ce formulaire n’est plus ouvert, et rien n’est envoyé. Votre brouillon est gardé\u00a0: "
    "vous pouvez nous joindre autrement, nos coordonnées sont au bas de cette page."
)


def send(request: HttpRequest, filling: Filling, at: datetime) -> HttpResponse | None:
    """File it, once; None when no page takes this form any more."""
    site = visited(request)
    rules = site.rules_for(filling.version.form_id)
    if rules is None:
        return None
    submission = Submission(
        organisation=site.organisation,
        procedure_version=rules,
        form_version=filling.version,
        answers=intake.answers(filling.form),
        files=intake.uploads(filling.form),
        key=filling.key,
    )
    filed = visits.filed_references(request)
    dossier = drafts.send(filling.draft, submission, at=at, filed=filed)
    visits.release_draft(request, filling.key)
    visits.open_visit(request, dossier.reference, at, filed=True)
    return see_other(reverse("pages:receipt", args=[dossier.reference]))


def says_more(filling: Filling, dossier: Dossier) -> bool:
    """Whether what was posted has words or files that this dossier has not."""
    answers = intake.answers(filling.form)
    joined = {file.sha256 for file in intake.uploads(filling.form)}
    known = set(dossier.attachments.values_list("sha256", flat=True)) if joined else set()
    news = any(dossier.answers.get(key) != answer for key, answer in answers.items())
    return news or filling.wrong or bool(joined - known)


def page_of(request: HttpRequest, form_id: int) -> ProcedurePage | None:
    """The page of this site that takes that form today."""
    site = visited(request)
    if site.page and site.page.form_id == form_id:
        return site.page
    pages = ProcedurePage.objects.live().filter(
        procedure__organisation=site.organisation, form=form_id
    )
    page = pages.select_related("procedure", "form").defer("body").order_by("path").first()
    if page:
        page.procedure.organisation = site.organisation
    return page
