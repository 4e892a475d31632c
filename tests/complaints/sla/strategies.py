"""What Hypothesis draws: starts, readings, calendars, pauses, all inside the stored years."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from complaints.sla import Limit, Pause, Reading, Unit, WorkCalendar
from tests.complaints.sla.known import REGIONS, calendar

DAYS = (Unit.WORKED_DAYS, Unit.WORKABLE_DAYS, Unit.CALENDAR_DAYS)
COUNTED = (*DAYS, Unit.MONTHS, Unit.YEARS)

offsets = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
starts_on = st.dates(date(2019, 1, 2), date(2035, 12, 30))
started_ats = st.datetimes(
    datetime(2019, 1, 2),  # noqa: DTZ001 - the zone is drawn beside it
    datetime(2035, 12, 30),  # noqa: DTZ001
    timezones=st.one_of(st.just(UTC), offsets),
)
amounts = st.integers(0, 70)
regions = st.sampled_from(REGIONS)
weeks = st.sampled_from(
    [frozenset(days) for days in (range(5), range(1, 6), range(6), range(7), {0, 2, 4}, {6})]
)
calendars = st.builds(calendar, regions)
any_calendars = st.builds(calendar, regions, weeks)


def readings(units: tuple[Unit, ...] = COUNTED) -> st.SearchStrategy[Reading]:
    return st.sampled_from(units).flatmap(_amounts_of)


def _amounts_of(unit: Unit) -> st.SearchStrategy[Reading]:
    largest = {Unit.MONTHS: 24, Unit.YEARS: 3}.get(unit, 70)
    return st.builds(Reading, st.integers(0, largest), st.just(unit))


def limits(units: tuple[Unit, ...] = COUNTED) -> st.SearchStrategy[Limit]:
    several = st.lists(readings(units), min_size=1, max_size=3, unique=True).map(tuple)
    return st.builds(
        Limit, several, st.booleans(), st.sampled_from(["organisation", "complainant"])
    )


@st.composite
def pauses_around(draw: st.DrawFn, start_on: date, open_ones: bool = True) -> Pause:
    """A pause near that start: before it, over it, or well after."""
    begins = start_on + timedelta(days=draw(st.integers(-20, 90)))
    lasts = draw(st.integers(0, 30) | st.none() if open_ones else st.integers(0, 30))
    return Pause(begins, None if lasts is None else begins + timedelta(days=lasts))


@st.composite
def counted_cases(
    draw: st.DrawFn, open_ones: bool = False
) -> tuple[Limit, datetime, WorkCalendar, list[Pause]]:
    started_at = draw(started_ats)
    nearby = pauses_around(started_at.date(), open_ones)
    return draw(limits()), started_at, draw(any_calendars), draw(st.lists(nearby, max_size=4))
