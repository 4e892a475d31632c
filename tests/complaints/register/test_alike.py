"""The open dossiers of one person, among those that whoever asks may see."""

from collections.abc import Callable
from typing import Any

import pytest

from complaints.models import Party
from complaints.register.alike import FEW, open_dossiers_of
from tests.factories import World, file, paris

pytestmark = pytest.mark.django_db
AT = paris("2026-04-10 11:00")


def test_nobody_has_no_dossier(world: World, django_assert_num_queries: Callable[..., Any]) -> None:
    file(world, at=AT)
    alice = world.user("alice")
    with django_assert_num_queries(0):
        assert open_dossiers_of(Party(), world.organisation, alice) == []


def test_the_latest_come_first_and_are_few(world: World) -> None:
    dossiers = [file(world, at=AT).dossier for _ in range(FEW + 1)]
    dora = dossiers[0].complainant
    found = open_dossiers_of(Party(email=dora.email), world.organisation, world.user("alice"))
    assert found == dossiers[:0:-1]


def test_who_sees_no_dossier_is_told_none(world: World) -> None:
    dora = file(world, at=AT).dossier.complainant
    assert open_dossiers_of(Party(name=dora.name), world.organisation, world.user("bob")) == []
