"""Acknowledging: the complainant is told that the complaint is here and what comes next."""

from typing import Any

from complaints.handling.acting import Act
from complaints.handling.forms import LetterForm
from complaints.handling.lettering import send_proposed
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind


class AcknowledgementForm(LetterForm):
    """The letter, nothing else."""


def acknowledge(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Send the acknowledgement."""
    act.record(EventKind.ACKNOWLEDGED, letter=send_proposed(act, move, data))
