"""The register's number: given once, when the complaint is complete, without gap (CS-A1)."""

from functools import partial
from typing import Any

import pytest

from complaints.handling.moving import perform
from complaints.models import Dossier, Event, RegisterEntry
from complaints.workflow import MoveRefused
from tests import factories
from tests.complaints.handling.conftest import FILED_AT
from tests.complaints.handling.together import at_once
from tests.factories import paris


def register(world: Any, dossier: Dossier, at: Any = FILED_AT, login: str = "alice") -> Dossier:
    return factories.play(world, dossier, "inscrire", at=at, login=login)


def test_entering_the_register_gives_the_number_and_the_day(world: Any, dossier: Dossier) -> None:
    at = paris("2026-04-02 18:00")
    registered = register(world, dossier, at)
    assert (registered.stage, registered.registered_at) == ("registre", at)
    assert registered.register_entry.register_number == "R-2026-0001"
    assert dossier.events.get(kind="registered").data == {"register_number": "R-2026-0001"}


def test_a_dossier_enters_once(world: Any, registered: Dossier) -> None:
    with pytest.raises(MoveRefused):
        register(world, registered)
    assert RegisterEntry.objects.count() == 1


def test_a_dossier_that_comes_back_keeps_its_number(world: Any, registered: Dossier) -> None:
    factories.play(world, registered, "noter_retrait", at=FILED_AT)
    reopening = ("reprendre", {"reason": "Retirée par erreur."})
    back = factories.play(world, registered, reopening, at=FILED_AT, login="diane")
    again = register(world, back, paris("2027-02-01 09:00"))
    assert again.register_entry.register_number == "R-2026-0001"
    assert again.registered_at == FILED_AT
    assert Event.objects.filter(kind="registered").count() == 1


def test_the_number_follows_the_order_of_the_register_not_of_the_filing(world: Any) -> None:
    first, second = (factories.file(world, at=FILED_AT).dossier for _ in range(2))
    assert register(world, second).register_entry.number == 1
    assert register(world, first).register_entry.number == 2


def test_each_organisation_and_each_year_has_its_register(world: Any, other_world: Any) -> None:
    ours = [factories.file(world, at=FILED_AT).dossier for _ in range(2)]
    theirs = factories.file(other_world, at=FILED_AT).dossier
    register(world, ours[0], paris("2026-12-31 23:59"))
    register(world, ours[1], paris("2027-01-01 00:01"))
    register(other_world, theirs, login="charlie")
    numbers = [entry.register_number for entry in RegisterEntry.objects.order_by("pk")]
    assert numbers == ["R-2026-0001", "R-2027-0001", "R-2026-0001"]


@pytest.mark.django_db(transaction=True)
def test_moderators_who_register_at_once_leave_no_gap_even_when_some_fail(world: Any) -> None:
    dossiers = [factories.file(world, at=FILED_AT).dossier for _ in range(6)]
    stale = {dossiers[1].pk, dossiers[4].pk}
    alice = world.staff("alice")
    results = at_once(
        [
            partial(
                perform,
                dossier,
                "inscrire",
                {},
                actor=alice,
                at=FILED_AT,
                seen=99 if dossier.pk in stale else None,
            )
            for dossier in dossiers
        ]
    )
    assert [isinstance(result, MoveRefused) for result in results] == [
        dossier.pk in stale for dossier in dossiers
    ]
    numbers = sorted(RegisterEntry.objects.values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4]
