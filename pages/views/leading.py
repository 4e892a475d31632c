"""Where each button of a form leads: the next step, the one before, the review, the way out."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone

from complaints import intake
from complaints.handling import drafts
from complaints.handling.drafts import resume_code
from complaints.intake.parts import ADD_ROW, ROWS, box_name
from pages.filling import Filling
from pages.salvaging import ACTION
from pages.turns import Order
from pages.views.headers import see_other

PREVIOUS, SAVE, REVIEW, AUTOSAVE = "previous", "save", "review", "auto"


def go_on(request: HttpRequest, filling: Filling, at: datetime) -> HttpResponse | None:
    """Where the button leads; None when the step is to be shown again with its errors."""
    action = request.POST.get(ACTION, REVIEW)
    if key := row_asked(request.POST.get(ADD_ROW, ""), filling):
        address = step_address(filling.key, filling.step)
        return see_other(f"{address}?ligne={key}#{_first_box_added(key, filling)}")
    if action == SAVE:
        return see_other(reverse("pages:draft_saved", args=[filling.key]))
    if action == PREVIOUS:
        before = filling.beside(-1) or filling.step
        drafts.move(filling.draft, before or "")
        return see_other(step_address(filling.key, before))
    if filling.wrong:
        return None
    if action == REVIEW or (after := filling.beside(1)) is None:
        return see_other(reverse("pages:review", args=[filling.key]))
    drafts.move(filling.draft, after)
    return see_other(step_address(filling.key, after))


def row_asked(key: str, filling: Filling) -> str:
    """That key, if it is a group of persons to which a row may be added; else nothing."""
    asked = filling.definition.by_key.get(key)
    return key if asked and asked.kind == intake.Kind.PERSONS else ""


def _first_box_added(key: str, filling: Filling) -> str:
    """Where to write in the row that is added: a keyboard goes on from there."""
    asked = filling.definition.by_key[key]
    shown = filling.typed.get(ROWS.format(key), [""])[-1]
    number = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 4 else 1
    return f"id_{box_name(key, asked.parts[0], min(number, asked.max_rows - 1))}"


def step_address(key: UUID, step: str | None) -> str:
    """Where a step, or the whole form, is filled in."""
    return reverse("pages:step", args=[key, step]) if step else reverse("pages:draft", args=[key])


def sends_at_once(request: HttpRequest) -> bool:
    """Whether no button of ours was pressed."""
    return ACTION not in request.POST and ADD_ROW not in request.POST


def is_automatic(request: HttpRequest) -> bool:
    """Whether a script posts by itself, to keep what is typed."""
    return request.POST.get(ACTION) == AUTOSAVE


def saved(filling: Filling, order: Order = Order.NEXT) -> HttpResponse:
    """For the page's script: when it was kept, under which key, and the code that opens it."""
    if order is not Order.NEXT:
        return not_saved(elsewhere=order is Order.ELSEWHERE)
    at = timezone.localtime(filling.draft.saved_at, filling.draft.organisation.clock)
    code = resume_code(filling.key)
    return JsonResponse({"saved": f"{at:%H:%M}", "key": str(filling.key), "code": code})


def not_saved(*, elsewhere: bool = False) -> HttpResponse:
    """For the page's script: nothing is kept; `elsewhere`: another page has newer words."""
    return JsonResponse({"saved": "", "elsewhere": elsewhere})
