"""Stepping aside on screen: back to the queue in words, and the dossier is not there any more."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.db.models import Model, Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.desk.doors import rows_for
from complaints.handling.filing import file_dossier
from complaints.models import (
    Attachment,
    Dossier,
    Event,
    Letter,
    Measure,
    Message,
    Notice,
    Recusal,
    RegisterEntry,
)
from tests.complaints.desk.conftest import address, words
from tests.complaints.handling.committee import file_under_committee
from tests.factories import WHOLE_LIFE, World, checked_file, play, submission


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


WHAT_HANGS_ON_IT: dict[type[Model], Q] = {
    Dossier: Q(),
    Event: Q(),
    Letter: Q(),
    Attachment: Q(),
    Message: Q(),
    Measure: Q(),
    RegisterEntry: Q(),
    Notice: Q(dossier__isnull=False),
}


@pytest.mark.parametrize("login", ["alice", "admin"])
def test_nothing_that_hangs_on_it_is_among_their_rows(world: World, login: str) -> None:
    """Even for who installs the site; what tells of no dossier, or of another, is still there."""
    now = timezone.now()
    get_user_model().objects.create_superuser("admin")
    sent = vars(submission(world)) | {"files": (checked_file(),)}
    dossier = play(
        world, file_dossier(type(submission(world))(**sent), at=now).dossier, *WHOLE_LIFE, at=now
    )
    Message.objects.create(dossier=dossier, direction="internal", body="Note.", at=now)
    Notice.objects.create(key="apart", to="a@b.example", message_id="1", created_at=now,
                          organisation=world.organisation)  # fmt: skip

    def rows() -> dict[type[Model], int]:
        user = get_user_model().objects.get(username=login)
        return {m: rows_for(user, m).filter(asked).count() for m, asked in WHAT_HANGS_ON_IT.items()}

    assert 0 not in rows().values()
    Recusal.objects.create(dossier=dossier, person=world.user(login), at=now)
    assert set(rows().values()) == {0}
    assert rows_for(world.user(login), Notice).count() == 1
