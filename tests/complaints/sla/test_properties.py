"""What must hold of every due date, wherever the server stands: each property, in each zone."""

import json
import time as clock
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.sla import (
    Due,
    Limit,
    Pause,
    Reading,
    StepKind,
    Unit,
    WorkCalendar,
    due,
    parse_limit,
)
from tests.complaints.sla.known import calendar, server_in
from tests.complaints.sla.naive import naive_due
from tests.complaints.sla.strategies import (
    COUNTED,
    DAYS,
    amounts,
    any_calendars,
    calendars,
    counted_cases,
    limits,
    pauses_around,
    readings,
    started_ats,
    starts_on,
)

PARIS = ZoneInfo("Europe/Paris")
FAR = date.max
SERVERS = ("UTC", "America/New_York", "Pacific/Auckland")

Case = tuple[Limit, datetime, WorkCalendar, list[Pause]]


@pytest.fixture(autouse=True, params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """Every example of every test below; Django had set the machine’s clock to Paris."""
    with server_in(request.param):
        yield request.param


def test_the_server_really_stands_there(server: str) -> None:
    at = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert clock.localtime(at.timestamp()).tm_hour == at.astimezone(ZoneInfo(server)).hour


def noon(on: date) -> datetime:
    return datetime.combine(on, time(12), tzinfo=PARIS)


def end(reading: Reading, on: date, known: WorkCalendar, roll_over: bool = False) -> date:
    return due(Limit((reading,), roll_over), noon(on), known).due_on


@given(counted_cases())
def test_a_due_day_never_precedes_its_start(case: Case) -> None:
    limit, started_at, known, pauses = case
    found = due(limit, started_at, known, pauses)
    start_on = started_at.astimezone(PARIS).date()
    assert found.due_on >= start_on
    assert found.due_on > start_on or any(reading.amount == 0 for reading in limit.readings)


@given(readings(), st.integers(0, 5), starts_on, any_calendars, st.booleans())
def test_a_longer_limit_never_falls_due_earlier(
    reading: Reading, more: int, on: date, known: WorkCalendar, roll_over: bool
) -> None:
    longer = Reading(reading.amount + more, reading.unit)
    assert end(longer, on, known, roll_over) >= end(reading, on, known, roll_over)


@given(readings(), starts_on, st.integers(0, 40), any_calendars, st.booleans())
def test_a_later_start_never_falls_due_earlier(
    reading: Reading, on: date, days: int, known: WorkCalendar, roll_over: bool
) -> None:
    later = on + timedelta(days=days)
    assert end(reading, later, known, roll_over) >= end(reading, on, known, roll_over)


@given(amounts, starts_on, calendars)
def test_worked_days_outlast_workable_days_which_outlast_calendar_days(
    amount: int, on: date, known: WorkCalendar
) -> None:
    worked, workable, every = (end(Reading(amount, unit), on, known) for unit in DAYS)
    assert worked >= workable >= every


@given(st.integers(1, 70), starts_on, calendars)
def test_worked_days_never_end_on_a_weekend_or_a_holiday(
    amount: int, on: date, known: WorkCalendar
) -> None:
    due_on = end(Reading(amount, Unit.WORKED_DAYS), on, known)
    assert due_on.weekday() < 5
    assert due_on not in known.holidays


@given(readings(), starts_on, calendars)
def test_rolling_over_only_moves_forward_and_only_once(
    reading: Reading, on: date, known: WorkCalendar
) -> None:
    plain, rolled = (end(reading, on, known, roll_over) for roll_over in (False, True))
    assert rolled >= plain
    assert known.roll_over(plain) == rolled == known.roll_over(rolled)


@given(counted_cases(open_ones=True), st.data())
def test_one_more_pause_never_brings_the_day_forward(case: Case, data: st.DataObject) -> None:
    limit, started_at, known, pauses = case
    more = data.draw(pauses_around(started_at.date()))
    without = due(limit, started_at, known, pauses)
    paused = due(limit, started_at, known, [*pauses, more])
    assert (paused.due_on or FAR) >= (without.due_on or FAR)


@given(counted_cases(open_ones=True))
def test_the_server_s_time_zone_changes_nothing(case: Case) -> None:
    found = due(*case)
    with server_in("Europe/Paris"):
        assert due(*case) == found


@given(starts_on, st.times(), limits(), any_calendars)
def test_every_instant_of_a_paris_day_gives_one_due_day(
    on: date, at: time, limit: Limit, known: WorkCalendar
) -> None:
    received_at = datetime.combine(on, at, tzinfo=PARIS).astimezone(UTC)
    edges = (time(0, 0, 0), time(23, 59, 59))
    found = [due(limit, datetime.combine(on, edge, tzinfo=PARIS), known) for edge in edges]
    assert found == [due(limit, received_at, known)] * 2


@given(readings(COUNTED), starts_on, st.booleans())
def test_alsace_moselle_never_falls_due_before_the_metropole(
    reading: Reading, on: date, roll_over: bool
) -> None:
    alsace, fewer, metropole = (
        end(reading, on, calendar(region), roll_over)
        for region in ("alsace-moselle", "alsace-moselle-hors-vendredi-saint", "metropole")
    )
    assert alsace >= fewer >= metropole


@given(counted_cases(open_ones=True))
def test_replaying_the_stored_inputs_gives_the_stored_outcome(case: Case) -> None:
    limit, started_at, known, pauses = case
    found = due(limit, started_at, known, pauses)
    stored = json.loads(json.dumps([limit.as_dict(), found.as_dict(), started_at.isoformat()]))
    replayed = due(parse_limit(stored[0]), datetime.fromisoformat(stored[2]), known, pauses)
    assert Due.from_dict(stored[1]) == replayed == found


@given(counted_cases(open_ones=True))
def test_the_quick_count_agrees_with_the_day_by_day_count(case: Case) -> None:
    limit, started_at, known, pauses = case
    found = due(limit, started_at, known, pauses)
    expected = naive_due(limit, started_at.astimezone(PARIS).date(), known, pauses)
    assert (found.due_on, found.suspended) == (expected, expected is None)


@given(readings(DAYS).filter(lambda reading: reading.amount), starts_on, any_calendars, st.data())
def test_the_steps_follow_one_another_and_add_up(
    reading: Reading, on: date, known: WorkCalendar, data: st.DataObject
) -> None:
    pauses = data.draw(st.lists(pauses_around(on, open_ones=False), max_size=3))
    found = due(Limit((reading,)), noon(on), known, pauses)
    start, *stretches, last = found.steps
    counted = [step for step in stretches if step.kind == StepKind.COUNT]
    assert sum(step.count for step in counted) == reading.amount
    assert (start.to_on, last.from_on) == (on, found.due_on)
    for before, after in zip(found.steps, stretches, strict=False):
        assert after.from_on == before.to_on + timedelta(days=1)
    for step in counted:
        assert len(step.skipped) + step.count == (step.to_on - step.from_on).days + 1


@given(counted_cases())
def test_lateness_begins_with_the_next_local_day(case: Case) -> None:
    found = due(*case)
    local = found.late_from.astimezone(PARIS)
    assert (local.date(), local.time()) == (found.due_on + timedelta(days=1), time.min)
    assert found.late_from.tzinfo == UTC


@given(started_ats, any_calendars)
def test_no_amount_means_no_date_and_never_late(started_at: datetime, known: WorkCalendar) -> None:
    found = due(Limit((Reading(0, Unit.NONE),), roll_over=True), started_at, known)
    assert (found.due_on, found.late_from, found.suspended) == (None, None, False)
