"""Going on to the next stage, with a word on why."""

from typing import Any

from complaints.handling.acting import Act
from complaints.handling.forms import LetterForm, text_area
from complaints.handling.lettering import send_proposed
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind


class AdvanceForm(LetterForm):
    """What was done at this stage."""

    comment = text_area("Ce qui a été fait", required=False)


def advance(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Leave this stage; the move says for which one."""
    act.record(
        EventKind.STAGE_CHANGED,
        personal={"comment": data["comment"]},
        to=move.to,
        letter=send_proposed(act, move, data),
    )
