"""What we noted is confirmed once by who said it, or corrected; the code goes to them alone."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from complaints.handling.acting import act_on
from complaints.handling.actors import Actor
from complaints.handling.confirmation import (
    CORRECTION,
    awaits_confirmation,
    confirm_statement,
    copy_to_post,
    correct_statement,
    print_the_copy,
)
from complaints.handling.entering import enter
from complaints.handling.erasure import erase
from complaints.handling.filing import tracking_code
from complaints.letters.papers import facts_to_print
from complaints.models import Dossier, Letter, Message
from complaints.models.tracking import find_tracked
from complaints.workflow import MoveRefused
from complaints.workflow.vocabulary import Channel, EventKind
from tests import factories
from tests.factories import World, paris

AT = paris("2026-04-08 10:00")
LATER = paris("2026-04-09 18:00")
BY_POST = {"reponse_par": "post", "courriel": None, "adresse": "3 rue Basse\n64600 Anglet"}


def noted(world: World, channel: str = Channel.PHONE, **answers: Any) -> Dossier:
    sent = replace(factories.submission(world, **answers), channel=Channel(channel))
    return enter(world.user("alice"), sent, at=AT).dossier


def says(dossier: Dossier, at: Any = LATER) -> Dossier:
    """« C’est exact. »"""
    with act_on(dossier.pk, actor=Actor.complainant(), at=at) as act:
        confirm_statement(act)
    return act.dossier


def test_it_is_confirmed_once(world: World) -> None:
    dossier = noted(world)
    assert awaits_confirmation(dossier)
    confirmed = says(dossier)
    assert confirmed.confirmed_at == LATER
    assert not awaits_confirmation(confirmed)
    again = says(dossier, at=paris("2026-04-20 10:00"))
    assert again.confirmed_at == LATER
    assert dossier.events.filter(kind=EventKind.STATEMENT_CONFIRMED).count() == 1


def test_a_correction_is_a_message_and_changes_nothing_of_what_was_noted(world: World) -> None:
    dossier = noted(world)
    answers = dossier.answers
    with act_on(dossier.pk, actor=Actor.complainant(), at=LATER) as act:
        correct_statement(act, "C’était le 3 mars.", [factories.checked_file("photo.txt")])
    message = Message.objects.get(dossier=dossier)
    assert (message.direction, message.body) == ("received", f"{CORRECTION}\nC’était le 3 mars.")
    assert message.attachments.get().original_name == "photo.txt"
    event = dossier.events.latest("number")
    assert (event.kind, event.data) == (EventKind.MESSAGE_RECEIVED, {"correction": True})
    assert "3 mars" not in str(event.data)
    dossier.refresh_from_db()
    assert (dossier.answers, dossier.confirmed_at) == (answers, None)
    told = dossier.notices.filter(subject__startswith="Correction reçue")
    assert set(told.values_list("to", flat=True)) == {
        "alice@connectsens.example",
        "diane@connectsens.example",
    }


def test_what_its_author_filed_is_not_to_be_confirmed(world: World) -> None:
    dossier = factories.file(world, at=AT).dossier
    assert not awaits_confirmation(dossier)
    with pytest.raises(MoveRefused):
        says(dossier)
    assert dossier.events.count() == 1


def test_a_sheet_without_complainant_is_confirmed_by_nobody(world: World) -> None:
    nobody = dict.fromkeys(("nom", "courriel", "qualite", "structure", "reponse_par"))
    dossier = noted(world, **nobody)
    assert not awaits_confirmation(dossier)
    assert copy_to_post(dossier) is None


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("phone", "dit au téléphone le 8 avril 2026"),
        ("oral", "dit de vive voix le 8 avril 2026"),
        ("email", "écrit par courriel, reçu le 8 avril 2026"),
        ("post", "écrit par courrier, reçu le 8 avril 2026"),
        ("questionnaire", "écrit dans un questionnaire, reçu le 8 avril 2026"),
        ("partner", "qu’un partenaire nous a transmis pour vous le 8 avril 2026"),
    ],
)
def test_the_receipt_asks_in_words_that_fit_how_it_came(
    world: World, channel: str, words: str
) -> None:
    letter = noted(world, channel).letters.get()
    assert words in letter.body
    assert "Dites-nous si c’est exact." in letter.body


def pages_of(pdf: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages).split())


def test_who_has_no_mail_is_handed_a_copy_with_the_code(world: World) -> None:
    dossier = noted(world, **BY_POST)
    letter = copy_to_post(dossier)
    assert letter is not None
    text = pages_of(print_the_copy(letter, actor=world.staff("alice"), at=LATER))
    code = tracking_code(dossier.submission_key)
    assert code in text
    assert dossier.reference in text
    assert "3 rue Basse" in text
    assert "Dites-nous si c’est exact." in text
    assert find_tracked(world.organisation, dossier.reference, code) == dossier
    # It is made for the envelope: nothing keeps it, and who has seen the code is in the journal.
    kept = Letter.objects.get(pk=letter.pk)
    assert not kept.pdf
    assert code not in kept.body + str(kept.facts)
    event = dossier.events.latest("number")
    assert (event.kind, event.actor_label) == (EventKind.FILE_OPENED, "Alice")


def test_no_copy_is_printed_for_who_has_mail_nor_once_confirmed_nor_once_erased(
    world: World,
) -> None:
    assert copy_to_post(noted(world)) is None
    by_post = noted(world, **BY_POST)
    assert copy_to_post(says(by_post)) is None
    other = factories.play(world, noted(world, **BY_POST), "noter_retrait", at=LATER)
    assert copy_to_post(other) is not None
    with act_on(other.pk, actor=Actor.clock(), at=LATER) as act:
        erase(act)
    other.refresh_from_db()
    assert copy_to_post(other) is None
    assert not awaits_confirmation(other)


def test_the_receipt_keeps_the_day_of_the_call_when_a_writing_comes_later(world: World) -> None:
    letter = noted(world).letters.get()
    Dossier.objects.update(received_at=LATER, channel="post")
    facts = facts_to_print(Letter.objects.get(pk=letter.pk))
    assert facts["dossier"]["received_at"] == AT
