"""The screen of a dossier says everything about it, and offers what may be done now."""

from collections.abc import Callable

import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints.handling.acting import act_on
from complaints.handling.actors import Actor
from complaints.handling.erasure import erase_expired
from complaints.handling.messages import receive_message, write_note
from complaints.models import Dossier, Event, Notice
from tests.complaints.desk.conftest import address, words
from tests.factories import WHOLE_LIFE, World, checked_file, file, paris, play

pytestmark = pytest.mark.django_db


def note(world: World, dossier: Dossier, body: str) -> None:
    with act_on(dossier.pk, actor=world.staff("alice"), at=timezone.now()) as act:
        write_note(act, body)


def hear(dossier: Dossier, body: str) -> None:
    with act_on(dossier.pk, actor=Actor.complainant(), at=timezone.now()) as act:
        receive_message(act, body, [checked_file("photo.txt")])


def read(client: Client, dossier: Dossier) -> str:
    answer = client.get(address("inspect", dossier))
    assert answer.status_code == 200
    return words(answer)


def test_it_says_who_what_and_since_when(alice: Client, dossier: Dossier) -> None:
    page = read(alice, dossier)
    for said in (dossier.reference, "Attestation jamais reçue", "Dora Lemaire", "stagiaire"):
        assert said in page
    assert f"reçu le {timezone.localdate():%-d}" in page


def test_the_complaint_is_shown_under_the_questions_of_its_form(
    alice: Client, dossier: Dossier
) -> None:
    page = read(alice, dossier)
    assert "Que s’est-il passé ? Je n’ai pas reçu mon attestation malgré deux relances." in page
    assert "À quel moment le problème s’est-il produit ? Déroulement de la formation" in page
    assert str(dossier.form_version) in page


def test_the_steps_show_where_it_stands(alice: Client, world: World, dossier: Dossier) -> None:
    play(world, dossier, "accuser", "inscrire", at=timezone.now())
    answer = alice.get(address("inspect", dossier))
    states = [step["state"] for step in answer.context["steps"]]
    assert states == ["done", "current"] + ["next"] * 6
    assert "Le dossier est à l’étape « Inscription au registre »" in words(answer)


def test_a_stage_outside_the_numbered_steps_is_named(
    alice: Client, world: World, dossier: Dossier
) -> None:
    play(world, dossier, "demander_complement", at=timezone.now())
    answer = alice.get(address("inspect", dossier))
    assert {step["state"] for step in answer.context["steps"]} == {"next"}
    assert "Le dossier est à l’étape « À compléter »" in words(answer)


def test_each_deadline_says_its_day_and_why(alice: Client, world: World) -> None:
    late = file(world, at=paris("2026-01-05 09:00")).dossier
    page = read(alice, late)
    assert "en retard de" in page
    for deadline in late.deadlines.exclude(sentence=""):
        assert deadline.label in page
        assert " ".join(deadline.sentence.split()) in page


def test_what_the_complainant_may_still_do_is_no_lateness(alice: Client, world: World) -> None:
    old = file(world, deja=False, deja_le=None, deja_par=None)
    right = old.dossier.deadlines.get(key="mediation_ouverte")
    assert f"Possible après le {right.due_on:%d/%m/%Y}" in read(alice, old.dossier)


def test_notes_are_marked_and_messages_carry_their_files(
    alice: Client, world: World, dossier: Dossier
) -> None:
    note(world, dossier, "Rappeler le formateur.")
    hear(dossier, "Voici une photo.")
    page = read(alice, dossier)
    assert "Note interne, invisible du réclamant Alice" in page
    assert "Rappeler le formateur." in page
    assert "Reçu du réclamant Réclamant" in page
    assert "Voici une photo. photo.txt" in page


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"state": "queued"}, "En attente, pour dora@exemple.example"),
        (
            {"state": "queued", "last_error": "Serveur absent"},
            "En attente, pour dora@exemple.example. Serveur absent",
        ),
        (
            {"state": "sent", "sent_at": paris("2026-03-30 10:05"), "next_attempt_at": None},
            "Remis au serveur de messagerie le 30/03/2026 à 10:05, pour dora@exemple.example",
        ),
        (
            {
                "state": "failed",
                "attempts": 6,
                "last_error": "550 inconnu",
                "next_attempt_at": None,
            },
            "Échec vers dora@exemple.example, après 6 essais. 550 inconnu",
        ),
    ],
)
def test_each_letter_says_what_became_of_it(
    alice: Client, dossier: Dossier, state: dict[str, object], said: str
) -> None:
    Notice.objects.filter(letter__dossier=dossier).update(**state)
    assert said in read(alice, dossier)


def test_without_an_address_a_letter_waits_to_be_printed(alice: Client, world: World) -> None:
    by_post = file(world, reponse_par="post", courriel=None, adresse="1 rue du Lac").dossier
    assert "à imprimer et à poster" in read(alice, by_post)


def test_the_journal_says_what_who_and_when(alice: Client, world: World, dossier: Dossier) -> None:
    play(world, dossier, *WHOLE_LIFE, at=timezone.now())
    page = read(alice, dossier).partition("Journal")[2]
    for said in (
        "Réclamation reçue Réclamant",
        "Inscrit au registre Alice",
        "Manquements relevés : Envoi des attestations non suivi.",
        "Sens : Favorable",
        "Mesure : Envoyer l’attestation.",
        "Étape changée",
        "Dossier clos",
        "Sceau intact",
    ):
        assert said in page


def test_a_broken_seal_is_said_with_its_line(alice: Client, dossier: Dossier) -> None:
    models.QuerySet(Event).filter(dossier=dossier, number=1).update(actor_label="Quelqu’un")
    assert "Le sceau est rompu à la ligne 1" in read(alice, dossier)


def test_a_closed_dossier_says_until_when_it_is_kept(
    alice: Client, world: World, dossier: Dossier
) -> None:
    closed = play(world, dossier, *WHOLE_LIFE, at=timezone.now())
    page = read(alice, closed)
    assert f"Conservé jusqu’au {closed.erase_on:%d/%m/%Y}" in page
    assert "Prochaine échéance" not in page


def test_an_erased_dossier_still_opens_and_says_so(alice: Client, world: World) -> None:
    at = paris("2026-01-05 09:00")
    old = play(world, file(world, at=at).dossier, *WHOLE_LIFE, at=at)
    erase_expired(paris(f"{old.erase_on.year + 1}-01-01 03:20"))
    page = read(alice, old)
    assert "Les données personnelles de ce dossier ont été effacées" in page
    assert "Dora" not in page
    assert "Sceau intact" in page


def test_the_buttons_are_those_of_the_stage_and_the_role(
    alice: Client, log_in: Callable[[str], Client], world: World, dossier: Dossier
) -> None:
    answer = alice.get(address("inspect", dossier))
    keys = [move.key for move in answer.context["moves"]]
    assert "accuser" in keys
    assert "repondre" not in keys
    likely = [move.likely for move in answer.context["moves"]]
    assert likely == sorted(likely, reverse=True)
    closed = play(world, dossier, *WHOLE_LIFE, at=timezone.now())
    assert "rouvrir" not in read(alice, closed)
    diane = log_in("diane").get(address("inspect", closed))
    assert "rouvrir" in [move.key for move in diane.context["moves"]]


def test_carried_out_is_offered_only_where_a_measure_waits(
    alice: Client, world: World, dossier: Dossier
) -> None:
    def offered() -> bool:
        moves = alice.get(address("inspect", dossier)).context["moves"]
        return "mesure_realisee" in [move.key for move in moves]

    play(world, dossier, *WHOLE_LIFE[:4], at=timezone.now())
    assert not offered()
    play(world, dossier, WHOLE_LIFE[4], at=timezone.now())
    assert offered()


@pytest.mark.parametrize("login", ["bob", "charlie"])
def test_who_does_not_see_dossiers_there_gets_none(
    log_in: Callable[[str], Client], dossier: Dossier, login: str
) -> None:
    assert log_in(login).get(address("inspect", dossier)).status_code == 404


def test_nothing_a_complainant_writes_is_read_as_html(alice: Client, world: World) -> None:
    wicked = "<script>alert(1)</script>"
    dossier = file(world, objet=wicked, faits=wicked, nom=wicked).dossier
    hear(dossier, wicked)
    page = alice.get(address("inspect", dossier)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


# Ours: rights (2), dossier, nine kinds of things that hang on it, journal (2), roles.
SCREEN_QUERIES = 21


def test_the_screen_costs_the_same_however_long_the_story(
    alice: Client, world: World, dossier: Dossier
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(alice, dossier)
        return len(captured)

    read(alice, dossier)
    before = queries()
    play(world, dossier, *WHOLE_LIFE, at=timezone.now())
    for number in range(5):
        note(world, dossier, f"Note {number}")
        hear(dossier, f"Message {number}")
    assert queries() <= before <= SCREEN_QUERIES
