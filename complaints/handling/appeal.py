"""The appeal: filed once, with what its author adds, and decided by whom the rules name (IH-27)."""

from typing import Any

from django import forms

from complaints.handling.acting import Act
from complaints.handling.actors import COMPLAINANT
from complaints.handling.forms import LetterForm, text_area
from complaints.handling.lettering import (
    PROMISES,
    dates_after,
    draft,
    send_letter,
    send_proposed,
    tell_the_team,
)
from complaints.handling.messages import receive
from complaints.intake.definition import MAX_FILES, Field, Kind
from complaints.intake.questions import question
from complaints.letters.merge import facts_of, merge, subject_line
from complaints.models import Dossier
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind, Outcome

SPENT = "Un recours a déjà été déposé sur ce dossier\u00a0: il n’y en a qu’un."
# What the letter says of the decision under way: known only once the form is filled in.
DECIDED = ("decision", "sens")


class AppealForm(LetterForm):
    """What is contested and why; the letter that acknowledges it is for staff to edit."""

    field_order = ("reason", "files", "subject", "body")
    reason = text_area("Ce que vous contestez, et pourquoi", rows=6)
    files = question(Field("files", Kind.FILES, "Documents à joindre", max_files=MAX_FILES))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.act.actor.role == COMPLAINANT:
            self.fields.pop("subject", None)
            self.fields.pop("body", None)
        else:
            self.fields["reason"].label = "Ce que le réclamant conteste, et pourquoi"
            if self.move.letter and not self.is_bound:
                self.initial = self.initial | draft(self.act, self.move.letter, later=[PROMISES])


class AppealDecisionForm(LetterForm):
    """What becomes of the complaint, why, and the letter that says so."""

    field_order = ("outcome", "decision", "subject", "body")
    outcome = forms.ChoiceField(label="Sens de la décision", choices=Outcome.choices)
    decision = text_area(
        "Décision et motifs",
        rows=6,
        help_text="Elle remplace la décision contestée, qui reste au journal.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.move.letter:
            return
        self.fields[
            "body"
        ].help_text = "{decision} et {sens} seront remplacés par ce que vous avez rempli."
        if not self.is_bound:
            later = [*DECIDED, PROMISES]
            self.initial = self.initial | draft(self.act, self.move.letter, later=later)


def is_spent(dossier: Dossier) -> bool:
    """Whether its one appeal was filed already (IH-29)."""
    return dossier.events.filter(kind=EventKind.APPEAL_FILED).exists()


def file_appeal(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Keep it in the exchange with its documents; what the time limits make of it is their rule."""
    message = receive(act, data["reason"], data["files"])
    act.record(
        EventKind.APPEAL_FILED,
        personal={"text": message.body},
        files=[file.sha256 for file in message.attachments.all()],
        letter=_acknowledge(act, move, data),
    )
    tell_the_team(act, "appeal", f"Recours déposé sur le dossier {act.dossier.reference}")


def decide_appeal(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Decide anew, by a letter numbered as the responses are; it says what was just decided."""
    dossier = act.dossier
    dossier.outcome, dossier.decision = data["outcome"], data["decision"]
    number = ""
    if move.letter:
        facts = facts_of(dossier, act.at)
        decided = {name: facts[name] for name in DECIDED}
        decided |= dates_after(act, EventKind.APPEAL_DECIDED, data)
        letter = send_letter(
            act,
            template=move.letter,
            subject=subject_line(merge(data["subject"], decided)),
            body=merge(data["body"], decided),
            prefix=act.rules.response_prefix,
        )
        number = letter.number
    act.record(
        EventKind.APPEAL_DECIDED,
        personal={"decision": data["decision"]},
        outcome=data["outcome"],
        number=number,
    )


def _acknowledge(act: Act, move: Move, data: dict[str, Any]) -> str:
    """The letter as staff edited it; as it is proposed when the complainant files it themselves."""
    if not move.letter:
        return ""
    if "subject" not in data:
        proposed = draft(act, move.letter, later=[PROMISES])
        data = proposed | {"subject": subject_line(proposed["subject"])}
    return send_proposed(act, move, data, dates_after(act, EventKind.APPEAL_FILED, data))
