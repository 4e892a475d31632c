"""Stepping aside on screen: back to the queue in words, and the dossier is not there any more."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from complaints.models import Dossier
from tests.complaints.desk.conftest import address, words
from tests.complaints.handling.committee import file_under_committee
from tests.factories import World


@pytest.fixture
def dossier(world: World) -> Dossier:
    return file_under_committee(world)


def post(client: Client, dossier: Dossier, *logins: str, world: World) -> object:
    data = {
        "seen": dossier.event_count,
        "people": [world.user(login).pk for login in logins],
        "reason": "Mise en cause.",
    }
    return client.post(address("move", dossier, "ecarter"), data, follow=True)


def test_who_steps_aside_is_led_back_to_the_queue(
    world: World, log_in: Callable[[str], Client], dossier: Dossier
) -> None:
    diane = log_in("diane")
    response = post(diane, dossier, "diane", world=world)
    assert response.redirect_chain == [(reverse("dossiers:list"), 302)]
    text = words(response)
    said = response.content.decode().replace("\xa0", " ")
    assert "« Ecarter » : c’est fait." in said
    assert dossier.reference not in text
    assert diane.get(address("inspect", dossier)).status_code == 404


def test_who_keeps_somebody_else_out_stays_and_reads_it_in_the_journal(
    world: World, log_in: Callable[[str], Client], dossier: Dossier
) -> None:
    text = words(post(log_in("diane"), dossier, "alice", world=world))
    assert "Personne écartée du dossier" in text
    assert "Personnes : Alice" in text
    assert "Alice" not in words(log_in("diane").get(address("assign", dossier)))


def test_leaving_nobody_is_refused_next_to_the_boxes(
    world: World, log_in: Callable[[str], Client], dossier: Dossier
) -> None:
    response = post(log_in("diane"), dossier, "alice", "diane", "paule", world=world)
    assert response.status_code == 422
    assert "Plus personne ne verrait ce dossier." in words(response)
    assert "checked" in response.content.decode()
