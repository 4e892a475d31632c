"""Acknowledging: the letter as it was edited, numbered, sent, journalled; the limit is met."""

from typing import Any

from complaints.handling.moving import perform
from complaints.models import Dossier
from tests import factories
from tests.complaints.handling.conftest import FILED_AT
from tests.complaints.handling.rules import limit, publish


def test_the_letter_leaves_as_the_person_edited_it(world: Any, dossier: Dossier) -> None:
    edited = {"subject": "Bien reçue", "body": "Bonjour Dora,\n\nC’est noté."}
    perform(dossier, "accuser", edited, actor=world.staff("alice"), at=FILED_AT)
    letter = dossier.letters.get(document="letter")
    assert (letter.number, letter.subject) == ("C-2026-0001", "Bien reçue")
    assert (letter.body, letter.signatory) == (edited["body"], "Alice")
    notice = letter.notices.get()
    assert notice.to == "dora@exemple.example"
    assert notice.subject == f"[{dossier.reference}] Bien reçue"
    assert notice.body.startswith(edited["body"])


def test_the_proposed_letter_is_about_that_dossier(world: Any, dossier: Dossier) -> None:
    factories.play(world, dossier, "accuser", at=FILED_AT)
    letter = dossier.letters.get(document="letter")
    assert "Dora Lemaire" in letter.body
    assert "30 mars 2026" in letter.body
    assert "{" not in letter.subject + letter.body


def test_the_letter_says_each_date_that_is_announced_and_why(world: Any, dossier: Dossier) -> None:
    factories.play(world, dossier, "accuser", at=FILED_AT)
    body = dossier.letters.get(document="letter").body
    announced = dossier.deadlines.filter(internal=False)
    assert announced.count() == 3
    assert all(f"– {deadline.sentence}\n" in body for deadline in announced)
    assert "interne" not in body


def test_the_letter_does_not_promise_itself(world: Any) -> None:
    publish(
        world,
        time_limits=[
            limit(5, key="accuse", promise="Nous accusons réception", met_by=["acknowledged"]),
            limit(30, key="reponse", promise="Nous devons vous répondre"),
        ],
    )
    dossier = factories.file(world, at=FILED_AT).dossier
    factories.play(world, dossier, "accuser", at=FILED_AT)
    body = dossier.letters.get(document="letter").body
    assert "Nous devons vous répondre au plus tard le mercredi 29 avril 2026" in body
    assert "Nous accusons réception" not in body


def test_it_is_a_fact_that_meets_the_limit_and_moves_nothing(world: Any, dossier: Dossier) -> None:
    after = factories.play(world, dossier, "accuser", at=FILED_AT)
    event = dossier.events.get(kind="acknowledged")
    assert event.data == {"letter": "C-2026-0001"}
    assert dossier.deadlines.get(key="accuse_interne").met_by == event
    assert after.stage == "recueil"


def test_letters_are_numbered_by_organisation_and_year(world: Any, other_world: Any) -> None:
    instants = [FILED_AT, FILED_AT, factories.paris("2027-01-04 09:00")]
    numbers = []
    for at in instants:
        dossier = factories.file(world, at=at).dossier
        factories.play(world, dossier, "accuser", at=at)
        numbers.append(dossier.letters.get(document="letter").number)
    assert numbers == ["C-2026-0001", "C-2026-0002", "C-2027-0001"]
    theirs = factories.file(other_world, at=FILED_AT).dossier
    factories.play(other_world, theirs, "accuser", at=FILED_AT, login="charlie")
    assert theirs.letters.get(document="letter").number == "C-2026-0001"


def test_without_an_address_the_letter_waits_to_be_posted(world: Any) -> None:
    answers = {"reponse_par": "post", "courriel": None, "adresse": "3 rue Basse\n64600 Anglet"}
    dossier = factories.file(world, at=FILED_AT, **answers).dossier
    factories.play(world, dossier, "accuser", at=FILED_AT)
    letter = dossier.letters.get(document="letter")
    assert letter.facts["recipient"]["postal_address"] == answers["adresse"]
    assert not letter.notices.exists()
