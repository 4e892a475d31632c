"""The minutes of a body that sat on a dossier: who, when, what it decided, the proof (IH-10)."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from complaints.handling.acting import Act
from complaints.handling.files import keep_file
from complaints.handling.forms import MoveForm, day, text_area
from complaints.handling.messages import write_inside
from complaints.intake.definition import MAX_FILES, Field, Kind
from complaints.intake.questions import question
from complaints.letters.merge import in_words
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind

NBSP = "\u00a0"


class MinutesForm(MoveForm):
    """Which body sat, on which day, who was there, what it decided."""

    body = forms.ChoiceField(label="Instance", choices=())
    held_on = day("Réunie le", required=True)
    members = text_area("Membres présents", rows=2, help_text="Leurs noms et leurs qualités.")
    decision = text_area("Ce qui a été décidé, et pourquoi", rows=6)
    files = question(
        Field(
            "files", Kind.FILES, "Procès-verbal et annexes", max_files=MAX_FILES,
            help="Pour l’équipe seulement : le réclamant ne les verra jamais.",
        )
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = self.act.rules.bodies
        if not bodies:
            del self.fields["body"]
        else:
            empty = [("", "Choisissez…")] if len(bodies) > 1 else []
            self.fields["body"].choices = empty + [(body.key, body.label) for body in bodies]
        self.fields["held_on"].widget.attrs["max"] = self._today().isoformat()

    def clean_held_on(self) -> date:
        """A body that has not sat yet has decided nothing."""
        held_on = self.cleaned_data["held_on"]
        if held_on > self._today():
            raise forms.ValidationError("Cette date est à venir : indiquez le jour de la réunion.")
        return held_on

    def _today(self) -> date:
        return timezone.localdate(self.act.at)


def record_minutes(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Keep them inside: a note of the team with its files, which the complainant never sees."""
    labels = {body.key: body.label for body in act.rules.bodies}
    key = data.get("body", "")
    said = {"members": data["members"], "decision": data["decision"]}
    message = write_inside(act, _text(labels.get(key, ""), data))
    kept = [keep_file(act.dossier, file, act.at, message=message) for file in data["files"]]
    act.record(
        EventKind.MINUTES_RECORDED,
        personal=said,
        body=key,
        body_label=labels.get(key, ""),
        held_on=data["held_on"].isoformat(),
        files=[file.sha256 for file in kept],
    )


def _text(label: str, data: dict[str, Any]) -> str:
    """What the note says, so that it can be read without the journal."""
    sat = f"{label}, réunion du" if label else "Réunion du"
    return (
        f"{sat} {in_words(data['held_on'])}.\n\n"
        f"Membres présents{NBSP}: {data['members']}\n\n"
        f"{data['decision']}"
    )
