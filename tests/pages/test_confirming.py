"""On the page of their dossier, people confirm what we noted for them, or correct it."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from complaints.handling.acting import act_on
from complaints.handling.actors import Actor
from complaints.handling.entering import enter
from complaints.handling.erasure import erase
from complaints.handling.filing import Filed
from complaints.models import Dossier, Message
from complaints.workflow.vocabulary import Channel, EventKind
from pages.confirming import NOTHING, UNSENT
from tests.factories import ANSWERS, World, play, submission
from tests.pages.conftest import Visitor, fields, words

pytestmark = pytest.mark.django_db
TASK = "Confirmer ce qui a été noté"


@pytest.fixture
def noted(world: World, visitor: Visitor) -> Dossier:
    """What dora said on the telephone; she has opened it with her number and her code."""
    sent = replace(submission(world), channel=Channel.PHONE)
    filed: Filed = enter(world.user("alice"), sent, at=timezone.now())
    visitor.follow(filed.dossier, filed.code)
    return filed.dossier


def page(dossier: Dossier) -> str:
    return f"/suivi/{dossier.reference}/"


def send(visitor: Visitor, dossier: Dossier, **data: Any) -> Any:
    data.setdefault("seen", fields(visitor.get(page(dossier)), "seen")[0])
    return visitor.post(f"{page(dossier)}confirmation/", data)


def test_what_was_noted_is_shown_with_two_buttons(visitor: Visitor, noted: Dossier) -> None:
    text = words(visitor.get(page(noted)))
    for said in (TASK, ANSWERS["faits"], ANSWERS["nom"], "C’est exact", "Corriger"):
        assert said in text
    assert text.index(TASK) < text.index("Écrire un message")


def test_it_is_exact(visitor: Visitor, noted: Dossier) -> None:
    answer = send(visitor, noted, answer="exact")
    assert (answer.status_code, answer["Location"]) == (303, f"{page(noted)}?fait=exact")
    noted.refresh_from_db()
    assert noted.confirmed_at is not None
    text = words(visitor.get(answer["Location"]))
    assert "C’est confirmé. Merci." in text
    assert "Vous avez confirmé ce que nous avions noté." in text
    assert TASK not in text


def test_a_second_click_changes_nothing(visitor: Visitor, noted: Dossier) -> None:
    seen = fields(visitor.get(page(noted)), "seen")[0]
    for _ in range(2):
        assert send(visitor, noted, answer="exact", seen=seen).status_code == 303
    assert noted.events.filter(kind=EventKind.STATEMENT_CONFIRMED).count() == 1


def test_it_is_corrected(visitor: Visitor, noted: Dossier) -> None:
    answer = send(visitor, noted, answer="correct", correction="C’était le 3 mars.")
    assert answer["Location"] == f"{page(noted)}?fait=correct"
    assert "C’était le 3 mars." in Message.objects.get(dossier=noted).body
    text = words(visitor.get(answer["Location"]))
    assert "Votre correction est arrivée. Merci." in text
    assert TASK in text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"answer": "correct"}, NOTHING),
        ({"answer": "exact", "correction": "C’était le 3 mars."}, UNSENT),
        ({"correction": "C’était le 3 mars."}, UNSENT),
    ],
)
def test_nothing_is_sent_by_mistake_nor_lost(
    visitor: Visitor, noted: Dossier, data: dict[str, str], sentence: str
) -> None:
    answer = send(visitor, noted, **data)
    assert answer.status_code == 422
    text = words(answer)
    assert sentence.replace("\u00a0", " ") in text
    assert data.get("correction", "") in text
    noted.refresh_from_db()
    assert (noted.confirmed_at, noted.messages.count()) == (None, 0)


def test_a_correction_sent_twice_arrives_once(visitor: Visitor, noted: Dossier) -> None:
    seen = fields(visitor.get(page(noted)), "seen")[0]
    data = {"answer": "correct", "correction": "C’était le 3 mars.", "seen": seen}
    assert send(visitor, noted, **data).status_code == 303
    again = send(visitor, noted, **data)
    assert again.status_code == 409
    assert "C’était le 3 mars." in words(again)
    assert noted.messages.count() == 1


def test_what_one_filed_oneself_asks_for_no_confirmation(
    visitor: Visitor, followed: Dossier
) -> None:
    assert TASK not in words(visitor.get(page(followed)))
    assert send(visitor, followed, answer="exact").status_code == 409
    followed.refresh_from_db()
    assert followed.confirmed_at is None


def test_after_it_is_confirmed_a_correction_of_another_tab_is_not_lost(
    visitor: Visitor, noted: Dossier
) -> None:
    """It is given back to be sent as a message: what was confirmed stays confirmed."""
    seen = fields(visitor.get(page(noted)), "seen")[0]
    send(visitor, noted, answer="exact", seen=seen)
    late = send(visitor, noted, answer="correct", correction="C’était le 3 mars.", seen=seen)
    assert late.status_code == 409
    assert "C’était le 3 mars." in words(late)
    assert noted.messages.count() == 0


def test_a_closed_dossier_is_still_confirmed_or_corrected(
    visitor: Visitor, noted: Dossier, world: World
) -> None:
    """What it says stays in the register for years."""
    play(world, noted, "noter_retrait", at=timezone.now())
    assert send(visitor, noted, answer="correct", correction="Le 3 mars.").status_code == 303
    assert send(visitor, noted, answer="exact").status_code == 303
    noted.refresh_from_db()
    assert noted.confirmed_at is not None
    assert noted.phase == "closed"


def test_once_erased_it_opens_to_nobody_and_is_not_confirmed(
    visitor: Visitor, noted: Dossier, world: World
) -> None:
    seen = fields(visitor.get(page(noted)), "seen")[0]
    play(world, noted, "noter_retrait", at=timezone.now())
    with act_on(noted.pk, actor=Actor.clock(), at=timezone.now()) as act:
        erase(act)
    answer = visitor.post(f"{page(noted)}confirmation/", {"answer": "exact", "seen": seen})
    assert answer.status_code == 404
    noted.refresh_from_db()
    assert noted.confirmed_at is None


def test_the_code_of_one_organisation_confirms_nothing_at_another(
    visitor: Visitor, elsewhere: Visitor, noted: Dossier
) -> None:
    seen = fields(visitor.get(page(noted)), "seen")[0]
    elsewhere.client.cookies = visitor.client.cookies
    data = {"answer": "correct", "correction": "Le 3 mars.", "seen": seen}
    assert elsewhere.post(f"{page(noted)}confirmation/", data).status_code == 404
    noted.refresh_from_db()
    assert (noted.confirmed_at, noted.messages.count()) == (None, 0)
