"""Responding: a numbered letter saying what was decided and done (CS-15, CS-19)."""

from typing import Any

from complaints.handling.acting import Act
from complaints.handling.forms import LetterForm, text_area
from complaints.handling.lettering import PROMISES, dates_after, draft, merged, send_letter
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind


class ResponseForm(LetterForm):
    """The letter, and what the register keeps of the outcome."""

    resolution = text_area(
        "Résolution",
        help_text="Comment le problème ou l’insatisfaction est résolu. Inscrit au registre.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "body" not in self.fields:
            return
        self.fields[
            "body"
        ].help_text += " {echeances} y sera remplacé par les dates qui découlent de la réponse."
        if not self.is_bound:
            self.initial = self.initial | draft(self.act, self.move.letter, later=[PROMISES])


def respond(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Send the response under its own number."""
    letter = send_letter(
        act,
        template=move.letter,
        **merged(data, dates_after(act, EventKind.RESPONSE_SENT, data)),
        prefix=act.rules.response_prefix,
    )
    act.dossier.responded_at, act.dossier.response_number = act.at, letter.number
    act.dossier.resolution = data["resolution"]
    act.record(
        EventKind.RESPONSE_SENT, outcome=act.dossier.outcome, number=letter.number, letter=letter.pk
    )
