"""Noting that an outside mediator was asked (CS-26); the organisation never decides it."""

from typing import Any

from django import forms

from complaints.handling.acting import Act
from complaints.handling.forms import MoveForm
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind


class MediationForm(MoveForm):
    """Which mediator."""

    mediator = forms.CharField(label="Médiateur saisi", max_length=200)


def refer_to_mediation(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Note who was asked; nothing is erased while a mediation runs."""
    act.record(EventKind.MEDIATION_REFERRED, personal={"mediator": data["mediator"]})
