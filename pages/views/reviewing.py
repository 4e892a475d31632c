"""Reading it all again before it leaves: what will be sent, what is missing, what is not asked."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from complaints import intake
from complaints.intake.bound import Question
from complaints.models import Draft, DraftFile
from pages import salvaging
from pages.filling import Filling
from pages.views.doubting import Doubt, doubts
from pages.views.drafting import REREAD, about
from pages.views.leading import step_address
from pages.views.opening import of_held_draft
from pages.views.sending import CLOSED, send

READ = "draft-read"
CHANGED = (
    "Ce brouillon a été changé depuis que vous l’avez relu, dans un autre onglet ou sur un autre "
    "appareil. Relisez-le tel qu’il est maintenant, puis envoyez."
)
WRITTEN = (intake.Kind.TEXT, intake.Kind.LONG_TEXT)


@of_held_draft
def review(request: HttpRequest, draft: Draft) -> HttpResponse:
    """All of it once more, as it will be read; a post sends it."""
    filling = Filling.of(draft, None)
    if request.method != "POST":
        return _review(request, filling)
    if filling.form.errors:
        return _review(request, filling, status=422)
    if request.POST.get(READ, _read(filling)) != _read(filling):
        return _review(request, filling, status=409, notices=[CHANGED])
    return send(request, filling, timezone.now()) or _review(
        request, filling, status=409, notices=[CLOSED]
    )


def _review(
    request: HttpRequest, filling: Filling, status: int = 200, **shown: Any
) -> HttpResponse:
    asked = {field.key for field in filling.definition.shown(filling.form.given)}
    parts = _parts(filling)
    context = about(request, filling) | {
        "form": filling.form,
        "parts": parts,
        "first_wrong": next((_to_mend(part) for part in parts if part["wrong"]), ""),
        "doubts": list(_doubts(filling, parts)),
        "left_out": _left_out(filling, asked),
        "read": _read(filling),
    }
    return render(request, "pages/review.html", context | shown, status=status)


def _parts(filling: Filling) -> list[dict[str, Any]]:
    """Each section with its lines, and the files that answer a question."""
    form, stepped = filling.form, filling.definition.stepped
    answers = intake.answers(form)
    joined: dict[str, list[DraftFile]] = {}
    for file in filling.files:
        joined.setdefault(file.question, []).append(file)
    read = intake.readable(filling.definition, answers, files=joined)
    lines = [(line, joined.get(line.field.key)) for _, found in read for line in found]
    return [
        {
            "section": section,
            "lines": [(line, files) for line, files in lines if line.field in section.fields],
            "wrong": [form[key] for key in form.wrong_keys(section.key)],
            "address": step_address(filling.key, section.key if stepped else None),
        }
        for section in filling.sections
    ]


def _to_mend(part: dict[str, Any]) -> str:
    """Where the first thing to correct of that part is written."""
    return _written(part, part["wrong"][0])


def _written(part: dict[str, Any], question: Question) -> str:
    """Where that question of that part is answered; from there one comes back to the review."""
    return f"{part['address']}?{REREAD}#{question.first_control_id}"


def _doubts(filling: Filling, parts: list[dict[str, Any]]) -> Iterator[tuple[Doubt, str]]:
    """Each with the place where its question is answered."""
    today = timezone.localdate(timezone=filling.draft.organisation.clock)
    for part in parts:
        for doubt in doubts(filling.form, [line for line, _ in part["lines"]], today):
            yield doubt, _written(part, filling.form[doubt.field.key])


def _left_out(filling: Filling, asked: set[str]) -> list[str]:
    """The questions that were written under, and that the other answers no longer call for."""
    hidden = [question for question in filling.definition.fields if question.key not in asked]
    written = [question for question in hidden if question.kind in WRITTEN and not question.default]
    return [label for label, _ in salvaging.lines(written, filling.typed)]


def _read(filling: Filling) -> str:
    """The mark of what the person reads: other words or files have another."""
    words = {name: texts for name, texts in filling.typed.items() if not name.startswith(":")}
    files = sorted(file.pk for file in filling.files)
    return sha256(json.dumps([words, files], sort_keys=True).encode()).hexdigest()[:32]
