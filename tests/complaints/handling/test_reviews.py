"""A procedure says when it must be read again: its editors are told, and who read it is kept."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django_q.models import OrmQ
from wagtail.log_actions import registry

from complaints.handling.reviews import review, tell_reviews
from complaints.models import Notice, Procedure
from tests.factories import World, paris

MONDAY = paris("2026-03-30 07:20")
DAY = timedelta(days=1)


@pytest.fixture
def procedure(world: World) -> Procedure:
    """Of A, read on the 13th of April 2025, to be read each year; that of B asks for nothing."""
    OrmQ.objects.all().delete()
    Procedure.objects.update(review_months=None)
    procedure = world.page.procedure
    due_on(procedure, date(2025, 4, 13))
    return procedure


def due_on(procedure: Procedure, read_on: date | None, months: int | None = 12) -> date | None:
    """When that procedure is to be read again, if it was read that day."""
    Procedure.objects.filter(pk=procedure.pk).update(reviewed_on=read_on, review_months=months)
    procedure.refresh_from_db()
    return procedure.review_due_on


def addresses() -> list[str]:
    return sorted(Notice.objects.values_list("to", flat=True))


@pytest.mark.parametrize(
    ("read_on", "months", "expected"),
    [
        (date(2025, 4, 13), 12, date(2026, 4, 13)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 4, 13), None, None),
        (date(2025, 4, 13), 0, None),
        (None, 12, None),
    ],
)
def test_the_day_is_counted_in_months(
    procedure: Procedure, read_on: date | None, months: int | None, expected: date | None
) -> None:
    assert due_on(procedure, read_on, months) == expected


def test_publishing_is_reading(world: World, procedure: Procedure) -> None:
    procedure.title = "Autre titre"
    procedure.save_revision().publish(user=world.user("bob"))
    procedure.refresh_from_db()
    assert procedure.reviewed_on > date(2025, 4, 13)


def test_a_draft_shows_when_the_procedure_was_last_read(procedure: Procedure) -> None:
    procedure.save_revision()
    procedure.refresh_from_db()
    due_on(procedure, date(2026, 1, 1))
    assert procedure.get_latest_revision_as_object().reviewed_on == date(2026, 1, 1)


def test_its_editors_are_told_and_nobody_else(procedure: Procedure) -> None:
    assert tell_reviews(MONDAY) == 2
    assert addresses() == ["bob@connectsens.example", "diane@connectsens.example"]
    assert OrmQ.objects.count() == 2


def test_the_mail_names_the_procedure_its_day_and_what_to_do(
    world: World, procedure: Procedure
) -> None:
    tell_reviews(MONDAY)
    notice = Notice.objects.get(to="bob@connectsens.example")
    assert notice.organisation == world.organisation
    assert notice.subject == f"Procédure {procedure.reference} à relire avant le 13/04/2026"
    assert f"{procedure.reference} : {procedure.title}\n" in notice.body
    assert "À relire au plus tard le lundi 13 avril 2026." in notice.body
    space = "http://localhost/gestion/snippets/complaints/procedure"
    assert f"Relue, rien à changer : {space}/{procedure.pk}/relecture/\n" in notice.body
    assert f"La modifier : {space}/edit/{procedure.pk}/\n" in notice.body


def test_what_is_overdue_is_said(procedure: Procedure) -> None:
    due_on(procedure, date(2025, 3, 1))
    tell_reviews(MONDAY)
    body = Notice.objects.first().body
    assert "Elle devait être relue le dimanche 1er mars 2026." in body


@pytest.mark.parametrize(("days", "told"), [(30, 2), (31, 0), (0, 2), (-400, 2)])
def test_thirty_days_ahead_then_until_it_is_read(
    procedure: Procedure, days: int, told: int
) -> None:
    expected = MONDAY.date() + timedelta(days=days)
    assert due_on(procedure, expected.replace(year=expected.year - 1)) == expected
    assert tell_reviews(MONDAY) == told


def test_once_a_week_whatever_the_day_it_begins(procedure: Procedure) -> None:
    wednesday, sunday, next_monday = MONDAY + 2 * DAY, MONDAY + 6 * DAY, MONDAY + 7 * DAY
    counts = [tell_reviews(at) for at in (wednesday, wednesday, sunday, next_monday, next_monday)]
    assert counts == [2, 0, 0, 2, 0]


def test_a_week_that_begins_in_one_year_and_ends_in_another_is_one(procedure: Procedure) -> None:
    thursday = paris("2026-12-31 07:20")
    assert [tell_reviews(thursday), tell_reviews(thursday + 2 * DAY)] == [2, 0]


def test_once_read_nobody_is_told(world: World, procedure: Procedure) -> None:
    assert review(procedure, world.user("bob"), MONDAY)
    assert tell_reviews(MONDAY) == 0


def test_several_procedures_are_one_mail(world: World, procedure: Procedure) -> None:
    second = Procedure.objects.get(pk=procedure.pk)
    second.pk, second.reference, second.title = None, "CS-BIS", "Aléas"
    second.save()
    assert tell_reviews(MONDAY) == 2
    notice = Notice.objects.first()
    assert notice.subject == "2 procédures à relire"
    assert "CS-BIS : Aléas\n" in notice.body
    assert f"{procedure.reference} : {procedure.title}\n" in notice.body


def test_each_organisation_hears_of_its_own(
    world: World, other_world: World, procedure: Procedure
) -> None:
    theirs = other_world.page.procedure
    due_on(theirs, date(2025, 4, 13))
    world.user("charlie").groups.add(
        other_world.organisation.roles.get(key="editor").group,
        other_world.organisation.roles.get(key="direction").group,
    )
    assert tell_reviews(MONDAY) == 3
    (told,) = Notice.objects.filter(organisation=other_world.organisation)
    assert told.to == world.user("charlie").email
    assert f"/procedure/edit/{theirs.pk}/" in told.body
    assert f"/procedure/edit/{procedure.pk}/" not in told.body


@pytest.mark.parametrize("changes", [{"is_active": False}, {"email": ""}])
def test_who_cannot_be_written_to_is_left_alone(
    world: World, procedure: Procedure, changes: dict[str, Any]
) -> None:
    get_user_model().objects.filter(username="bob").update(**changes)
    assert tell_reviews(MONDAY) == 1
    assert addresses() == ["diane@connectsens.example"]


def test_a_procedure_that_is_not_published_asks_for_nothing(procedure: Procedure) -> None:
    Procedure.objects.filter(pk=procedure.pk).update(live=False)
    assert tell_reviews(MONDAY) == 0


def test_the_queries_do_not_grow_with_the_organisations(
    world: World, other_world: World, procedure: Procedure, django_assert_num_queries: Any
) -> None:
    """One for what is due, one for who is told, one for who was: the second run of the week."""
    due_on(other_world.page.procedure, date(2025, 4, 13))
    tell_reviews(MONDAY)
    with django_assert_num_queries(3 + 2):  # within a transaction of its own
        tell_reviews(MONDAY)


def test_reading_without_changing_is_kept_with_who_and_when(
    world: World, procedure: Procedure
) -> None:
    versions = procedure.versions.count()
    assert review(procedure, world.user("diane"), MONDAY)
    assert procedure.versions.count() == versions
    procedure.refresh_from_db()
    assert (procedure.reviewed_on, procedure.review_due_on) == (
        date(2026, 3, 30),
        date(2027, 3, 30),
    )
    entry = registry.get_logs_for_instance(procedure).get(action="complaints.review")
    assert (entry.user, entry.timestamp) == (world.user("diane"), MONDAY)
    assert entry.message == f"Relue sans changement (version {procedure.current.number})"


def reviews_of(procedure: Procedure) -> int:
    return registry.get_logs_for_instance(procedure).filter(action="complaints.review").count()


def test_twice_in_a_day_is_once(world: World, procedure: Procedure) -> None:
    def read(at: datetime) -> bool:
        return review(procedure, world.user("bob"), at)

    assert [read(MONDAY), read(MONDAY + DAY / 2), read(MONDAY + DAY)] == [True, False, True]
    assert reviews_of(procedure) == 2


def test_nothing_is_read_where_nothing_is_in_force(world: World, procedure: Procedure) -> None:
    Procedure.objects.filter(pk=procedure.pk).update(live=False)
    assert not review(procedure, world.user("bob"), MONDAY)
    assert reviews_of(procedure) == 0
