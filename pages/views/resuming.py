"""Resuming a draft, on another device or another day, by its link or its code; or erasing it."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from complaints.handling import drafts
from complaints.intake.typography import sentence
from complaints.models import Draft
from pages import guard, rates, visits
from pages.forms import ResumeForm, dressed
from pages.views.drafting import RESUMED
from pages.views.headers import confidential, see_other
from pages.views.leading import step_address
from pages.views.opening import of_held_draft
from pages.visited import visited

# A room full of trainees behind one connection may resume; nobody tries so many codes by hand.
TRIES = 60
WRONG = (
    "Ce code n’ouvre aucun brouillon. Vérifiez-le lettre par lettre. Un brouillon déjà "
    "envoyé, ou effacé après son délai, ne s’ouvre plus."
)
CLOSED = (
    "Ce brouillon n’est pas ouvert dans ce navigateur, ou ne l’est plus\u00a0: il se referme après "
    "une demi-journée, pour que personne d’autre ne le lise. Indiquez son code pour le reprendre."
)
TOO_MANY = (
    "Beaucoup de codes viennent d’être essayés depuis votre connexion à Internet : réessayez à "
    "partir de {hour}{otherwise}. Votre brouillon n’est pas touché."
)


@confidential
def door(request: HttpRequest) -> HttpResponse:
    """Ask for the code; the right one opens the draft in this browser."""
    organisation = visited(request).organisation
    if organisation is None:
        raise Http404
    if request.method != "POST":
        return _ask(request, ResumeForm(), notice=CLOSED if "ferme" in request.GET else "")
    form = ResumeForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=422)
    at = timezone.now()
    if _too_often(request, at):
        return _too_many(request, at)
    draft = drafts.find_draft(organisation, form.cleaned_data["code"])
    if draft is None:
        form.add_error("code", WRONG)
        return _ask(request, form, status=404)
    return _open(request, draft, at)


@confidential
def link(request: HttpRequest, code: str) -> HttpResponse:
    """The private link says what it opens; only its button opens it: mail scanners follow links."""
    organisation = visited(request).organisation
    if organisation is None:
        raise Http404
    at = timezone.now()
    if _too_often(request, at):
        return _too_many(request, at)
    draft = drafts.find_draft(organisation, code)
    if draft is None:
        return _ask(request, ResumeForm(), status=404, notice=WRONG)
    if request.method == "POST":
        return _open(request, draft, at)
    return render(request, "pages/resume_link.html", {"draft": draft})


@of_held_draft
def forget(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Ask whether it is meant, then erase the draft: nothing of it is kept."""
    if request.method != "POST":
        return render(request, "pages/forget.html", {"draft": draft})
    visits.release_draft(request, draft.key)
    drafts.erase(draft)
    return see_other(reverse("pages:resume") + "?efface")


def _open(request: HttpRequest, draft: Draft, at: datetime) -> HttpResponse:
    visits.hold_draft(request, draft, at)
    definition = draft.form_version.parsed()
    known = {section.key for section in definition.sections}
    step = draft.step if definition.stepped and draft.step in known else None
    return see_other(f"{step_address(draft.key, step)}?{RESUMED}")


def _too_often(request: HttpRequest, at: datetime) -> bool:
    return not rates.within(TRIES, "resume", request, at)


def _too_many(request: HttpRequest, at: datetime) -> HttpResponse:
    ours = visited(request).organisation
    hour, otherwise = guard.hour(rates.next_hour(at), ours), guard.otherwise(ours)
    notice = sentence(TOO_MANY, hour=hour, otherwise=otherwise)
    return _ask(request, ResumeForm(), status=429, notice=notice)


def _ask(
    request: HttpRequest, form: ResumeForm, *, status: int = 200, notice: str = ""
) -> HttpResponse:
    held = visits.held_drafts(request, timezone.now())
    context = {
        "form": dressed(form),
        "notice": notice,
        "drafts": [draft for draft in held if draft.organisation == visited(request).organisation],
        "erased": "efface" in request.GET,
        "left": "quitte" in request.GET,
        "address": reverse("pages:resume"),
    }
    return render(request, "pages/resume.html", context, status=status)
