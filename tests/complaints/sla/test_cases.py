"""The forty worked cases: facts checked by hand, one line each."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from complaints.sla import Due, Limit, Reading, due, parse_pause, parse_reading
from tests.complaints.sla.known import calendar, server_in

FILE = Path(__file__).with_name("sla_cases.csv")
CASES = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))


def computed(case: dict[str, str]) -> Due:
    region = calendar(case["calendar_region"])
    reading = parse_reading(f"{case['delay_value']} {case['unit']}")
    limit = Limit((reading,), roll_over=case["roll_over"] == "true")
    pauses = [parse_pause(pause, region) for pause in case["suspensions"].split("|") if pause]
    return due(limit, datetime.fromisoformat(case["received_at"]), region, pauses)


def shown(found: Due) -> str:
    return "SUSPENDU" if found.suspended else str(found.due_on)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_case_falls_due_on_the_day_worked_out_by_hand(case: dict[str, str]) -> None:
    assert shown(computed(case)) == case["expected_due"], case["reason"]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Auckland"])
def test_no_case_depends_on_where_the_server_stands(zone: str) -> None:
    with server_in(zone):
        found = {case["id"]: shown(computed(case)) for case in CASES}
    assert found == {case["id"]: case["expected_due"] for case in CASES}


def test_there_are_forty_cases() -> None:
    assert len({case["id"] for case in CASES}) == 40


def test_of_two_readings_the_stricter_binds_the_organisation() -> None:
    """SLA-32 and SLA-33 are one dossier read two ways."""
    loose, strict = (Reading(45, unit) for unit in ("jours_ouvres", "jours_calendaires"))
    found = due(
        Limit((loose, strict)), datetime.fromisoformat("2026-03-30T09:00:00+02:00"), calendar()
    )
    assert (str(found.due_on), found.reading) == ("2026-05-14", strict)


def test_the_open_pause_says_what_was_counted_before_it() -> None:
    """SLA-39: nine days of thirty."""
    case = next(case for case in CASES if case["id"] == "SLA-39")
    counted = [step.count for step in computed(case).steps if step.kind == "decompte"]
    assert counted == [9]
