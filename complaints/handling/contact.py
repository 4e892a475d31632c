"""Logging a contact: who was spoken to, how, when, and what was said (CY-06, CY-09, CY-A6)."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from complaints.handling.acting import Act
from complaints.handling.forms import MoveForm, day, text_area
from complaints.models import Party
from complaints.workflow import Move
from complaints.workflow.vocabulary import Channel, EventKind

CHANNELS = (Channel.PHONE, Channel.ORAL, Channel.EMAIL, Channel.POST)
AGREES, REFUSES = "yes", "no"
CONSENT = [
    ("", "Il n’en a pas été question"),
    (AGREES, "Le réclamant accepte d’être nommé"),
    (REFUSES, "Le réclamant n’accepte pas, ou plus, d’être nommé"),
]


class ContactForm(MoveForm):
    """One line of the call log."""

    person = forms.CharField(label="Avec qui", max_length=200)
    channel = forms.ChoiceField(
        label="Par quel moyen",
        choices=[(channel.value, channel.label) for channel in CHANNELS],
        widget=forms.RadioSelect,
    )
    on = day("Jour", required=True)
    hour = forms.TimeField(
        label="Heure",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    said = text_area(
        "Ce qui s’est dit",
        rows=6,
        help_text="Pour l’équipe : le réclamant ne lit pas cette note.",
    )
    consent = forms.ChoiceField(
        label="Nommer le réclamant auprès d’autres personnes",
        choices=CONSENT,
        required=False,
        widget=forms.RadioSelect,
        help_text="Sans son accord, aucun courrier à une autre personne ne peut dire qui il est.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        complainant = self.act.dossier.complainant
        self.initial = {"on": timezone.localdate(self.act.at), "consent": ""}
        if complainant is None:
            del self.fields["consent"]
        else:
            self.initial["person"] = complainant.name

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        now, on, hour = timezone.localtime(self.act.at), data.get("on"), data.get("hour")
        if on and on > now.date():
            self.add_error("on", "Ce jour n’est pas encore venu.")
        elif on == now.date() and hour and hour > now.time():
            self.add_error("hour", "Cette heure n’est pas encore venue.")
        return data


def log_contact(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Write it down; what the complainant agreed to, or no longer does, counts from now on."""
    consent = _consent(act, data.get("consent", ""))
    act.record(
        EventKind.CONTACT_LOGGED,
        personal={"person": data["person"], "text": data["said"]},
        channel=data["channel"],
        on=data["on"].isoformat(),
        hour=f"{data['hour']:%H:%M}" if data["hour"] else "",
        **consent,
    )


def _consent(act: Act, answer: str) -> dict[str, str]:
    """Note whether the complainant may be named (IH-31, IH-A16); nothing was said, nothing kept."""
    complainant: Party | None = act.dossier.complainant
    if not answer or complainant is None:
        return {}
    complainant.consents_to_disclosure = answer == AGREES
    complainant.save(update_fields=["consents_to_disclosure"])
    return {"consent": answer}


def in_words(on: str, hour: str) -> str:
    """« 30/03/2026 à 14:05 », for the journal."""
    written = f"{datetime.fromisoformat(on):%d/%m/%Y}"
    return f"{written} à {hour}" if hour else written
