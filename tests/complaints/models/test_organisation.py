"""The roles a procedure names exist once it is published: a group each, nobody in it yet."""

from typing import Any

import pytest
from django.contrib.auth.models import Group

from complaints.handling.roles import install_roles
from complaints.models import Role, access
from complaints.models.organisation import complete_roles
from complaints.models.plain import stream
from complaints.workflow.definition import Role as Named
from tests.factories import World

PRESIDENT = Named("president", "Président(e)")


def roles(world: World) -> dict[str, Role]:
    return {role.key: role for role in world.organisation.roles.select_related("group")}


def test_publishing_a_procedure_makes_the_roles_it_names(world: World) -> None:
    procedure = world.page.procedure
    named = [role for role in procedure.definition()["roles"] if role["key"] != "direction"]
    named += [
        {"key": "direction", "label": "Directrice"},
        {"key": "president", "label": "Président(e)"},
    ]
    procedure.roles = stream(named)
    before = roles(world)
    procedure.save_revision().publish()
    made = roles(world)
    assert made.keys() - before.keys() == {"president"}  # neither the complainant nor the clock
    assert made["direction"].label == "Directrice"
    assert made["direction"].group == before["direction"].group
    assert (made["president"].label, made["president"].sees_dossiers) == ("Président(e)", True)


def test_a_new_role_enters_the_admin_and_sees_the_dossiers_of_its_organisation_only(
    world: World, other_world: World
) -> None:
    complete_roles(world.organisation, [PRESIDENT])
    group = roles(world)["president"].group
    assert not group.user_set.exists()
    world.user("bob").groups.set([group])
    bob = world.user("bob")
    assert bob.has_perm("wagtailadmin.access_admin")
    assert list(access.organisations_seen_by(bob)) == [world.organisation]
    assert not bob.has_perm("complaints.change_procedure")


def test_as_often_as_one_likes(world: World) -> None:
    complete_roles(world.organisation, [PRESIDENT])
    before = (Group.objects.count(), Role.objects.count())
    complete_roles(world.organisation, [PRESIDENT])
    install_roles(world.organisation)
    assert (Group.objects.count(), Role.objects.count()) == before


@pytest.mark.parametrize("key", ["complainant", "clock"])
def test_no_group_stands_for_the_complainant_or_the_clock(world: World, key: str) -> None:
    complete_roles(world.organisation, [Named(key, "Réservé")])
    assert key not in roles(world)


def test_a_group_that_is_there_already_is_never_taken(world: World) -> None:
    """It may have members nobody meant."""
    name = f"{world.organisation.name} – Président(e)"
    taken = Group.objects.create(name=name)
    taken.user_set.add(world.user("bob"))
    complete_roles(world.organisation, [PRESIDENT, Named("vice", "Président(e)")])
    made: dict[str, Any] = roles(world)
    assert made["president"].group.name == f"{world.organisation.name} (CS) – Président(e)"
    assert made["vice"].group.name == f"{world.organisation.name} (CS 2) – Président(e)"
