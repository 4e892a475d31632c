"""What is asked of staff who file for somebody: how it came, what it says, what comes with it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict

from complaints import intake
from complaints.desk.describing import describe
from complaints.handling import antivirus
from complaints.handling.actors import Actor
from complaints.handling.arrival import NOT_YET, day_of_arrival, hour_of_arrival, instant_of
from complaints.handling.entering import Offer, unanswered
from complaints.handling.filing import Submission
from complaints.handling.forms import day
from complaints.intake.questions import question
from complaints.models import Organisation
from complaints.workflow.vocabulary import Channel

# No question of a form has a hyphen in its key.
PREFIX = "arrival"
SCANS = f"{PREFIX}-scans"
MAX_SCANS = 10
CHANNELS = [(c.value, c.label) for c in Channel if c != Channel.ONLINE]
FIRST_SAID = frozenset({"dossier.first_expressed_on", "dossier.first_expressed_channel"})
BY_HAND = (
    "Une lettre ou une fiche remise en main propre est un écrit\u00a0: choisissez «\u00a0Courrier"
    " postal\u00a0»."
)
LATER = "Elle ne peut pas avoir été exprimée pour la première fois après avoir été reçue."


class ArrivalForm(forms.Form):
    """How it came, when, and who wrote it down."""

    channel = forms.ChoiceField(
        label="Reçu par", choices=CHANNELS, widget=forms.RadioSelect, help_text=BY_HAND
    )
    on = day_of_arrival("Les délais comptent à partir de ce jour, pas de celui de la saisie.")
    hour = hour_of_arrival()
    expressed_on = day(
        "Exprimé pour la première fois le", help_text="Si c’était un autre jour, avant."
    )
    first_channel = forms.ChoiceField(
        label="De quelle façon", choices=[("", "—"), *Channel.choices], required=False
    )
    transcribed_by = forms.CharField(
        label="Noté par",
        max_length=200,
        required=False,
        help_text="La personne qui a reçu l’appel, l’entretien ou le courrier.",
    )
    scans = question(
        intake.Field(
            "scans",
            intake.Kind.FILES,
            "Écrit numérisé et pièces reçues",
            help="La lettre, le courriel, le questionnaire : ce qui est arrivé, tel que c’est"
            " arrivé.",
            max_files=MAX_SCANS,
        )
    )

    def __init__(
        self, *args: Any, organisation: Organisation, now: datetime, **kwargs: Any
    ) -> None:
        self.clock, self.now = organisation.clock, now
        super().__init__(*args, prefix=PREFIX, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("on") and "hour" not in self.errors:
            try:
                data["received_at"] = instant_of(
                    data["on"], data["hour"], clock=self.clock, now=self.now
                )
            except ValidationError as refusal:
                self.add_error(None, refusal)
        first = data.get("expressed_on")
        if first and first > self.now.astimezone(self.clock).date():
            self.add_error("expressed_on", NOT_YET)
        elif first and data.get("on") and first > data["on"]:
            self.add_error("expressed_on", LATER)
        return data


@dataclass
class Entry:
    """What one person types for another: two forms, as one."""

    offer: Offer
    arrival: ArrivalForm
    questions: intake.IntakeForm

    @classmethod
    def of(
        cls,
        offer: Offer,
        user: Any,
        now: datetime,
        data: Any = None,
        files: MultiValueDict | None = None,
    ) -> "Entry":
        """Empty, or with what was posted."""
        arrival = ArrivalForm(
            data,
            files,
            organisation=offer.organisation,
            now=now,
            initial={
                "on": now.astimezone(offer.organisation.clock).date(),
                "transcribed_by": Actor.staff(user).label,
            },
        )
        # One question is enough: a form that asks when it was first said asks it better.
        if any(field.maps_to in FIRST_SAID for field in offer.asked.fields):
            del arrival.fields["expressed_on"], arrival.fields["first_channel"]
        return cls(offer, arrival, intake.build_form(offer.asked)(data, files))

    def is_valid(self) -> bool:
        """Both are looked at, so that every error is shown at once."""
        for form in (self.arrival, self.questions):
            form.full_clean()
            antivirus.examine(form)
        self._check_what_was_said_before()
        describe(self.arrival)
        return self.arrival.is_valid() and self.questions.is_valid()

    def _check_what_was_said_before(self) -> None:
        """The form may ask when it was first said: not after it came, the day of which we know."""
        came = self.arrival.cleaned_data.get("on")
        for field in self.offer.asked.fields:
            if field.maps_to == "dossier.first_expressed_on" and came:
                first = self.questions.cleaned_data.get(field.key)
                if isinstance(first, date) and first > came:
                    self.questions.add_error(field.key, LATER)

    def unchecked(self) -> "Entry":
        """As it was sent, nothing being said of it: more is to come."""
        self.arrival._errors = ErrorDict()
        self.questions.unchecked()
        return self

    @property
    def missing(self) -> list[str]:
        """What the form requires of a visitor and nobody said; only once it is valid."""
        answered = {file.question for file in self.submission().files}
        definition = self.offer.form.parsed()
        return unanswered(definition, intake.answers(self.questions), answered)

    def submission(self, key: UUID | None = None) -> Submission:
        """What is filed; only once it is valid."""
        came = self.arrival.cleaned_data
        return Submission(
            organisation=self.offer.organisation,
            procedure_version=self.offer.procedure,
            form_version=self.offer.form,
            answers=intake.answers(self.questions),
            files=[*intake.uploads(self.questions), *came["scans"]],
            channel=Channel(came["channel"]),
            transcribed_by=came["transcribed_by"],
            received_at=came["received_at"],
            expressed_on=came.get("expressed_on"),
            first_channel=came.get("first_channel", ""),
            **({"key": key} if key else {}),
        )
