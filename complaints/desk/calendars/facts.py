"""What the screens of a calendar say: its days, what a version changes, whom it concerns."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from complaints.desk.policies import organisations_of, within
from complaints.handling.calendars import DayChange, changes
from complaints.models import Calendar, Deadline, Organisation, access
from complaints.sla.words import NBSP, WEEKDAYS, day_month, full_day

SPACE = "wagtailsnippets_complaints_calendar"


def address(name: str, calendar: Calendar) -> str:
    """The address of one of the calendar's screens."""
    return reverse(f"{SPACE}:{name}", args=[calendar.pk])


def by_year(days: Mapping[date, str]) -> list[tuple[int, list[tuple[date, str]]]]:
    """The days of each year, each in words: « vendredi 1er mai : Fête du Travail »."""
    return [
        (year, [(on, _words(on, name)) for on, name in found])
        for year, found in groupby(days.items(), key=lambda item: item[0].year)
    ]


def announced(change: DayChange) -> str:
    """What a correction will do, in a sentence."""
    on = f"Le {full_day(change.day)}"
    if not change.was:
        return f"{on} sera férié{NBSP}: {change.name}."
    if not change.name:
        return f"{on} ne sera plus férié ({change.was})."
    return f"{on} s’appellera {_quoted(change.name)} au lieu de {_quoted(change.was)}."


def done(change: DayChange) -> str:
    """What a version did, in a few words."""
    on = full_day(change.day)
    if not change.was:
        return f"Ajouté{NBSP}: {on}, {change.name}."
    if not change.name:
        return f"Retiré{NBSP}: {on}, {change.was}."
    return f"Renommé{NBSP}: {on}, {_quoted(change.name)} au lieu de {_quoted(change.was)}."


def changed(calendar: Calendar, days: Mapping[date, str], before: Calendar) -> list[str]:
    """What that version changed: its years, then its days in the years that both cover."""
    both = set(calendar.years) & set(before.years)
    was, now = (_within_years(found, both) for found in (before.days(), days))
    lines = [done(change) for change in changes(was, now)]
    if calendar.years != before.years:
        lines.insert(0, f"Années{NBSP}: {_span(calendar)}, au lieu de {_span(before)}.")
    return lines


def counting_with(user: Any, calendar: Calendar, *, everywhere: bool) -> QuerySet[Organisation]:
    """The organisations of its region: all of them, or those for which that person works."""
    found = Organisation.objects.filter(region=calendar.region)
    return found if everywhere else found.filter(pk__in=organisations_of(user))


def dates_kept(user: Any, up_to: int, region: str, *, everywhere: bool) -> int | None:
    """How many deadlines still run that were counted with that version or an earlier one.

    Those of all, or of the organisations whose dossiers that person sees; None if there is none.
    """
    running = Deadline.objects.pending()
    if not everywhere:
        seen = within(user, access.organisations_seen_by)
        if not seen:
            return None
        running = running.filter(dossier__organisation__in=seen)
    return running.filter(calendar__region=region, calendar__version__lte=up_to).count()


def _words(on: date, name: str) -> str:
    return f"{WEEKDAYS[on.weekday()]} {day_month(on)}{NBSP}: {name}"


def _quoted(name: str) -> str:
    return f"«{NBSP}{name}{NBSP}»"


def _span(calendar: Calendar) -> str:
    return f"{calendar.first_year} à {calendar.last_year}"


def _within_years(days: Mapping[date, str], years: set[int]) -> dict[date, str]:
    return {on: name for on, name in days.items() if on.year in years}
