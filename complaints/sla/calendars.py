"""A stored calendar: the holidays of a region, the organisation's week, its time zone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from complaints.sla.days import EveryDay, ListedDays, listed_days
from complaints.sla.errors import CalendarError, CalendarExhausted, StartError
from complaints.sla.vocabulary import Region
from complaints.sla.words import NBSP
from complaints.sla.years import FIRST_YEAR, LAST_YEAR

MONDAY_TO_FRIDAY = frozenset(range(5))
MONDAY_TO_SATURDAY = frozenset(range(6))
EVERY_DAY = EveryDay()


@dataclass(frozen=True)
class WorkCalendar:
    """What counting needs to know of the world; `covers` are the first and last years stored.

    Without `covers`, the years are those the holidays span. Beyond them nothing is counted
    by working days: a year without stored holidays is unknown, not a year without holidays.
    """

    region: str
    version: int
    holidays: Mapping[date, str] = field(hash=False)
    working_week: frozenset[int] = MONDAY_TO_FRIDAY
    time_zone: str = "Europe/Paris"
    covers: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "holidays", dict(sorted(self.holidays.items())))
        object.__setattr__(self, "working_week", _week(self.working_week))
        object.__setattr__(self, "covers", _years(self.covers, self.holidays))
        _zone(self.time_zone)

    @cached_property
    def zone(self) -> ZoneInfo:
        return _zone(self.time_zone)

    @cached_property
    def worked(self) -> ListedDays:
        """R3, *jours ouvrés*: the organisation's own week, less holidays."""
        return self._listed(self.working_week)

    @cached_property
    def workable(self) -> ListedDays:
        """R3, *jours ouvrables*: Monday to Saturday whatever the organisation's week."""
        return self._listed(MONDAY_TO_SATURDAY)

    def local_day(self, at: datetime) -> date:
        """R1: the day on the organisation's own wall calendar."""
        if at.utcoffset() is None:
            raise StartError("L’instant doit indiquer son fuseau horaire.")
        if not FIRST_YEAR <= at.year <= LAST_YEAR:
            raise StartError(f"L’année doit être comprise entre {FIRST_YEAR} et {LAST_YEAR}.")
        return at.astimezone(self.zone).date()

    def late_from(self, due_on: date) -> datetime:
        """R5: the limit runs to the end of its last day; late at the first instant of the next."""
        next_on = due_on + timedelta(days=1)
        return datetime.combine(next_on, time.min, tzinfo=self.zone).astimezone(UTC)

    def roll_over(self, on: date) -> date:
        """R6 (art. 642): the first day, this one included, neither weekend nor holiday."""
        while self._is_closed(on):
            on += timedelta(days=1)
        return on

    def exhausted(self) -> CalendarExhausted:
        name = Region(self.region).label if self.region in Region.values else self.region
        stored = f"Le calendrier des jours fériés «{NBSP}{name}{NBSP}» (version {self.version})"
        if self.covers is None:
            return CalendarExhausted(f"{stored} ne contient aucune année.")
        return CalendarExhausted(
            f"{stored} ne couvre que les années {self.covers[0]} à {self.covers[1]}{NBSP}:"
            " ce délai en sort, complétez le calendrier."
        )

    def require(self, on: date) -> None:
        if self.covers is None or not self.covers[0] <= on.year <= self.covers[1]:
            raise self.exhausted()

    def _is_closed(self, on: date) -> bool:
        self.require(on)
        return on.weekday() >= 5 or on in self.holidays

    def _listed(self, week: frozenset[int]) -> ListedDays:
        if self.covers is None:
            raise self.exhausted()
        return listed_days(self.covers, tuple(self.holidays.items()), week)


def _week(days: frozenset[int]) -> frozenset[int]:
    week = frozenset(days)
    if not week or not week <= frozenset(range(7)):
        raise CalendarError("La semaine de travail contient au moins un jour, de 0 (lundi) à 6.")
    return week


def _years(covers: tuple[int, int] | None, holidays: Mapping[date, str]) -> tuple[int, int] | None:
    if covers is None and not holidays:
        return None
    years = [on.year for on in holidays] if covers is None else covers
    first, last = min(years), max(years)
    if covers is not None and tuple(covers) != (first, last):
        raise CalendarError("Un calendrier va d’une première à une dernière année.")
    if first < FIRST_YEAR or last > LAST_YEAR:
        raise CalendarError(f"Un calendrier tient entre {FIRST_YEAR} et {LAST_YEAR}.")
    return first, last


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CalendarError(f"Le fuseau horaire «{NBSP}{name}{NBSP}» n’existe pas.") from None
