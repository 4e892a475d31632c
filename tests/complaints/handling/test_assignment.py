"""Giving a dossier to someone: a fact of the journal, to and by the people of its organisation."""

import pytest

from complaints.handling.acting import act_on
from complaints.handling.assignment import assign, colleagues
from complaints.models import Dossier, Event
from complaints.workflow import MoveRefused
from complaints.workflow.vocabulary import EventKind
from tests.factories import World, connectsens, file, other, paris

pytestmark = pytest.mark.django_db
MONDAY = paris("2026-03-30 09:00")


@pytest.fixture
def world() -> World:
    return connectsens()


@pytest.fixture
def dossier(world: World) -> Dossier:
    return file(world, at=MONDAY).dossier


def give(world: World, dossier: Dossier, to: str | None, by: str = "alice") -> Dossier:
    with act_on(dossier.pk, actor=world.staff(by), at=MONDAY) as act:
        assign(act, world.user(to) if to else None)
    dossier.refresh_from_db()
    return dossier


def test_a_dossier_is_given_and_the_journal_says_to_whom(world: World, dossier: Dossier) -> None:
    assert give(world, dossier, "diane").assigned_to == world.user("diane")
    event = Event.objects.filter(dossier=dossier).last()
    assert (event.kind, event.data, event.actor_label) == (
        EventKind.ASSIGNED,
        {"to": "Diane"},
        "Alice",
    )


def test_a_dossier_is_given_back_to_nobody(world: World, dossier: Dossier) -> None:
    give(world, dossier, "alice")
    assert give(world, dossier, None).assigned_to is None


@pytest.mark.parametrize("login", ["bob", "charlie"])
def test_it_is_given_only_to_who_sees_dossiers_there(
    world: World, dossier: Dossier, login: str
) -> None:
    other()
    with pytest.raises(MoveRefused):
        give(world, dossier, login)
    assert Event.objects.filter(dossier=dossier, kind=EventKind.ASSIGNED).count() == 0


@pytest.mark.parametrize("login", ["bob", "charlie"])
def test_only_who_sees_the_dossier_gives_it(world: World, dossier: Dossier, login: str) -> None:
    other()
    with pytest.raises(MoveRefused):
        give(world, dossier, "alice", by=login)


def test_colleagues_are_the_active_people_who_see_dossiers(world: World) -> None:
    other()
    world.user("diane").delete()
    assert [user.username for user in colleagues(world.organisation)] == ["alice"]
