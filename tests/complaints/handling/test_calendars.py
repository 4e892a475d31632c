"""The stored public holidays: seeded, kept years ahead, corrected by hand; never rewritten."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from complaints.handling.acting import act_on
from complaints.handling.actors import Actor
from complaints.handling.calendars import (
    NAME_LENGTH,
    REASON_LENGTH,
    YEARS_AHEAD,
    CalendarMoved,
    CorrectionRefused,
    DayChange,
    changes,
    correct_calendar,
    refresh_calendars,
)
from complaints.models import Calendar, Deadline, Dossier
from complaints.sla import Region
from complaints.workflow.vocabulary import EventKind
from tests import factories
from tests.complaints.handling.rules import limit, publish
from tests.complaints.handling.together import at_once
from tests.factories import World, paris

AT = paris("2026-03-30 09:00")
BRIDGE, MAY_DAY = date(2026, 4, 2), date(2026, 5, 1)


def metropole() -> Calendar:
    return Calendar.objects.current(Region.METROPOLE)


def at(year: int) -> datetime:
    return paris(f"{year}-06-01 09:00")


def correct(**given: Any) -> Calendar:
    """One day more in métropole, unless told otherwise."""
    usual = {
        "seen": metropole().version,
        "removed": [],
        "added": [(BRIDGE, "Fermeture")],
        "reason": "Arrêté préfectoral",
        "at": AT,
        "by": None,
    }
    return correct_calendar(Region.METROPOLE, **usual | given)


def test_each_region_has_its_calendar(world: World) -> None:
    assert set(Calendar.objects.values_list("region", flat=True)) == set(Region.values)
    assert metropole().days()[date(2026, 7, 14)] == "Fête nationale"
    assert metropole().reason == "Liste légale"


def test_nothing_is_added_while_it_reaches_far_enough(world: World) -> None:
    assert refresh_calendars(at(2026)) == []
    assert refresh_calendars(at(metropole().last_year - 2)) == []


def test_a_new_version_is_added_before_the_last_one_ends(world: World) -> None:
    old = metropole()
    added = refresh_calendars(at(old.last_year - 1))
    assert len(added) == len(Region.values)
    new = metropole()
    assert (new.version, new.last_year) == (old.version + 1, old.last_year - 1 + YEARS_AHEAD)
    assert new.reason == f"Prolongé jusqu’en {new.last_year}"
    assert old.days()


def test_what_was_corrected_stays_so_in_the_next_version(world: World) -> None:
    old = metropole()
    year = old.last_year - 1
    closed, gone, renamed = date(year, 3, 3), date(year, 7, 14), date(year, 5, 8)
    corrected = correct(
        removed=[gone, renamed], added=[(closed, "Fermeture"), (renamed, "Victoire")]
    ).days()
    refresh_calendars(at(year))
    kept = {day: name for day, name in metropole().days().items() if day.year <= old.last_year}
    assert kept == {day: name for day, name in corrected.items() if day.year in metropole().years}
    assert (closed in kept, gone in kept, kept[renamed]) == (True, False, "Victoire")
    assert date(old.last_year + 1, 7, 14) in metropole().days()


def test_a_correction_is_a_version_of_its_own(world: World) -> None:
    old = metropole()
    before = old.days()
    new = correct(removed=[MAY_DAY], by=world.user("diane"))
    assert new == metropole()
    assert (new.version, new.years) == (old.version + 1, old.years)
    assert (new.reason, new.author, new.created_at) == ("Arrêté préfectoral", "Diane", AT)
    assert changes(before, new.days()) == [
        DayChange(BRIDGE, "", "Fermeture"),
        DayChange(MAY_DAY, "Fête du Travail", ""),
    ]
    assert old.days() == before


def test_a_day_taken_away_and_added_again_is_renamed(world: World) -> None:
    old = metropole()
    new = correct(removed=[MAY_DAY], added=[(MAY_DAY, "1er Mai")])
    assert changes(old.days(), new.days()) == [DayChange(MAY_DAY, "Fête du Travail", "1er Mai")]


def test_the_other_regions_are_left_alone(world: World) -> None:
    correct()
    others = Calendar.objects.exclude(region=Region.METROPOLE)
    assert set(others.values_list("version", flat=True)) == {1}


def test_spaces_that_say_nothing_are_left_out(world: World) -> None:
    new = correct(added=[(BRIDGE, "  Fermeture \n annuelle ")], reason=" Arrêté  du 2 mars ")
    assert (new.days()[BRIDGE], new.reason) == ("Fermeture annuelle", "Arrêté du 2 mars")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"added": []}, "Rien ne change"),
        ({"removed": [MAY_DAY], "added": [(MAY_DAY, "Fête du Travail")]}, "Rien ne change"),
        ({"added": [(date(2060, 1, 2), "Pont")]}, "ne va que de 2018 à 2038"),
        ({"added": [(date(2017, 12, 26), "Pont")]}, "ne va que de 2018 à 2038"),
        ({"added": [(BRIDGE, "A"), (BRIDGE, "B")]}, "Le jeudi 2 avril 2026 est déjà férié"),
        ({"added": [(MAY_DAY, "Mai")]}, "Le vendredi 1er mai 2026 est déjà férié"),
        ({"removed": [BRIDGE]}, "Le jeudi 2 avril 2026 n’est pas férié"),
        ({"removed": [MAY_DAY, MAY_DAY]}, "Le vendredi 1er mai 2026 n’est pas férié"),
        ({"added": [(BRIDGE, "  ")]}, "Donnez un nom"),
        ({"added": [(BRIDGE, "x" * (NAME_LENGTH + 1))]}, "100 caractères au plus"),
        ({"reason": " \n "}, "Dites pourquoi"),
        ({"reason": "x" * (REASON_LENGTH + 1)}, "300 caractères au plus"),
    ],
)
def test_what_means_nothing_is_refused(world: World, given: dict[str, Any], why: str) -> None:
    before = Calendar.objects.count()
    with pytest.raises(CorrectionRefused, match=why):
        correct(**given)
    assert Calendar.objects.count() == before


def test_a_version_that_is_no_longer_in_force_is_not_corrected(world: World) -> None:
    seen = metropole().version
    correct()
    with pytest.raises(CalendarMoved):
        correct(seen=seen, added=[(date(2026, 4, 3), "Pont")])
    assert metropole().version == seen + 1


def test_a_calendar_just_prolonged_is_not_corrected_unseen(world: World) -> None:
    old = metropole()
    refresh_calendars(at(old.last_year))
    with pytest.raises(CalendarMoved):
        correct(seen=old.version, added=[(date(old.last_year, 1, 2), "Pont")])


@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_at_once_exactly_one_is_made(world: World) -> None:
    seen = metropole().version
    days = [date(2026, 4, number) for number in (1, 2)]
    results = at_once([partial(correct, seen=seen, added=[(day, "Pont")]) for day in days])
    refused = [result for result in results if isinstance(result, Exception)]
    assert [type(error) for error in refused] == [CalendarMoved]
    assert metropole().version == seen + 1
    assert len(set(metropole().days()) & set(days)) == 1


SUSPENDED = {"pauses_on": ["information_requested"], "resumes_on": ["information_received"]}


@pytest.fixture
def dossier(world: World) -> Dossier:
    """Due after five worked days: Tuesday 7 April, Easter Monday left out."""
    publish(world, time_limits=[limit(5, "jours_ouvres", **SUSPENDED)])
    return factories.file(world, at=AT).dossier


def counted(dossier: Dossier) -> dict[str, Any]:
    """All that is kept of its only deadline."""
    return Deadline.objects.filter(dossier=dossier).values().get()


def test_a_past_due_date_never_moves(world: World, dossier: Dossier) -> None:
    old, before = metropole(), counted(dossier)
    assert before["due_on"] == date(2026, 4, 7)
    new = correct(at=AT + timedelta(hours=1))
    after = counted(dossier)
    assert after == before
    assert after["calendar_id"] == old.pk
    later = counted(factories.file(world, at=AT + timedelta(hours=2)).dossier)
    assert (later["due_on"], later["calendar_id"]) == (date(2026, 4, 8), new.pk)
    assert later["inputs"]["calendar"]["version"] == new.version


def suspend(dossier: Dossier) -> dict[str, Any]:
    """A question the next day, its answer a day later; how the deadline stands then."""
    for kind, day in (
        (EventKind.INFORMATION_REQUESTED, "2026-03-31 09:00"),
        (EventKind.INFORMATION_RECEIVED, "2026-04-01 09:00"),
    ):
        with act_on(dossier.pk, actor=Actor.clock(), at=paris(day)) as act:
            act.record(kind)
    return counted(dossier)


def test_a_suspended_deadline_is_counted_again_on_its_own_calendar(
    world: World, dossier: Dossier
) -> None:
    without_correction = suspend(factories.file(world, at=AT).dossier)
    correct(at=AT + timedelta(hours=1))
    after = suspend(dossier)
    for kept in ("due_on", "late_from", "sentence", "steps", "calendar_id"):
        assert after[kept] == without_correction[kept], kept
