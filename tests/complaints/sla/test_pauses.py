"""Pauses: what they take out, how they join, when they change nothing."""

from datetime import UTC, date, datetime

import pytest

from complaints.sla import Due, Limit, Pause, PauseError, due, merge, parse_pause, parse_reading
from tests.complaints.sla.known import calendar


def day(number: int, month: int = 9) -> date:
    return date(2026, month, number)


def from_first_september(*texts: str, pauses: list[Pause], favours: str = "organisation") -> Due:
    limit = Limit(tuple(map(parse_reading, texts)), favours=favours)
    return due(limit, datetime(2026, 9, 1, 10, tzinfo=UTC), calendar(), pauses)


@pytest.mark.parametrize(
    ("given", "merged"),
    [
        ([Pause(day(5), day(10)), Pause(day(8), day(12))], [Pause(day(5), day(12))]),
        ([Pause(day(8), day(12)), Pause(day(5), day(8))], [Pause(day(5), day(12))]),
        ([Pause(day(5), day(12)), Pause(day(6), day(7))], [Pause(day(5), day(12))]),
        ([Pause(day(5)), Pause(day(8), day(12))], [Pause(day(5))]),
        ([Pause(day(5), day(9)), Pause(day(8))], [Pause(day(5))]),
        ([Pause(day(5), day(6)), Pause(day(8))], [Pause(day(5), day(6)), Pause(day(8))]),
        ([Pause(day(5), day(5))], []),
        ([], []),
    ],
)
def test_pauses_join_without_counting_a_day_twice(given: list[Pause], merged: list[Pause]) -> None:
    assert merge(given) == tuple(merged)


@pytest.mark.parametrize(
    "pauses",
    [
        [Pause(day(1, 10), day(9, 10))],
        [Pause(day(1, 10))],
        [Pause(day(2, 10))],
        [Pause(day(1, 8), day(1))],
        [Pause(day(9), day(9))],
    ],
)
def test_a_pause_outside_the_count_changes_nothing(pauses: list[Pause]) -> None:
    plain = from_first_september("30 jours_calendaires", pauses=[])
    assert from_first_september("30 jours_calendaires", pauses=pauses) == plain
    assert str(plain.due_on) == "2026-10-01"


@pytest.mark.parametrize(
    ("text", "pause", "due_on"),
    [
        ("30 jours_calendaires", Pause(day(30), day(5, 10)), "2026-10-06"),
        ("30 jours_calendaires", Pause(day(20, 8), day(4)), "2026-10-04"),
        ("1 mois", Pause(day(10), day(20)), "2026-10-11"),
        ("1 mois", Pause(day(30), day(1, 10)), "2026-10-02"),
        ("1 ans", Pause(day(10), day(11)), "2027-09-02"),
        ("0 jours_ouvres", Pause(day(1), day(20)), "2026-09-01"),
    ],
)
def test_a_pause_moves_the_day_by_what_it_takes_out(text: str, pause: Pause, due_on: str) -> None:
    assert str(from_first_september(text, pauses=[pause]).due_on) == due_on


@pytest.mark.parametrize("text", ["10 jours_ouvres", "10 jours_ouvrables", "2 mois", "1 ans"])
def test_an_open_pause_leaves_no_day_and_no_lateness(text: str) -> None:
    found = from_first_september(text, pauses=[Pause(day(3))])
    assert (found.due_on, found.late_from, found.reading) == (None, None, None)
    assert found.suspended


def test_a_duty_already_dated_by_one_reading_is_not_held_up_by_another() -> None:
    """Five worked days ended on the 8th; the pause of the 9th only stops the longer reading."""
    texts = ("5 jours_ouvres", "30 jours_calendaires")
    duty = from_first_september(*texts, pauses=[Pause(day(9))])
    assert (str(duty.due_on), duty.suspended) == ("2026-09-08", False)
    right = from_first_september(*texts, pauses=[Pause(day(9))], favours="complainant")
    assert (right.due_on, right.suspended) == (None, True)


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("2026-09-10/2026-09-20", Pause(day(10), day(20))),
        ("2026-09-10/", Pause(day(10))),
        ("2026-09-10T15:00:00+02:00/2026-09-20T09:00:00+02:00", Pause(day(10), day(20))),
        ("2026-09-10T22:30:00+00:00/", Pause(day(11))),
        ("2026-09-10T22:30:00Z/2026-09-12", Pause(day(11), day(12))),
        ("2026-09-10T23:30:00/2026-09-12 00:10", Pause(day(10), day(12))),
        (" 2026-09-10 / 2026-09-12 ", Pause(day(10), day(12))),
        ("2026-09-10/ ", Pause(day(10))),
    ],
)
def test_a_pause_is_read_as_local_days(text: str, pause: Pause) -> None:
    assert parse_pause(text, calendar()) == pause


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "2026-09-10",
        "/2026-09-10",
        "hier/",
        "2026-09-20/2026-09-10",
        "2026-02-30/",
        "0001-01-01/",
        "2026-09-10/9999-12-31",
    ],
)
def test_what_is_not_a_pause_is_refused(text: str) -> None:
    with pytest.raises(PauseError):
        parse_pause(text, calendar())


def test_a_pause_is_made_of_days_not_of_instants() -> None:
    with pytest.raises(PauseError):
        Pause(datetime(2026, 9, 10, tzinfo=UTC))
