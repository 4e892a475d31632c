"""What makes a complaint admissible: boxes to tick, and the age of the facts, counted (IH-22)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from complaints import sla
from complaints.handling.acting import Act
from complaints.handling.forms import day
from complaints.models import Calendar, Dossier
from complaints.sla.words import day_month_year
from complaints.workflow.definition import Criterion


@dataclass(frozen=True)
class Age:
    """Whether the facts are recent enough (None: nobody knows), and the sentence that says so."""

    recent: bool | None
    sentence: str


def age_of_facts(
    criterion: Criterion, dossier: Dossier, facts_on: date | None = None
) -> Age | None:
    """What a criterion about the age of the facts answers for that dossier; None for any other.

    They must be less than that old on the day of the receipt: « two months » is over on the same
    day of the second month (IH-A12). `facts_on`: as somebody says now, instead of what is known.
    """
    if not is_about_age(criterion):
        return None
    facts_on = facts_on or dossier.facts_on
    if facts_on is None:
        return Age(None, "La date des faits n’est pas connue\u00a0: à vous d’en juger.")
    try:
        reading = sla.Reading(criterion.amount, criterion.unit)
        calendar = _calendar(dossier)
        noon = datetime.combine(facts_on, time(12), calendar.zone)
        over_on = sla.due(sla.Limit((reading,)), noon, calendar).due_on
        received_on = calendar.local_day(dossier.received_at)
    except (sla.SlaError, Calendar.DoesNotExist):  # no date stops no deed
        return Age(None, "L’âge des faits n’a pas pu être compté\u00a0: à vous d’en juger.")
    if facts_on > received_on:  # a form takes any day
        day = day_month_year(facts_on)
        return Age(
            None, f"Les faits datés du {day} suivraient la réclamation\u00a0: à vous d’en juger."
        )
    recent = received_on < over_on
    length = sla.phrase_reading(reading)
    apart = f"moins de {length}" if recent else f"{length} ou plus"
    return Age(
        recent,
        f"Les faits datent du {day_month_year(facts_on)}\u00a0; la réclamation a été reçue"
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


def day_of_facts() -> forms.DateField:
    """When it happened: asked where a criterion counts from it, because no form need ask it."""
    return day("Date des faits", help_text="Du dernier, s’ils durent. Leur âge en découle.")


def ask_day(form: forms.Form, dossier: Dossier) -> None:
    """Propose the day that is known; a procedure that does not count from it does not ask."""
    if any(map(is_about_age, dossier.rules.criteria)):
        form.initial = {"facts_on": dossier.facts_on} | form.initial
    else:
        del form.fields["facts_on"]


def day_problems(
    dossier: Dossier, data: dict[str, Any], *, ticked_when: bool
) -> Iterator[tuple[str, str]]:
    """What is wrong with a day that was typed: the field, and why.

    It is not after the receipt; and a box says what that day says, which was not known before.
    """
    facts_on = data.get("facts_on")
    if facts_on is None or facts_on == dossier.facts_on:
        return
    if facts_on > _received_on(dossier):
        yield "facts_on", "Les faits ne peuvent pas être postérieurs à la réclamation."
        return
    for criterion in dossier.rules.criteria if "criteria" in data else ():
        age = age_of_facts(criterion, dossier, facts_on)
        if age is None or age.recent is None:
            continue
        expected = age.recent is ticked_when
        if expected != (criterion.key in data["criteria"]):
            press = "Cochez" if expected else "Décochez"
            yield "criteria", f"{age.sentence} {press} «\u00a0{criterion.label}\u00a0»."


def keep_day(act: Act, data: dict[str, Any]) -> dict[str, str]:
    """Keep the day that was typed on the dossier; for the journal too if it is another one."""
    facts_on = data.get("facts_on")
    if facts_on is None or facts_on == act.dossier.facts_on:
        return {}
    act.dossier.facts_on = facts_on
    return {"facts_on": facts_on.isoformat()}


def split(criteria: Sequence[Criterion], met: Sequence[str]) -> dict[str, Any]:
    """The keys of those that are met and of those that are not, for the journal."""
    if not criteria:
        return {}
    keys = [criterion.key for criterion in criteria]
    return {
        "met": [key for key in keys if key in met],
        "unmet": [key for key in keys if key not in met],
    }


def is_about_age(criterion: Criterion) -> bool:
    """Whether it can be counted from the date of the facts."""
    return bool(criterion.amount and criterion.unit) and criterion.unit != sla.Unit.NONE


def _received_on(dossier: Dossier) -> date:
    """In the organisation's day; a zone that nobody knows stops no deed."""
    try:
        zone = ZoneInfo(dossier.organisation.time_zone)
    except (LookupError, OSError, ValueError):
        return timezone.localdate(dossier.received_at)
    return dossier.received_at.astimezone(zone).date()


def _calendar(dossier: Dossier) -> sla.WorkCalendar:
    organisation = dossier.organisation
    days = enumerate(organisation.working_week)
    week = frozenset(day for day, worked in days if worked == "1")
    calendar = Calendar.objects.current(organisation.region)
    return calendar.for_counting(week, organisation.time_zone)
