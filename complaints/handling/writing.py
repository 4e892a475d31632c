"""The writing that was awaited: what had only been said becomes a dossier with its clocks (IH-A6).

One dossier from the first call on: the day of the call stays, the clocks start with the writing.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from complaints.handling.acting import Act
from complaints.handling.actors import COMPLAINANT
from complaints.handling.arrival import day_of_arrival, hour_of_arrival, instant_of
from complaints.handling.forms import MoveForm, text_area
from complaints.handling.lettering import tell_the_team
from complaints.handling.messages import receive
from complaints.intake.definition import MAX_FILES, Field, Kind
from complaints.intake.questions import question
from complaints.models import Dossier
from complaints.workflow import Move
from complaints.workflow.vocabulary import WRITTEN, Channel, EventKind

# What staff receive for somebody; online, the author does it.
CHANNELS = (Channel.EMAIL, Channel.POST, Channel.QUESTIONNAIRE)
COME = "L’écrit de ce dossier est déjà enregistré."
NOTHING = "Recopiez l’écrit, ou joignez-le\u00a0: l’un des deux suffit."
JOINED = "(Écrit joint.)"


class WritingForm(MoveForm):
    """The writing itself; staff say how and when it came, its author sends it now."""

    channel = forms.ChoiceField(
        label="Arrivé par",
        choices=[(channel.value, channel.label) for channel in CHANNELS],
        widget=forms.RadioSelect,
    )
    on = day_of_arrival("Les délais qui attendaient cet écrit comptent à partir de ce jour.")
    hour = hour_of_arrival()
    writing = text_area("Texte de l’écrit", rows=8, required=False, help_text=NOTHING)
    files = question(Field("files", Kind.FILES, "Écrit numérisé, pièces", max_files=MAX_FILES))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.act.actor.role == COMPLAINANT:
            for name in ("channel", "on", "hour"):
                del self.fields[name]
            self.fields["writing"].label = "Votre écrit"
            self.fields["writing"].help_text = "Écrivez ici, ou joignez un document."
            self.fields["files"].label = "Documents à joindre"
        else:
            self.initial = {"on": self.act.at.astimezone(self._clock).date()} | self.initial

    @property
    def _clock(self) -> Any:
        return self.act.dossier.organisation.clock

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("writing") or data.get("files") or {"writing", "files"} & {*self.errors}):
            self.add_error("writing", NOTHING)
        if data.get("on") and "hour" not in self.errors:
            try:
                data["received_at"] = instant_of(
                    data["on"], data["hour"], clock=self._clock, now=self.act.at
                )
            except ValidationError as refusal:
                self.add_error(None, refusal)
        return data


def has_come(dossier: Dossier) -> bool:
    """Whether there is a writing already: what was filed online, or entered before."""
    return dossier.channel in WRITTEN


def receive_writing(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Keep it in the exchange; received is the day it came, and what waited for it starts then."""
    dossier, at = act.dossier, data.get("received_at", act.at)
    _keep_the_first_contact(dossier, at)
    message = receive(act, data["writing"] or JOINED, data["files"])
    dossier.received_at = dossier.completed_at = at
    dossier.channel = data.get("channel", Channel.ONLINE)
    act.record(
        EventKind.RECEIVED,
        personal={"text": message.body},
        channel=dossier.channel,
        received_at=at.isoformat(),
        writing=True,
        files=[file.sha256 for file in message.attachments.all()],
    )
    tell_the_team(act, "writing", f"Écrit reçu sur le dossier {dossier.reference}")


def _keep_the_first_contact(dossier: Dossier, written_at: datetime) -> None:
    """The day and the means of the call, unless something earlier is known already."""
    clock = dossier.organisation.clock
    first_on = timezone.localdate(dossier.received_at, clock)
    if dossier.expressed_on is None and first_on <= timezone.localdate(written_at, clock):
        dossier.expressed_on = first_on
        dossier.first_channel = dossier.channel
