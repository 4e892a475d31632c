"""Hearing what the complainant thinks of the measures (CS-22)."""

from typing import Any

from django import forms

from complaints.handling.acting import Act
from complaints.handling.forms import LetterForm, MoveForm, text_area
from complaints.handling.lettering import send_proposed, tell_the_team
from complaints.handling.messages import receive
from complaints.register import exchanges
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind

OPINIONS = [*exchanges.OPINIONS.items()]


class SatisfactionRequestForm(LetterForm):
    """The question, inside the letter."""


class SatisfactionForm(MoveForm):
    """What the complainant thinks."""

    opinion = forms.ChoiceField(
        label="La réponse et les mesures vous conviennent-elles ?",
        choices=OPINIONS,
        widget=forms.RadioSelect,
    )
    comment = text_area("Votre commentaire", required=False)


def ask_satisfaction(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Ask."""
    act.record(EventKind.SATISFACTION_ASKED, letter=send_proposed(act, move, data))


def record_satisfaction(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Keep the opinion, in the figures and in the exchange."""
    if data["comment"]:
        receive(act, data["comment"])
    act.record(
        EventKind.SATISFACTION_RECEIVED,
        personal={"comment": data["comment"]},
        opinion=data["opinion"],
    )
    tell_the_team(act, "satisfaction", f"Avis reçu sur le dossier {act.dossier.reference}")
