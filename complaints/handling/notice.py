"""Giving notice: in writing, the day it was received and what is promised (IH-20, CM-15)."""

from typing import Any

from complaints.handling.acting import Act
from complaints.handling.forms import LetterForm
from complaints.handling.lettering import send_proposed
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind


class NoticeForm(LetterForm):
    """The letter, nothing else."""


def give_notice(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Send the notice; whether one letter is enough for two limits, the limits say (IH-A1)."""
    act.record(EventKind.NOTICE_GIVEN, letter=send_proposed(act, move, data))
