"""The admin's home shows each person their next dossiers, and nobody else's."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.desk.home import ROWS
from complaints.models import Dossier
from tests.complaints.desk.conftest import words
from tests.factories import World, file

pytestmark = pytest.mark.django_db


def home(client: Client) -> str:
    return words(client.get(reverse("wagtailadmin_home")))


def due_in(world: World, days: int, **changes: object) -> Dossier:
    dossier = file(world, objet=f"Dans {days}").dossier
    due = timezone.localdate() + timedelta(days)
    Dossier.objects.filter(pk=dossier.pk).update(next_due_on=due, **changes)
    return dossier


def test_late_ones_come_first_and_say_so(alice: Client, world: World) -> None:
    later, late = due_in(world, 5), due_in(world, -2)
    page = home(alice)
    assert page.index(late.reference) < page.index(later.reference)
    assert "en retard de 2 jours" in page
    assert "à prendre" in page


def test_what_a_colleague_follows_is_not_mine(alice: Client, world: World) -> None:
    mine = due_in(world, 5, assigned_to=world.user("alice"))
    theirs = due_in(world, 1, assigned_to=world.user("diane"))
    page = home(alice)
    assert mine.reference in page
    assert theirs.reference not in page


def test_it_stops_at_ten(alice: Client, world: World) -> None:
    for days in range(ROWS + 2):
        due_in(world, days)
    assert home(alice).count("à prendre") == ROWS


def test_nothing_to_do_is_said_kindly(alice: Client) -> None:
    assert "Rien ne vous attend." in home(alice)


@pytest.mark.parametrize(("login", "shown"), [("bob", False), ("diane", True), ("charlie", True)])
def test_the_panel_is_for_who_sees_dossiers(
    log_in: Callable[[str], Client], world: World, login: str, shown: bool
) -> None:
    dossier = due_in(world, 1)
    page = home(log_in(login))
    assert ("Mes dossiers" in page) is shown
    assert (dossier.reference in page) is (login == "diane")


def test_the_menu_leads_to_what_one_may_open(log_in: Callable[[str], Client]) -> None:
    def menu(login: str) -> str:
        return log_in(login).get(reverse("wagtailadmin_home")).content.decode()

    places = {name: reverse(name) for name in ("dossiers:list", "envois:list")}
    places["registre"] = reverse("registre_modeladmin_index")
    rules = reverse("wagtailsnippets_complaints_procedure:list")
    alice, bob, diane = menu("alice"), menu("bob"), menu("diane")
    for place in places.values():
        assert place in alice
        assert place not in bob
        assert place in diane
    assert rules not in alice
    assert rules in bob
    assert rules in diane
