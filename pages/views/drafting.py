"""The steps of a filing: each keeps what was typed and leads on; the way out gives a code."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from complaints import intake
from complaints.handling.drafts import resume_code
from complaints.models import Draft
from pages import visits
from pages.filling import Filling, first_step
from pages.turns import Order
from pages.views import leading, sending
from pages.views.headers import see_other
from pages.views.leading import step_address
from pages.views.opening import of_held_draft

RESUMED = "reprise"
# The address of a step that the review leads to: it leads back there.
REREAD = "relecture"


@of_held_draft
def draft(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The whole form on one page, or the step where the person was."""
    definition = draft.form_version.parsed()
    if definition.stepped:
        known = {section.key for section in definition.sections}
        here = draft.step if draft.step in known else first_step(definition)
        return see_other(step_address(draft.key, here) + _asked_to_resume(request))
    return _fill(request, Filling.of(draft, None))


@of_held_draft
def step(request: HttpRequest, draft: Draft, step: str) -> HttpResponse:
    """One step; what was typed in the others stays."""
    filling = Filling.of(draft, step)
    if step not in {section.key for section in filling.definition.sections}:
        raise Http404
    return _fill(request, filling)


def _fill(request: HttpRequest, filling: Filling) -> HttpResponse:
    at = timezone.now()
    if request.method == "POST":
        return _take(request, filling, at)
    if key := leading.row_asked(request.GET.get("ligne", ""), filling):
        filling.add_row(key)
    if not filling.is_asked:  # an answer has changed since the address was shown
        after = filling.beside(1) or filling.beside(-1)
        return see_other(step_address(filling.key, after) + _asked_to_resume(request))
    return show(request, filling, filling.shown_form(at))


def _take(request: HttpRequest, filling: Filling, at: datetime) -> HttpResponse:
    filling.read(request)
    order = filling.save(request, at, automatic=leading.is_automatic(request))
    visits.hold_draft(request, filling.draft, at)
    if leading.is_automatic(request):
        return leading.saved(filling, order)
    if order is Order.ELSEWHERE:
        return show(request, filling, filling.form.unchecked(), status=409)
    if leading.sends_at_once(request) and not filling.form.errors:
        sent = sending.send(request, filling, at)
        return sent or show(request, filling, filling.form, status=409, notices=[sending.CLOSED])
    return leading.go_on(request, filling, at) or show(request, filling, filling.form, status=422)


def _asked_to_resume(request: HttpRequest) -> str:
    return f"?{RESUMED}" if RESUMED in request.GET else ""


def show(
    request: HttpRequest,
    filling: Filling,
    form: intake.IntakeForm,
    *,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    """The step, or the whole form, of a draft."""
    resumed = request.method != "POST" and RESUMED in request.GET
    context = about(request, filling) | {
        "form": form,
        "resumed": resumed,
        "reread": REREAD in request.GET,
    }
    return render(request, "pages/filling.html", context | shown, status=status)


def about(request: HttpRequest, filling: Filling) -> dict[str, Any]:
    """What every screen of a draft says: how to find it again."""
    code = resume_code(filling.key)
    return {
        "filling": filling,
        "draft": filling.draft,
        "code": code,
        "link": request.build_absolute_uri(reverse("pages:resume_link", args=[code])),
    }


@require_safe
@of_held_draft
def saved(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What is kept, until when, and how to find it again."""
    return render(request, "pages/draft_saved.html", about(request, Filling.of(draft, None)))
