"""What the complainant may still do with a dossier: each task is one small form of its page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import QueryDict
from django.urls import reverse

from complaints.handling import moving
from complaints.handling.actors import Actor
from complaints.models import Dossier
from complaints.workflow.vocabulary import Phase
from pages.forms import MessageForm, dressed
from pages.pending import Kept

COMPLAINANT = Actor.complainant()
MESSAGE = "message"


@dataclass
class Task:
    """One thing to do: its name, its form, where it is sent; `unfolded` when it waits for them."""

    key: str
    label: str
    form: Form
    address: str
    help: str = ""
    unfolded: bool = False
    kept: Sequence[Kept] = field(default_factory=list)

    def take_back(self, form: Form | None, data: QueryDict, kept: Sequence[Kept]) -> None:
        """Show again what was sent: the form with its errors, or else a fresh one filled alike."""
        if form is not None:
            self.form = dressed(form, self.key)
        else:
            self.form.initial = data.dict()
        self.kept, self.unfolded = kept, True


def tasks_of(dossier: Dossier, at: datetime) -> list[Task]:
    """The moves open to the complainant, the likely one first, then writing a message."""
    tasks = [
        Task(
            key=move.key,
            label=move.label,
            help=move.help,
            form=_form(dossier, move.key, at),
            address=reverse("pages:move", args=[dossier.reference, move.key]),
            unfolded=move.likely,
        )
        for move in moving.moves_for(dossier, COMPLAINANT)
    ]
    if dossier.phase != Phase.ERASED:
        address = reverse("pages:message", args=[dossier.reference])
        form: Any = dressed(MessageForm(), MESSAGE)
        tasks.append(Task(MESSAGE, "Écrire un message", form, address))
    return tasks


def _form(dossier: Dossier, key: str, at: datetime) -> Form:
    return dressed(moving.blank_form(dossier, key, actor=COMPLAINANT, at=at), key)
