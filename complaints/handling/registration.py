"""Entering the register: the official number, given once, when the complaint is complete."""

from typing import Any

from django.utils import timezone

from complaints.handling.acting import Act
from complaints.handling.forms import MoveForm
from complaints.models import RegisterEntry
from complaints.models import Sequence as Numbering
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind


class RegistrationForm(MoveForm):
    """Nothing to fill in."""


def register(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Give the next number of the organisation's register for this year (CS-A1).

    A dossier that was withdrawn and comes back keeps the number it had.
    """
    if act.dossier.registered_at:
        return
    year = timezone.localdate(act.at).year
    organisation = act.dossier.organisation
    entry = RegisterEntry.objects.create(
        organisation=organisation,
        dossier=act.dossier,
        year=year,
        number=Numbering.take(organisation, "register", year),
        registered_at=act.at,
    )
    act.dossier.registered_at = act.at
    act.record(EventKind.REGISTERED, register_number=entry.register_number)
