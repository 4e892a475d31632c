"""A letter follows a call, or waits three months on a desk: the assistant is told in time."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from complaints.models import Dossier, FormVersion, Recusal
from tests.complaints.desk.conftest import address, words
from tests.complaints.desk.entry.conftest import NOW, hidden, typed
from tests.factories import World, file

pytestmark = pytest.mark.django_db
KNOWN = "Cette personne a déjà un dossier ouvert"


@pytest.fixture
def call(alice: Client, screen: str) -> Dossier:
    """What Nadia said, filed already."""
    alice.post(screen, typed(step="file"))
    return Dossier.objects.get()


@pytest.mark.parametrize(
    "changes",
    [{}, {"courriel": "NADIA@exemple.example", "nom": "N. B."}, {"nom": "nadia BENALI"}],
)
def test_the_open_dossier_of_the_same_person_is_shown_before_a_second_is_made(
    alice: Client, screen: str, call: Dossier, changes: dict[str, str]
) -> None:
    review = alice.post(screen, typed(**changes))
    assert KNOWN in words(review)
    assert f"{call.reference} (nouvel onglet) , téléphone, reçu le 03/04/2026" in words(review)
    assert address("inspect", call) in review.content.decode()
    # It may be another matter: nothing forbids it.
    alice.post(screen, hidden(review) | {"step": "file"})
    assert Dossier.objects.count() == 2


def test_somebody_else_nobody_or_a_closed_dossier_is_no_such_thing(
    alice: Client, screen: str, call: Dossier
) -> None:
    other = {"nom": "Nadia", "courriel": "autre@exemple.example"}
    nobody = {"nom": "", "courriel": "", "reponse_par": ""}
    for data in (typed(**other), typed(**nobody)):
        assert KNOWN not in words(alice.post(screen, data))
    close(call)
    assert KNOWN not in words(alice.post(screen, typed()))


def close(dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(is_open=False, phase="closed", closed_at=NOW)


def test_what_this_very_screen_has_filed_is_not_another_dossier(alice: Client, screen: str) -> None:
    data = typed()
    alice.post(screen, data | {"step": "file"})
    assert KNOWN not in words(alice.post(screen, data))


def test_a_dossier_one_is_kept_out_of_is_not_told(
    alice: Client, screen: str, world: World, call: Dossier
) -> None:
    Recusal.objects.create(dossier=call, person=world.user("alice"), at=NOW)
    assert KNOWN not in words(alice.post(screen, typed()))


def test_a_name_kept_for_some_roles_is_not_guessed_here(
    alice: Client, screen: str, world: World, log_in: Callable[[str], Client]
) -> None:
    current = world.page.form.current
    definition = deepcopy(current.definition)
    asked = [field for section in definition["sections"] for field in section["fields"]]
    next(field for field in asked if field["key"] == "nom")["seen_by"] = ["direction"]
    FormVersion.objects.create(
        form=current.form,
        number=9,
        reference="F",
        title="Réservé",
        definition=definition,
        digest="9" * 64,
        effective_at=NOW,
    )
    alice.post(screen, typed(step="file"))
    assert KNOWN not in words(alice.post(screen, typed()))
    assert KNOWN in words(log_in("diane").post(screen, typed()))


def test_the_dossiers_of_another_organisation_are_never_told(
    alice: Client, screen: str, other_world: World
) -> None:
    file(other_world, at=NOW, nom="Nadia Benali", courriel="nadia@exemple.example")
    assert KNOWN not in words(alice.post(screen, typed()))


def test_a_letter_of_three_months_ago_is_said_to_be_late_at_once(
    alice: Client, screen: str
) -> None:
    old = typed(step="file", **{"arrival-on": "2026-01-05", "arrival-hour": ""})
    page = words(alice.post(screen, old, follow=True))
    assert "un délai est déjà dépassé depuis le" in page
    assert "à traiter en premier" in page


def test_what_came_today_is_not_late_and_the_next_letter_is_one_click_away(
    alice: Client, screen: str
) -> None:
    today = typed(step="file", **{"arrival-on": "2026-04-10", "arrival-hour": ""})
    answer = alice.post(screen, today, follow=True)
    page = answer.content.decode()
    assert "déjà dépassé" not in page
    assert "Saisir un autre dossier" in page
    assert f'href="{reverse("entry")}"' in page


def test_telling_costs_the_same_whatever_that_person_has_filed(
    alice: Client,
    screen: str,
    call: Dossier,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    with django_assert_max_num_queries(18) as one:
        alice.post(screen, typed())
    cost = len(one)
    for number in range(3):
        alice.post(screen, typed(step="file", objet=f"Encore {number}"))
    with django_assert_max_num_queries(cost):
        alice.post(screen, typed())
