"""The stored calendars of public holidays: seeded, kept years ahead, corrected; never rewritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from complaints.models import Calendar, Holiday
from complaints.sla import Region, legal_holidays
from complaints.sla.words import NBSP, full_day

YEARS_BACK, YEARS_AHEAD = 8, 12
SEEDED = "Liste légale"
NAME_LENGTH = Holiday._meta.get_field("name").max_length
REASON_LENGTH = Calendar._meta.get_field("reason").max_length


class CorrectionRefused(ValueError):
    """Why a calendar cannot be corrected so, in one French sentence that can be shown as it is."""


class CalendarMoved(CorrectionRefused):
    """It is no longer the version that the person was looking at."""

    def __init__(self) -> None:
        super().__init__(
            f"Une autre version de ce calendrier vient d’entrer en vigueur{NBSP}:"
            " la vôtre se fondait sur la précédente."
        )


@dataclass(frozen=True)
class DayChange:
    """A day whose name is not the same in two versions; no name, no holiday."""

    day: date
    was: str
    name: str


def refresh_calendars(now: datetime) -> list[Calendar]:
    """A first version where there is none, a new one where less than two years are left."""
    stored = (_extend(region, now) for region in Region.values)
    return [calendar for calendar in stored if calendar]


def correct_calendar(
    region: str,
    *,
    seen: int,
    removed: Iterable[date],
    added: Iterable[tuple[date, str]],
    reason: str,
    at: datetime,
    by: Any,
) -> Calendar:
    """A new version: the one `seen`, without some days, with others; both at once renames a day.

    Deadlines that run keep their calendar, so their date: only those that start from now on
    count with the new one. Raises CorrectionRefused, and CalendarMoved when the version `seen`
    is not in force any more or when two correct it at once.
    """
    reason = _worded(reason, REASON_LENGTH, "Dites pourquoi le calendrier change.")
    newest = Calendar.objects.current(region)
    if newest.version != seen:
        raise CalendarMoved
    before = newest.days()
    after = without(before, removed)
    for day, name in added:
        add_day(after, day, name, newest.years)
    if after == before:
        raise CorrectionRefused("Rien ne change dans ce calendrier.")
    try:
        return _store(region, seen + 1, newest.years, after, reason, at=at, by=by)
    except IntegrityError:
        raise CalendarMoved from None


def without(days: Mapping[date, str], removed: Iterable[date]) -> dict[date, str]:
    """The same days but those; raises CorrectionRefused on a day that is not among them."""
    kept = dict(days)
    for day in removed:
        if kept.pop(day, None) is None:
            raise CorrectionRefused(f"Le {full_day(day)} n’est pas férié dans ce calendrier.")
    return kept


def add_day(days: dict[date, str], day: date, name: str, years: range) -> None:
    """Put one more day among those; raises CorrectionRefused."""
    name = _worded(name, NAME_LENGTH, "Donnez un nom à ce jour.")
    if day.year not in years:
        raise CorrectionRefused(f"Ce calendrier ne va que de {years[0]} à {years[-1]}.")
    if day in days:
        raise CorrectionRefused(f"Le {full_day(day)} est déjà férié{NBSP}: {days[day]}.")
    days[day] = name


def changes(before: Mapping[date, str], after: Mapping[date, str]) -> list[DayChange]:
    """The days added, removed or renamed, in order."""
    found = (
        DayChange(day, before.get(day, ""), after.get(day, "")) for day in sorted({*before, *after})
    )
    return [change for change in found if change.was != change.name]


def _worded(text: str, longest: int, missing: str) -> str:
    """Without idle spaces; raises CorrectionRefused when nothing is left, or too much."""
    text = " ".join(text.split())
    if not text:
        raise CorrectionRefused(missing)
    if len(text) > longest:
        raise CorrectionRefused(f"C’est trop long{NBSP}: {longest} caractères au plus.")
    return text


def _extend(region: str, now: datetime) -> Calendar | None:
    """None when it reaches far enough, or when another process has just extended it."""
    newest = Calendar.objects.of_region(region).first()
    if newest and newest.last_year >= now.year + 2:
        return None
    years = range(now.year - YEARS_BACK, now.year + YEARS_AHEAD + 1)
    days = _legal_or_kept(region, years, newest)
    version, reason = 1, SEEDED
    if newest:
        version, reason = newest.version + 1, f"Prolongé jusqu’en {years[-1]}"
    try:
        return _store(region, version, years, days, reason, at=now)
    except IntegrityError:
        return None


def _legal_or_kept(region: str, years: range, newest: Calendar | None) -> dict[date, str]:
    """Those of the version before, where it knows the year: someone may have corrected them."""
    known = newest.years if newest else range(0)
    kept = newest.days().items() if newest else ()
    days = {day: name for day, name in kept if day.year in years}
    for year in years:
        if year not in known:
            days |= legal_holidays(region, year)
    return days


@transaction.atomic
def _store(
    region: str,
    version: int,
    years: range,
    days: Mapping[date, str],
    reason: str,
    *,
    at: datetime,
    by: Any = None,
) -> Calendar:
    """That version; IntegrityError when another one has just taken its number."""
    calendar = Calendar.objects.create(
        region=region,
        version=version,
        first_year=years[0],
        last_year=years[-1],
        created_at=at,
        created_by=by,
        reason=reason,
    )
    Holiday.objects.bulk_create(
        Holiday(calendar=calendar, day=day, name=name) for day, name in days.items()
    )
    return calendar
