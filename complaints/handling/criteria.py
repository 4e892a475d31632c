"""What makes a complaint admissible: boxes to tick, and the age of the facts, counted (IH-22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms

from complaints import sla
from complaints.models import Calendar, Dossier
from complaints.sla.words import day_month_year
from complaints.workflow.definition import Criterion


@dataclass(frozen=True)
class Age:
    """Whether the facts are recent enough (None: nobody knows), and the sentence that says so."""

    recent: bool | None
    sentence: str


def age_of_facts(criterion: Criterion, dossier: Dossier) -> Age | None:
    """What a criterion about the age of the facts answers for that dossier; None for any other.

    They must be less than that old on the day of the receipt: « two months » is over on the same
    day of the second month (IH-A12).
    """
    if not (criterion.amount and criterion.unit) or criterion.unit == sla.Unit.NONE:
        return None
    if dossier.facts_on is None:
        return Age(None, "La date des faits n’est pas connue\u00a0: à vous d’en juger.")
    try:
        reading = sla.Reading(criterion.amount, criterion.unit)
        calendar = _calendar(dossier)
        noon = datetime.combine(dossier.facts_on, time(12), calendar.zone)
        over_on = sla.due(sla.Limit((reading,)), noon, calendar).due_on
        received_on = calendar.local_day(dossier.received_at)
    except (sla.SlaError, Calendar.DoesNotExist):  # no date stops no deed
        return Age(None, "L’âge des faits n’a pas pu être compté\u00a0: à vous d’en juger.")
    recent = received_on < over_on
    length = sla.phrase_reading(reading)
    apart = f"moins de {length}" if recent else f"{length} ou plus"
    return Age(
        recent,
        f"Les faits datent du {day_month_year(dossier.facts_on)}\u00a0; la réclamation a été reçue"
        f" le {day_month_year(received_on)}, {apart} après.",
    )


class CriteriaField(forms.MultipleChoiceField):
    """The criteria of a procedure; what can be computed is said, and ticked beforehand."""

    widget = forms.CheckboxSelectMultiple

    def ask(self, dossier: Dossier, *, ticked_when: bool) -> list[str]:
        """Offer those of that dossier; returns the keys to tick: the facts are recent, or not."""
        criteria = dossier.rules.criteria
        ages = {criterion.key: age_of_facts(criterion, dossier) for criterion in criteria}
        self.choices = [(criterion.key, criterion.label) for criterion in criteria]
        self.help_text = " ".join([self.help_text, *(age.sentence for age in ages.values() if age)])
        return [key for key, age in ages.items() if age and age.recent is ticked_when]


def split(criteria: Sequence[Criterion], met: Sequence[str]) -> dict[str, Any]:
    """The keys of those that are met and of those that are not, for the journal."""
    if not criteria:
        return {}
    keys = [criterion.key for criterion in criteria]
    return {
        "met": [key for key in keys if key in met],
        "unmet": [key for key in keys if key not in met],
    }


def _calendar(dossier: Dossier) -> sla.WorkCalendar:
    organisation = dossier.organisation
    days = enumerate(organisation.working_week)
    week = frozenset(day for day, worked in days if worked == "1")
    calendar = Calendar.objects.current(organisation.region)
    return calendar.for_counting(week, organisation.time_zone)
