"""A date is counted again from what was frozen with it; an uncountable one stops nothing."""

from datetime import date
from typing import Any

import pytest

from complaints import sla
from complaints.handling import counting
from complaints.handling.calendars import refresh_calendars
from complaints.models import Calendar, Deadline, Dossier, Holiday
from tests import factories
from tests.complaints.handling.rules import limit, publish
from tests.factories import World, paris

SUSPENDED = {"pauses_on": ["information_requested"], "resumes_on": ["information_received"]}


def file_under(world: World, *limits: dict[str, Any]) -> Dossier:
    publish(world, time_limits=list(limits))
    return factories.file(world, at=paris("2026-03-30 09:00")).dossier


def ask_and_answer(world: World, dossier: Dossier) -> None:
    factories.play(world, dossier, "demander_complement", at=paris("2026-04-01 09:00"))
    answer = ("enregistrer_complement", {"answer": "Voici."})
    factories.play(world, dossier, answer, at=paris("2026-04-03 09:00"))


def close_on(day: date) -> Calendar:
    """A newer calendar of the mainland, in which that day is a holiday."""
    old = Calendar.objects.current("metropole")
    new = Calendar.objects.create(
        region=old.region,
        version=old.version + 1,
        first_year=old.first_year,
        last_year=old.last_year,
        created_at=old.created_at,
    )
    Holiday.objects.create(calendar=new, day=day, name="Fermeture")
    return new


def test_a_recount_keeps_the_calendar_of_the_first_count(world: Any) -> None:
    """R9: neither the correction of a calendar nor another working week moves a date."""
    dossier = file_under(world, limit(10, "jours_ouvres", **SUSPENDED))
    assert dossier.deadlines.get().due_on == date(2026, 4, 14)
    first = dossier.deadlines.get().calendar
    close_on(date(2026, 4, 9))
    world.organisation.working_week = "1110000"
    world.organisation.save()
    ask_and_answer(world, dossier)
    deadline = dossier.deadlines.get()
    assert (deadline.due_on, deadline.calendar) == (date(2026, 4, 16), first)
    assert deadline.inputs["working_week"] == "1111100"


def test_the_next_dossier_counts_with_the_new_calendar_and_week(world: Any) -> None:
    newest = close_on(date(2026, 3, 31))
    deadline = file_under(world, limit(1, "jours_ouvres")).deadlines.get()
    assert (deadline.due_on, deadline.calendar) == (date(2026, 4, 1), newest)


def test_the_stored_inputs_counted_again_give_the_stored_date(dossier: Dossier) -> None:
    """Property 10, on real rows: everything the date depends on is in the row."""
    for stored in dossier.deadlines.all():
        again = Deadline.objects.select_related("calendar").get(pk=stored.pk)
        counting.compute(again, again.limit, paris("2026-03-30 09:00"))
        assert (again.due_on, again.steps, again.sentence, again.late_from) == (
            stored.due_on,
            stored.steps,
            stored.sentence,
            stored.late_from,
        )


def test_the_inputs_name_the_line_of_the_journal_that_started_it(dossier: Dossier) -> None:
    assert {deadline.inputs["event"] for deadline in dossier.deadlines.all()} == {1}


@pytest.fixture
def unreachable(world: Any) -> Dossier:
    """A limit of fourteen years of worked days: the stored calendar ends before it."""
    return file_under(world, limit(3660, "jours_ouvres"), limit(5, key="proche"))


def test_a_date_that_cannot_be_counted_does_not_stop_the_filing(unreachable: Dossier) -> None:
    deadline = unreachable.deadlines.get(key="essai")
    assert (deadline.due_on, deadline.state, deadline.next_check_at) == (None, "running", None)
    assert unreachable.next_due_on == date(2026, 4, 4)


def test_a_date_that_cannot_be_counted_says_why_to_the_staff_only(unreachable: Dossier) -> None:
    deadline = unreachable.deadlines.get(key="essai")
    assert "complétez le calendrier" in deadline.inputs["error"]
    assert deadline.sentence == "Essai. La date vous sera précisée."


def test_an_installation_that_nobody_prepared_seeds_its_calendars_itself(world: Any) -> None:
    from django.db.models import QuerySet

    for rows in (Holiday.objects.all(), Calendar.objects.all()):
        QuerySet.delete(rows)
    deadline = file_under(world, limit(5, "jours_ouvres")).deadlines.get()
    assert deadline.due_on == date(2026, 4, 7)
    assert refresh_calendars(paris("2026-03-30 10:00")) == []


def test_the_promise_is_told_apart_from_the_day_the_team_aims_at(world: Any) -> None:
    deadline = file_under(world, limit(30)).deadlines.get()
    counting.move(deadline, sla.StepKind.SHORTENING, date(2026, 4, 10))
    counting.compute(deadline, deadline.limit, paris("2026-03-30 09:00"))
    assert (deadline.due_on, counting.promised_on(deadline)) == (
        date(2026, 4, 10),
        date(2026, 4, 29),
    )
