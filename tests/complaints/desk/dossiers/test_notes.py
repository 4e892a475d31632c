"""A note stays inside; a dossier is given to a colleague; each is one line of the journal."""

from collections.abc import Callable

import pytest
from django.test import Client

from complaints.models import Dossier, Event, Message, Notice
from complaints.workflow.vocabulary import EventKind
from tests.complaints.desk.conftest import address, words
from tests.factories import World

pytestmark = pytest.mark.django_db


def test_a_note_is_kept_and_nobody_outside_hears_of_it(alice: Client, dossier: Dossier) -> None:
    notices = Notice.objects.count()
    typed = {"body": "Rappeler le formateur.", "seen": dossier.event_count}
    answer = alice.post(address("note", dossier), typed)
    assert answer["Location"] == address("inspect", dossier)
    note = dossier.messages.get()
    assert (note.direction, note.body, note.author_label) == (
        Message.Direction.INTERNAL,
        "Rappeler le formateur.",
        "Alice",
    )
    assert Notice.objects.count() == notices


def test_an_empty_note_is_refused(alice: Client, dossier: Dossier) -> None:
    answer = alice.post(address("note", dossier), {"body": " ", "seen": dossier.event_count})
    assert answer.status_code == 422
    assert not dossier.messages.exists()


def test_a_note_sent_twice_is_one_note_and_its_text_is_kept(
    alice: Client, dossier: Dossier
) -> None:
    typed = {"body": "Rappeler le formateur.", "seen": dossier.event_count}
    answers = [alice.post(address("note", dossier), typed) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "Rappeler le formateur." in answers[1].content.decode()
    assert dossier.messages.count() == 1


def test_the_form_says_that_the_complainant_will_not_see_it(
    alice: Client, dossier: Dossier
) -> None:
    assert "le réclamant ne la verra jamais" in words(alice.get(address("note", dossier)))


def test_taking_a_dossier_is_one_click(alice: Client, world: World, dossier: Dossier) -> None:
    page = alice.get(address("inspect", dossier)).content.decode()
    assert "Prendre en charge" in page
    assert f'name="user" value="{world.user("alice").pk}"' in page
    alice.post(
        address("assign", dossier),
        {"user": world.user("alice").pk, "seen": dossier.event_count},
    )
    dossier.refresh_from_db()
    assert dossier.assigned_to == world.user("alice")
    assert "Prendre en charge" not in alice.get(address("inspect", dossier)).content.decode()


def test_a_dossier_is_given_to_a_colleague_and_back(
    alice: Client, world: World, dossier: Dossier
) -> None:
    for login in ("diane", None):
        dossier.refresh_from_db()
        user = world.user(login).pk if login else ""
        seen = dossier.event_count
        assert (
            alice.post(address("assign", dossier), {"user": user, "seen": seen}).status_code == 302
        )
    dossier.refresh_from_db()
    assert dossier.assigned_to is None
    assert Event.objects.filter(dossier=dossier, kind=EventKind.ASSIGNED).count() == 2


def test_only_colleagues_are_proposed(alice: Client, dossier: Dossier) -> None:
    form = alice.get(address("assign", dossier)).context["form"]
    assert [label for _value, label in form.fields["user"].choices] == [
        "Personne pour l’instant",
        "Alice",
        "Diane",
    ]


@pytest.mark.parametrize("login", ["bob", "charlie"])
def test_it_cannot_be_given_to_anybody_else(
    alice: Client, world: World, dossier: Dossier, login: str
) -> None:
    typed = {"user": world.user(login).pk, "seen": dossier.event_count}
    assert alice.post(address("assign", dossier), typed).status_code == 422
    dossier.refresh_from_db()
    assert dossier.assigned_to is None


def test_two_who_take_it_at_once_are_not_both_told_yes(
    alice: Client, log_in: Callable[[str], Client], world: World, dossier: Dossier
) -> None:
    diane, seen = log_in("diane"), dossier.event_count
    first = alice.post(address("assign", dossier), {"user": world.user("alice").pk, "seen": seen})
    second = diane.post(address("assign", dossier), {"user": world.user("diane").pk, "seen": seen})
    assert (first.status_code, second.status_code) == (302, 409)
    dossier.refresh_from_db()
    assert dossier.assigned_to == world.user("alice")


@pytest.mark.parametrize("name", ["note", "assign"])
@pytest.mark.parametrize("login", ["bob", "charlie"])
def test_who_does_not_see_the_dossier_writes_nothing(
    log_in: Callable[[str], Client], dossier: Dossier, name: str, login: str
) -> None:
    typed = {"body": "Bonjour", "user": "", "seen": dossier.event_count}
    assert log_in(login).post(address(name, dossier), typed).status_code == 404
    assert log_in(login).get(address(name, dossier)).status_code == 404
    assert Event.objects.filter(dossier=dossier).count() == 1
