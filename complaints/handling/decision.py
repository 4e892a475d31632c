"""Deciding: what the organisation makes of the complaint, and why."""

from typing import Any

from django import forms

from complaints.handling.acting import Act
from complaints.handling.forms import MoveForm, text_area
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind, Outcome


class DecisionForm(MoveForm):
    """The outcome and its reasons."""

    outcome = forms.ChoiceField(label="Sens de la décision", choices=Outcome.choices)
    decision = text_area("Décision et motifs", rows=6)


def decide(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Write the decision down."""
    act.dossier.outcome, act.dossier.decision = data["outcome"], data["decision"]
    act.record(EventKind.DECIDED, personal={"decision": data["decision"]}, outcome=data["outcome"])
