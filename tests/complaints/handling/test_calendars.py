"""The stored public holidays: seeded, kept years ahead, and what was corrected stays so."""

from datetime import date, datetime
from typing import Any

from complaints.handling.calendars import YEARS_AHEAD, refresh_calendars
from complaints.models import Calendar, Holiday
from complaints.sla import Region
from tests.factories import paris


def metropole() -> Calendar:
    return Calendar.objects.current(Region.METROPOLE)


def at(year: int) -> datetime:
    return paris(f"{year}-06-01 09:00")


def test_each_region_has_its_calendar(world: Any) -> None:
    assert set(Calendar.objects.values_list("region", flat=True)) == set(Region.values)
    assert metropole().holidays.filter(day=date(2026, 7, 14)).exists()


def test_nothing_is_added_while_it_reaches_far_enough(world: Any) -> None:
    assert refresh_calendars(at(2026)) == []
    assert refresh_calendars(at(metropole().last_year - 2)) == []


def test_a_new_version_is_added_before_the_last_one_ends(world: Any) -> None:
    old = metropole()
    added = refresh_calendars(at(old.last_year - 1))
    assert len(added) == len(Region.values)
    new = metropole()
    assert (new.version, new.last_year) == (old.version + 1, old.last_year - 1 + YEARS_AHEAD)
    assert old.holidays.exists()


def test_a_corrected_day_is_kept_in_the_next_version(world: Any) -> None:
    old = metropole()
    corrected = date(old.last_year - 1, 3, 3)
    Holiday.objects.create(calendar=old, day=corrected, name="Fermeture")
    refresh_calendars(at(old.last_year - 1))
    kept = set(metropole().holidays.values_list("day", flat=True))
    assert corrected in kept
    assert date(old.last_year + 1, 7, 14) in kept
