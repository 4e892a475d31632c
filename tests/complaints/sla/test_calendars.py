"""Calendars: the spring holidays, odd weeks, clock changes, and the years they do not cover."""

import pickle
from datetime import UTC, date, datetime

import pytest

from complaints.sla import (
    CalendarError,
    CalendarExhausted,
    Limit,
    Pause,
    Reading,
    StartError,
    WorkCalendar,
    due,
    parse_reading,
)
from tests.complaints.sla.known import calendar, legal_list

TUESDAY_TO_SATURDAY = frozenset(range(1, 6))


def due_on(text: str, on: date, known: WorkCalendar, roll_over: bool = False) -> str:
    started_at = datetime(on.year, on.month, on.day, 11, tzinfo=UTC)
    return str(due(Limit((parse_reading(text),), roll_over), started_at, known).due_on)


@pytest.mark.parametrize(
    ("start", "worked", "workable"),
    [
        ("2025-04-30", "2025-05-16", "2025-05-14"),  # 1er et 8 mai, deux jeudis
        ("2025-05-28", "2025-06-13", "2025-06-11"),  # 29 mai Ascension, 9 juin Pentecôte
        ("2026-05-06", "2026-05-22", "2026-05-20"),  # vendredi 8 mai, jeudi 14 mai Ascension
        ("2026-05-13", "2026-05-29", "2026-05-27"),  # 14 mai, lundi 25 mai
        ("2027-05-05", "2027-05-21", "2027-05-20"),  # 6 mai, samedi 8 mai, lundi 17 mai
        ("2028-04-28", "2028-05-16", "2028-05-12"),  # lundis 1er et 8 mai
        ("2028-05-24", "2028-06-09", "2028-06-07"),  # 25 mai Ascension, 5 juin
    ],
)
def test_ten_days_across_the_holidays_of_may(start: str, worked: str, workable: str) -> None:
    on = date.fromisoformat(start)
    assert due_on("10 jours_ouvres", on, calendar()) == worked
    assert due_on("10 jours_ouvrables", on, calendar()) == workable


def test_worked_days_follow_the_organisation_s_week() -> None:
    shop = calendar(week=TUESDAY_TO_SATURDAY)
    friday = date(2026, 6, 5)
    assert due_on("2 jours_ouvres", friday, shop) == "2026-06-09"
    assert due_on("2 jours_ouvres", friday, calendar()) == "2026-06-09"
    assert due_on("1 jours_ouvres", friday, shop) == "2026-06-06"


def test_workable_days_ignore_the_organisation_s_week() -> None:
    friday = date(2026, 6, 5)
    assert due_on("1 jours_ouvrables", friday, calendar(week=frozenset({2}))) == "2026-06-06"


def test_rolling_over_ignores_the_organisation_s_week() -> None:
    shop = calendar(week=TUESDAY_TO_SATURDAY)
    assert due_on("1 jours_ouvres", date(2026, 6, 5), shop, roll_over=True) == "2026-06-08"


@pytest.mark.parametrize(
    ("start", "late_from"),
    [
        ("2026-03-28", "2026-03-29T22:00:00+00:00"),
        ("2026-10-24", "2026-10-25T23:00:00+00:00"),
        ("2026-01-14", "2026-01-15T23:00:00+00:00"),
        ("2026-07-14", "2026-07-15T22:00:00+00:00"),
    ],
)
def test_lateness_begins_at_paris_midnight_in_both_seasons(start: str, late_from: str) -> None:
    started_at = datetime.fromisoformat(f"{start}T11:00:00+00:00")
    found = due(Limit((parse_reading("1 jours_calendaires"),)), started_at, calendar())
    assert found.late_from.isoformat() == late_from


@pytest.mark.parametrize(
    ("zone", "due_on_there", "late_from"),
    [
        ("Indian/Reunion", "2026-06-10", "2026-06-10T20:00:00+00:00"),
        ("America/Guadeloupe", "2026-06-09", "2026-06-10T04:00:00+00:00"),
        ("America/Cayenne", "2026-06-09", "2026-06-10T03:00:00+00:00"),
    ],
)
def test_the_day_is_the_organisation_s_own(zone: str, due_on_there: str, late_from: str) -> None:
    started_at = datetime(2026, 6, 8, 23, 30, tzinfo=UTC)
    found = due(Limit((Reading(1, "jours_calendaires"),)), started_at, calendar(time_zone=zone))
    assert (str(found.due_on), found.late_from.isoformat()) == (due_on_there, late_from)


def test_where_midnight_is_skipped_lateness_begins_when_the_day_does() -> None:
    """São Paulo went from 23:59:59 to 01:00 on 4 November 2018."""
    known = calendar(time_zone="America/Sao_Paulo")
    found = due(
        Limit((Reading(1, "jours_calendaires"),)), datetime(2018, 11, 2, 15, tzinfo=UTC), known
    )
    assert found.late_from == datetime(2018, 11, 4, 3, tzinfo=UTC)
    assert found.late_from.astimezone(known.zone).hour == 1


@pytest.mark.parametrize(
    ("text", "start", "roll_over"),
    [
        ("10 jours_ouvres", date(2026, 12, 20), False),
        ("10 jours_ouvrables", date(2026, 12, 24), False),
        ("1 jours_ouvres", date(2026, 12, 31), False),
        ("1 jours_ouvres", date(2024, 12, 30), False),
        ("1 jours_ouvres", date(2023, 1, 2), False),
        ("3650 jours_ouvres", date(2025, 1, 2), False),
        ("1 mois", date(2026, 12, 15), True),
        ("2 jours_calendaires", date(2024, 12, 20), True),
    ],
)
def test_a_count_never_leaves_the_years_stored(text: str, start: date, roll_over: bool) -> None:
    with pytest.raises(CalendarExhausted, match="années 2025 à 2026"):
        due_on(text, start, calendar(first=2025, last=2026), roll_over)


def test_rolling_over_the_new_year_needs_the_new_year() -> None:
    """31 December 2027 is a Friday, 1 January 2028 a Saturday and a holiday nobody stored."""
    known = calendar(first=2025, last=2027)
    assert due_on("1 mois", date(2027, 11, 30), known, roll_over=True) == "2027-12-30"
    with pytest.raises(CalendarExhausted):
        due_on("1 mois", date(2027, 12, 1), known, roll_over=True)


def test_what_needs_no_holiday_needs_no_calendar() -> None:
    known = calendar(first=2025, last=2025)
    assert due_on("10 ans", date(2026, 5, 4), known) == "2036-05-04"
    assert due_on("45 jours_calendaires", date(2026, 12, 1), known) == "2027-01-15"
    assert due_on("1 jours_ouvres", date(2024, 12, 31), known) == "2025-01-02"


def test_an_open_pause_holds_even_where_the_calendar_would_run_out() -> None:
    known = calendar(first=2026, last=2026)
    limit = Limit((Reading(300, "jours_ouvres"),))
    started_at = datetime(2026, 6, 1, tzinfo=UTC)
    assert due(limit, started_at, known, [Pause(date(2026, 6, 5))]).suspended
    with pytest.raises(CalendarExhausted):
        due(limit, started_at, known, [Pause(date(2027, 6, 5))])
    with pytest.raises(CalendarExhausted):
        due(limit, started_at, known, [Pause(date(2026, 6, 5), date(2030, 6, 5))])


def test_without_years_said_a_calendar_covers_those_of_its_holidays() -> None:
    holidays = legal_list("metropole", 2026) | legal_list("metropole", 2027)
    assert WorkCalendar("metropole", 1, holidays).covers == (2026, 2027)


def test_an_empty_calendar_counts_no_working_day() -> None:
    empty = WorkCalendar("metropole", 1, {})
    assert due_on("3 jours_calendaires", date(2026, 6, 1), empty) == "2026-06-04"
    with pytest.raises(CalendarExhausted, match="ne contient aucune année"):
        due_on("3 jours_ouvres", date(2026, 6, 1), empty)
    with pytest.raises(CalendarExhausted):
        _ = empty.worked


def test_the_refusal_names_the_region_and_the_version() -> None:
    known = WorkCalendar("reunion", 7, {}, covers=(2025, 2026))
    assert str(known.exhausted()) == (
        "Le calendrier des jours fériés «\u00a0La Réunion\u00a0» (version 7) ne couvre que les"
        " années 2025 à 2026\u00a0: ce délai en sort, complétez le calendrier."
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"working_week": frozenset()},
        {"working_week": frozenset({7})},
        {"time_zone": "Europe/Atlantide"},
        {"time_zone": "../etc/passwd"},
        {"covers": (2027, 2026)},
        {"covers": (1, 2026)},
        {"covers": (2026, 9999)},
    ],
)
def test_a_calendar_that_cannot_be_is_refused(wrong: dict) -> None:
    with pytest.raises(CalendarError):
        WorkCalendar("metropole", 1, legal_list("metropole", 2026), **wrong)


@pytest.mark.parametrize(
    "started_at",
    [
        datetime(2026, 6, 1),  # noqa: DTZ001 - the missing zone is the point
        datetime.min.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
        datetime(1899, 12, 31, tzinfo=UTC),
    ],
)
def test_a_start_without_a_zone_or_out_of_range_is_refused(started_at: datetime) -> None:
    with pytest.raises(StartError):
        due(Limit((Reading(1, "ans"),)), started_at, calendar())


def test_the_longest_limits_still_make_a_date() -> None:
    last = datetime(2200, 12, 31, 12, tzinfo=UTC)
    pauses = [Pause(date(1900, 1, 1), date(2200, 12, 31))]
    for reading in (
        Reading(100, "ans"),
        Reading(1200, "mois"),
        Reading(36_600, "jours_calendaires"),
    ):
        found = due(Limit((reading,)), last, calendar(), pauses)
        assert found.due_on.year in (2300, 2301)


def test_a_calendar_survives_a_cache_and_can_be_a_key() -> None:
    known = WorkCalendar("metropole", 1, legal_list("metropole", 2026))
    assert known.worked.count(date(2026, 1, 1).toordinal(), date(2026, 12, 31).toordinal()) == 252
    copy = pickle.loads(pickle.dumps(known))  # noqa: S301
    assert copy == known
    assert {known: "one"}[copy] == "one"


def test_changing_the_holidays_given_does_not_change_the_calendar() -> None:
    given = dict(legal_list("metropole", 2026))
    known = WorkCalendar("metropole", 1, given)
    given.clear()
    assert len(known.holidays) == 11
