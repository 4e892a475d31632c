"""A move is one button: it says what it will do, does it once, or keeps everything typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints.handling.acting import act_on
from complaints.handling.messages import write_note
from complaints.models import Dossier, Event, Letter, Notice, RegisterEntry
from tests.complaints.desk.conftest import address, words
from tests.factories import WHOLE_LIFE, World, file, play

pytestmark = pytest.mark.django_db


def fill(client: Client, dossier: Dossier, move: str, **typed: Any) -> dict[str, Any]:
    """What a person posts who opens the form, types that and leaves the rest as proposed."""
    form = client.get(address("move", dossier, move)).context["form"]
    proposed = {name: form[name].value() for name in form.fields}
    kept = {name: value for name, value in proposed.items() if value is not None}
    dossier.refresh_from_db()
    return kept | typed | {"seen": dossier.event_count}


def press(client: Client, dossier: Dossier, move: str, **typed: Any) -> HttpResponse:
    return client.post(address("move", dossier, move), fill(client, dossier, move, **typed))


def test_a_whole_life_goes_by_buttons(alice: Client, dossier: Dossier) -> None:
    for move, typed in WHOLE_LIFE:
        answer = press(alice, dossier, move, **typed)
        assert (move, answer.status_code) == (move, 302), words(answer)
        assert answer["Location"] == address("inspect", dossier)
    dossier.refresh_from_db()
    assert (dossier.is_open, dossier.register_entry.number) == (False, 1)
    assert [letter.number.partition("-")[0] for letter in dossier.letters.all()] == [
        "RECU",
        "C",
        "REP",
        "C",
        "C",
    ]


def test_what_was_done_is_said(alice: Client, dossier: Dossier) -> None:
    press(alice, dossier, "accuser")
    assert "« Accuser réception » : c’est fait." in words(alice.get(address("inspect", dossier)))


def test_the_letter_is_proposed_filled_in_and_leaves_as_edited(
    alice: Client, dossier: Dossier
) -> None:
    page = alice.get(address("move", dossier, "accuser"))
    assert "Bonjour Dora Lemaire" in page.content.decode()
    press(alice, dossier, "accuser", subject="Bien reçu", body="Chère Dora,\n\nC’est noté.")
    letter = dossier.letters.get(document=Letter.Document.LETTER)
    assert letter.subject == "Bien reçu"
    assert letter.body.splitlines() == ["Chère Dora,", "", "C’est noté."]
    assert Notice.objects.filter(letter=letter, to="dora@exemple.example").count() == 1


@pytest.mark.parametrize(
    ("move", "said"),
    [
        (
            "accuser",
            "Ce courrier partira par courriel à dora@exemple.example et le dossier restera "
            "à l’étape « Recueil ».",
        ),
        ("inscrire", "Le dossier passera à l’étape « Inscription au registre »."),
        ("noter_retrait", "Le dossier sera clos, à l’étape « Retirée »."),
    ],
)
def test_it_says_beforehand_what_it_will_do(
    alice: Client, dossier: Dossier, move: str, said: str
) -> None:
    assert said in words(alice.get(address("move", dossier, move)))


def test_without_an_address_it_says_the_letter_is_to_be_posted(alice: Client, world: World) -> None:
    by_post = file(world, reponse_par="post", courriel=None, adresse="1 rue du Lac").dossier
    page = words(alice.get(address("move", by_post, "accuser")))
    assert "Ce courrier sera à imprimer et à poster, faute d’adresse électronique" in page


def test_what_is_missing_is_said_next_to_its_field_and_the_rest_is_kept(
    alice: Client, dossier: Dossier
) -> None:
    before = Event.objects.count()
    answer = press(alice, dossier, "accuser", subject="", body="Mon texte à moi.")
    assert answer.status_code == 422
    assert "Rien n’a été fait : voyez les champs signalés." in words(answer)
    assert "Mon texte à moi." in answer.content.decode()
    assert "subject" in answer.context["form"].errors
    assert Event.objects.count() == before


def test_a_stale_screen_is_refused_with_everything_typed(
    alice: Client, world: World, dossier: Dossier
) -> None:
    typed = fill(alice, dossier, "accuser", body="Mon texte à moi.")
    with act_on(dossier.pk, actor=world.staff("diane"), at=timezone.now()) as act:
        write_note(act, "Je m’en occupe.")
    answer = alice.post(address("move", dossier, "accuser"), typed)
    assert answer.status_code == 409
    assert "Ce dossier a changé depuis que vous l’avez ouvert." in words(answer)
    assert "Mon texte à moi." in answer.content.decode()
    assert not dossier.letters.filter(document=Letter.Document.LETTER).exists()


def test_the_refused_form_can_be_sent_again_once_it_was_read(
    alice: Client, world: World, dossier: Dossier
) -> None:
    typed = fill(alice, dossier, "accuser") | {"seen": 0}
    refused = alice.post(address("move", dossier, "accuser"), typed)
    seen = f'name="seen" value="{dossier.event_count}"'
    assert seen in refused.content.decode()


@pytest.mark.parametrize("seen", ["", "-1", "beaucoup", "99999999999999999999"])
def test_a_post_that_saw_nothing_does_nothing(alice: Client, dossier: Dossier, seen: str) -> None:
    typed = fill(alice, dossier, "accuser") | {"seen": seen}
    assert alice.post(address("move", dossier, "accuser"), typed).status_code == 409
    del typed["seen"]
    assert alice.post(address("move", dossier, "accuser"), typed).status_code == 409


def test_a_double_click_is_one_deed(alice: Client, dossier: Dossier) -> None:
    typed = fill(alice, dossier, "inscrire")
    answers = [alice.post(address("move", dossier, "inscrire"), typed) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert RegisterEntry.objects.filter(dossier=dossier).count() == 1


def test_a_move_that_is_no_longer_open_says_why_and_keeps_what_was_typed(
    alice: Client, world: World, dossier: Dossier
) -> None:
    typed = fill(alice, dossier, "demander_complement", body="Quelle session ?")
    play(world, dossier, "inscrire", at=timezone.now())
    answer = alice.post(address("move", dossier, "demander_complement"), typed)
    assert answer.status_code == 409
    assert "n’est plus possible" in words(answer)
    assert "Quelle session ?" in answer.content.decode()
    opened = alice.get(address("move", dossier, "demander_complement"))
    assert opened.status_code == 409
    assert "Revenir au dossier" in words(opened)


def test_a_move_of_another_role_is_refused(
    alice: Client, log_in: Callable[[str], Client], world: World, dossier: Dossier
) -> None:
    closed = play(world, dossier, *WHOLE_LIFE, at=timezone.now())
    closed.refresh_from_db()
    typed = {"reason": "Nouvel élément.", "seen": closed.event_count}
    refused = alice.post(address("move", closed, "rouvrir"), typed)
    assert refused.status_code == 409
    assert "n’est pas ouvert à votre rôle" in words(refused)
    assert log_in("diane").post(address("move", closed, "rouvrir"), typed).status_code == 302


def test_a_move_that_the_procedure_does_not_know_does_not_exist(
    alice: Client, dossier: Dossier
) -> None:
    assert alice.get(address("move", dossier, "inventer")).status_code == 404
    assert alice.post(address("move", dossier, "inventer")).status_code == 404


@pytest.mark.parametrize("login", ["bob", "charlie"])
@pytest.mark.parametrize("verb", ["get", "post"])
def test_who_does_not_see_the_dossier_moves_nothing(
    log_in: Callable[[str], Client], dossier: Dossier, login: str, verb: str
) -> None:
    before = Event.objects.count()
    browser = log_in(login)
    answer = getattr(browser, verb)(address("move", dossier, "inscrire"), {"seen": 1})
    assert answer.status_code == 404
    assert Event.objects.count() == before


def test_a_post_without_its_token_is_refused(world: World, dossier: Dossier) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.user("alice"))
    before = Event.objects.count()
    answer = client.post(address("move", dossier, "inscrire"), {"seen": dossier.event_count})
    assert answer.status_code == 403
    assert Event.objects.count() == before


def test_staff_note_what_they_were_told_in_their_own_words(
    alice: Client, world: World, dossier: Dossier
) -> None:
    play(world, dossier, "demander_complement", at=timezone.now())
    page = words(alice.get(address("move", dossier, "enregistrer_complement")))
    assert "Réponse du réclamant" in page
    assert "Votre réponse" not in page
    photo = SimpleUploadedFile("convocation.txt", b"La convocation.")
    press(alice, dossier, "enregistrer_complement", answer="C’était en mars.", files=[photo])
    message = dossier.messages.get()
    assert message.body == "C’était en mars."
    assert [file.original_name for file in message.attachments.all()] == ["convocation.txt"]


def test_a_file_that_is_not_accepted_is_refused_with_a_sentence_and_the_words_are_kept(
    alice: Client, world: World, dossier: Dossier
) -> None:
    play(world, dossier, "demander_complement", at=timezone.now())
    program = SimpleUploadedFile("virus.exe", b"MZ")
    answer = press(
        alice, dossier, "enregistrer_complement", answer="C’était en mars.", files=[program]
    )
    assert answer.status_code == 422
    page = words(answer)
    assert "virus.exe" in page
    assert "n’est pas d’un type accepté" in page
    assert "C’était en mars." in answer.content.decode()
    assert "Les fichiers sont à joindre de nouveau" in page


# What each button costs at most, session, rights and journal included.
QUERIES = {
    "accuser": 30,
    "inscrire": 20,
    "recevable": 17,
    "decider": 17,
    "prevoir_mesure": 19,
    "preparer_reponse": 17,
    "repondre": 31,
    "demander_avis": 28,
    "clore": 29,
}


def test_no_move_costs_more_with_more_dossiers(alice: Client, world: World) -> None:
    def life() -> dict[str, int]:
        dossier, costs = file(world).dossier, {}
        for move, typed in WHOLE_LIFE:
            posted = fill(alice, dossier, move, **typed)
            with CaptureQueriesContext(connection) as captured:
                answer = alice.post(address("move", dossier, move), posted)
            assert answer.status_code == 302
            costs[move] = len(captured)
        return costs

    life()
    first = life()
    for _ in range(10):
        file(world)
    assert life() == first
    assert {move: cost for move, cost in first.items() if cost > QUERIES[move]} == {}


def test_opening_a_form_costs_little(alice: Client, dossier: Dossier) -> None:
    alice.get(address("move", dossier, "accuser"))
    with CaptureQueriesContext(connection) as captured:
        alice.get(address("move", dossier, "accuser"))
    assert len(captured) <= 15


def test_a_field_with_a_help_text_says_its_error_too(alice: Client, dossier: Dossier) -> None:
    """Wagtail would only point to the help."""
    url = address("move", dossier, "hors_reclamation")
    told = 'aria-describedby="id_reason-helptext{}"'
    assert told.format("") in alice.get(url).content.decode()
    refused = alice.post(url, {"seen": dossier.event_count}).content.decode()
    assert told.format(" id_reason_error") in refused
    assert 'id="id_reason_error"' in refused
