"""The page as its editor sees it before anybody else: drafts included, and nothing sent from it."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from complaints.models import Procedure, ProcedureVersion
from complaints.workflow import DefinitionError
from pages.filling import Filling, first_step
from pages.views.headers import public
from pages.visited import visited

if TYPE_CHECKING:
    from pages.models import ProcedurePage

NO_PROCEDURE = "Choisissez une procédure pour voir la page."
DRAFT_RULES = (
    "La procédure n’a jamais été publiée : ce qui suit est lu dans son brouillon."
    " Les visiteurs ne le verront qu’une fois la procédure publiée."
)
UNREADABLE_RULES = (
    "La procédure n’a jamais été publiée, et son brouillon n’est pas complet :"
    " ce qu’elle décide ne peut pas encore s’afficher."
)
NO_FORM = "Aucun formulaire publié : les visiteurs liront comment vous joindre autrement."


def preview(request: HttpRequest, page: "ProcedurePage") -> HttpResponse:
    """Never an error, however little of it is written yet."""
    notes = [NO_PROCEDURE]
    if page.procedure_id:
        site = visited(request)
        site.organisation, site.page = page.organisation, page
        notes = _prepare(page)
    form_version = page.form_version if page.procedure_id and page.version else None
    shown: dict[str, Any] = {"preview_notes": notes}
    if form_version:
        filling = Filling(form_version, uuid4(), first_step(form_version.parsed()))
        shown |= {"filling": filling, "form": filling.shown_form(timezone.now())}
    template = page.template if page.procedure_id else "pages/preview_empty.html"
    return public(render(request, template, page.get_context(request) | shown))


def _prepare(page: "ProcedurePage") -> list[str]:
    """Put the draft's rules where none are in force; what the editor is told of it."""
    notes = []
    if page.version is None:
        page.version = _drafted(page.procedure)
        notes.append(DRAFT_RULES if page.version else UNREADABLE_RULES)
    if page.form_version is None:
        notes.append(NO_FORM)
    return notes


def _drafted(procedure: Procedure) -> ProcedureVersion | None:
    """The rules of the newest draft as a version that is never saved; None when unreadable."""
    draft = procedure.get_latest_revision_as_object()
    version = ProcedureVersion(
        procedure=procedure,
        number=0,
        reference=draft.reference,
        title=draft.title,
        mediator=draft.mediator,
        definition=draft.definition(),
    )
    try:
        version.rules  # noqa: B018  parsed here, so that nothing fails further on
    except DefinitionError:
        return None
    return version
