"""A dossier as its complainant sees it: plain words, nothing of what stays inside, both ways."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from complaints.handling.acting import act_on
from complaints.handling.clock import check_deadlines
from complaints.handling.files import open_file
from complaints.handling.filing import file_dossier
from complaints.handling.messages import write_note
from complaints.letters import pdf
from complaints.models import Dossier, Event, Message
from complaints.workflow.vocabulary import EventKind
from pages.timeline import SENTENCES
from tests.complaints.handling.rules import publish, with_item
from tests.factories import WHOLE_LIFE, World, checked_file, file, paris, play, submission
from tests.pages.conftest import Visitor, fields, photo, words

AT = paris("2026-03-30 09:00")
INSIDE = {
    EventKind.NOTE_WRITTEN,
    EventKind.STAGE_CHANGED,
    EventKind.FILE_OPENED,
    EventKind.DEADLINE_SET,
    EventKind.DEADLINE_WARNED,
    EventKind.DEADLINE_MISSED,
    EventKind.DEADLINE_LAPSED,
    EventKind.MEASURE_PLANNED,
    EventKind.MEASURE_DONE,
    EventKind.EFFECT_CHECKED,
    EventKind.IMPLICATED_INFORMED,
    EventKind.THIRD_PARTY_INFORMED,
    EventKind.CONTACT_LOGGED,
    EventKind.MINUTES_RECORDED,
    EventKind.RECUSED,
    EventKind.RELATION_ENDED,
    EventKind.ERASED,
    EventKind.ASSESSED,
    EventKind.ASSIGNED,
}


def page_of(dossier: Dossier) -> str:
    return f"/suivi/{dossier.reference}/"


def seen(visitor: Visitor, dossier: Dossier) -> str:
    return fields(visitor.get(page_of(dossier)), "seen")[0]


def send(visitor: Visitor, dossier: Dossier, path: str, **data: Any) -> Any:
    """Use a form of the page as it now is."""
    data.setdefault("seen", seen(visitor, dossier))
    return visitor.post(f"{page_of(dossier)}{path}/", data)


@pytest.fixture
def asked(world: World, followed: Dossier) -> Dossier:
    """The visitor's dossier, which waits for an answer of theirs."""
    return play(world, followed, "accuser", "demander_complement", at=timezone.now())


def test_a_new_dossier_says_where_it_stands_and_what_comes(
    visitor: Visitor, followed: Dossier
) -> None:
    text = words(visitor.get(page_of(followed)))
    assert "Votre réclamation est arrivée" in text
    assert "Étape 1 sur 8 : Recueil" in text
    assert "Attestation jamais reçue" in text
    assert "Votre dossier est arrivé." in text
    promises = followed.deadlines.filter(internal=False)
    assert all(promise.sentence.replace("\u00a0", " ") in text for promise in promises)


def test_a_whole_life_reads_in_plain_words(world: World, visitor: Visitor) -> None:
    filed = file(world, at=AT)
    play(world, filed.dossier, *WHOLE_LIFE, at=AT + timedelta(hours=1))
    visitor.follow(filed.dossier, filed.code)
    text = words(visitor.get(page_of(filed.dossier)))
    number = Dossier.objects.get(pk=filed.dossier.pk).response_number
    facts = [
        "Votre dossier est arrivé.",
        "Nous avons accusé réception.",
        "Votre dossier est inscrit au registre, n° R-2026-0001.",
        "Votre réclamation est recevable : nous l’étudions.",
        "Une décision est prise : nous préparons notre réponse.",
        f"Nous vous avons répondu : courrier n° {number}.",
        "Nous vous avons demandé votre avis.",
        "Votre dossier est clos.",
    ]
    history = text.partition("Ce qui s’est passé")[2]
    places = [history.find(fact) for fact in facts]
    assert -1 not in places
    assert places == sorted(places)
    assert "C’est fait, le 30 mars 2026." in text
    assert number in text.partition("Nos courriers")[2]


def test_every_fact_is_either_told_or_kept_inside_on_purpose() -> None:
    assert SENTENCES.keys() | INSIDE == set(EventKind)
    assert not SENTENCES.keys() & INSIDE


def test_a_notice_of_any_kind_is_told_in_words_that_fit(world: World) -> None:
    """The deed writes of a reception as well as of a delay (CY-12)."""
    told = SENTENCES[EventKind.NOTICE_GIVEN]
    assert "réception" not in told
    assert "retard" not in told


def test_what_stays_inside_is_never_shown(world: World, visitor: Visitor) -> None:
    filed = file_dossier(replace(submission(world), files=[checked_file()]), at=AT)
    alice = world.staff("alice")
    with act_on(filed.dossier.pk, actor=alice, at=AT) as act:
        write_note(act, "Personne difficile.")
    open_file(filed.dossier.attachments.get(), actor=alice, at=AT)
    check_deadlines(AT + timedelta(days=40))
    kinds = set(Event.objects.filter(dossier=filed.dossier).values_list("kind", flat=True))
    assert {EventKind.NOTE_WRITTEN, EventKind.FILE_OPENED, EventKind.DEADLINE_MISSED} <= kinds
    visitor.follow(filed.dossier, filed.code)
    text = words(visitor.get(page_of(filed.dossier)))
    for inside in ("Personne difficile", "repère interne", "Note", "consultée", "Alice"):
        assert inside not in text
    assert text.partition("Ce qui s’est passé")[2].count("mars 2026") == 1


def test_the_clock_running_out_on_us_is_admitted(world: World, visitor: Visitor) -> None:
    filed = file(world, at=AT)
    filed.dossier.deadlines.filter(key="reponse").update(
        due_on="2026-04-10", late_at=AT + timedelta(days=12)
    )
    visitor.follow(filed.dossier, filed.code)
    assert "Nous avons laissé passer cette date." in words(visitor.get(page_of(filed.dossier)))


def test_the_mediators_way_is_open_after_two_months(world: World, visitor: Visitor) -> None:
    filed = file(world, at=AT, deja=False, deja_le=None, deja_par=None)
    visitor.follow(filed.dossier, filed.code)
    assert "à partir du dimanche 31 mai 2026" in words(visitor.get(page_of(filed.dossier)))
    check_deadlines(AT + timedelta(days=70))
    assert "C’est possible depuis le 31 mai 2026." in words(visitor.get(page_of(filed.dossier)))


def test_an_answer_reaches_the_dossier_with_its_files(visitor: Visitor, asked: Dossier) -> None:
    response = send(
        visitor, asked, "action/recevoir_complement", answer="La voici.", files=[photo()]
    )
    assert response.status_code == 303
    dossier = Dossier.objects.get(pk=asked.pk)
    message = dossier.messages.get()
    assert dossier.stage == "recueil"
    assert message.body == "La voici."
    assert message.direction == Message.Direction.RECEIVED
    assert [file.original_name for file in message.attachments.all()] == ["salle.png"]
    text = words(visitor.get(response["Location"]))
    assert "Vos précisions sont arrivées. Merci." in text
    assert "La voici. salle.png (1 Ko" in text


def test_an_answer_without_words_keeps_its_file(
    visitor: Visitor, asked: Dossier, kept_files: Callable[[], int]
) -> None:
    response = send(visitor, asked, "action/recevoir_complement", answer="", files=[photo()])
    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="form-errors"' in page
    assert '<details class="task" open id="recevoir_complement">' in page
    kept = {"kept-file": fields(response, "kept-file")}
    again = send(visitor, asked, "action/recevoir_complement", answer="La voici.", **kept)
    assert again.status_code == 303
    assert Message.objects.get().attachments.count() == 1
    assert kept_files() == 0


@pytest.mark.parametrize("path", ["message", "action/recevoir_complement"])
def test_a_kept_file_that_expired_is_asked_for_again(
    visitor: Visitor, asked: Dossier, path: str
) -> None:
    sent = {"body": "Bonjour", "answer": "Bonjour", "kept-file": ["expiré"]}
    response = send(visitor, asked, path, **sent)
    assert response.status_code == 422
    assert "joignez-le de nouveau" in words(response)
    assert "Bonjour</textarea>" in response.content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize("task", ["recevoir_complement", "message"])
def test_what_may_be_joined_is_said_before_it_is_refused(
    visitor: Visitor, asked: Dossier, task: str
) -> None:
    page = visitor.get(page_of(asked)).content.decode()
    form = page.partition(f'id="{task}"')[2].partition("</form>")[0]
    assert "5 fichiers au plus, de 10\u00a0Mo au plus" in form


def test_a_refused_file_says_why(visitor: Visitor, asked: Dossier) -> None:
    answer = {"answer": "La voici.", "files": [photo("virus.exe", b"MZ")]}
    response = send(visitor, asked, "action/recevoir_complement", **answer)
    assert response.status_code == 422
    assert "« virus.exe » n’est pas d’un type accepté" in words(response)
    assert "La voici." in response.content.decode()
    assert not Message.objects.exists()


def test_a_message_is_kept_once(visitor: Visitor, followed: Dossier) -> None:
    before = seen(visitor, followed)
    first = send(visitor, followed, "message", body="Où en êtes-vous ?", seen=before)
    second = send(visitor, followed, "message", body="Où en êtes-vous ?", seen=before)
    assert (first.status_code, second.status_code) == (303, 409)
    assert Message.objects.count() == 1
    assert "Vous nous avez écrit." in words(visitor.get(first["Location"]))


def test_a_dossier_that_moved_meanwhile_gives_back_what_was_written(
    world: World, visitor: Visitor, asked: Dossier
) -> None:
    before = seen(visitor, asked)
    send(visitor, asked, "message", body="Un premier message.")
    response = send(
        visitor, asked, "action/recevoir_complement", answer="Ma longue réponse.", seen=before
    )
    assert response.status_code == 409
    assert "Votre dossier a changé pendant que vous écriviez" in words(response)
    assert "Ma longue réponse.</textarea>" in response.content.decode()
    assert fields(response, "seen")[0] == seen(visitor, asked)


def test_a_task_that_is_over_gives_back_what_was_written(
    world: World, visitor: Visitor, asked: Dossier
) -> None:
    send(visitor, asked, "action/recevoir_complement", answer="Une réponse.")
    response = send(visitor, asked, "action/recevoir_complement", answer="Une autre.")
    assert response.status_code == 409
    assert "cette action n’est plus possible" in words(response)
    assert "Une autre.</textarea>" in response.content.decode()


@pytest.mark.parametrize("move", ["inscrire", "clore", "inconnue", "hors_reclamation"])
def test_a_move_of_the_team_is_not_open_to_a_complainant(
    visitor: Visitor, followed: Dossier, move: str
) -> None:
    before = Event.objects.count()
    assert send(visitor, followed, f"action/{move}").status_code == 409
    assert Event.objects.count() == before


@pytest.mark.parametrize("forged", ["", "x", "-1", "99999999999", "²"])
def test_a_forged_count_changes_nothing(visitor: Visitor, followed: Dossier, forged: str) -> None:
    assert send(visitor, followed, "message", body="Bonjour", seen=forged).status_code == 409
    assert send(visitor, followed, "action/retirer", reason="", seen=forged).status_code == 409
    assert not Message.objects.exists()


def test_a_complaint_can_be_withdrawn(visitor: Visitor, followed: Dossier) -> None:
    response = send(visitor, followed, "action/retirer", reason="Tout est réglé.")
    assert response.status_code == 303
    text = words(visitor.get(response["Location"]))
    assert "Votre réclamation est retirée." in text
    assert "Vous avez retiré votre réclamation" in text
    assert Dossier.objects.get(pk=followed.pk).phase == "closed"


def test_withdrawing_is_the_last_thing_proposed(visitor: Visitor, asked: Dossier) -> None:
    page = visitor.get(page_of(asked)).content.decode()
    places = [page.find(f'id="{task}"') for task in ("recevoir_complement", "message", "retirer")]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("moves", "question", "answer"),
    [
        (["demander_complement"], "recevoir_complement", {"answer": "La voici."}),
        (
            ["inscrire", "recevable", "demander_precisions"],
            "recevoir_precisions",
            {"answer": "Oui."},
        ),
    ],
)
def test_what_we_wait_for_is_unfolded_until_it_is_answered(
    world: World,
    visitor: Visitor,
    followed: Dossier,
    moves: list[str],
    question: str,
    answer: dict[str, str],
) -> None:
    data = {"recevable": {"breaches": ""}}
    play(world, followed, *[(move, data.get(move, {})) for move in moves], at=timezone.now())
    unfolded = f'<details class="task" open id="{question}">'
    page = visitor.get(page_of(followed))
    assert unfolded in page.content.decode()
    letter = followed.letters.latest("pk").body
    assert words(page).count(" ".join(letter.split())) == 2  # the question, then the letter
    send(visitor, followed, f"action/{question}", **answer)
    assert unfolded not in visitor.get(page_of(followed)).content.decode()


def test_an_opinion_is_given_and_thanked_for(world: World, visitor: Visitor) -> None:
    filed = file(world, at=AT)
    play(world, filed.dossier, *WHOLE_LIFE[:8], at=AT + timedelta(hours=1))
    visitor.follow(filed.dossier, filed.code)
    refused = send(visitor, filed.dossier, "action/donner_avis", comment="Bien.")
    assert refused.status_code == 422
    assert 'href="#donner_avis-opinion_0"' in refused.content.decode()
    given = {"opinion": "satisfied", "comment": "Bien."}
    response = send(visitor, filed.dossier, "action/donner_avis", **given)
    assert "Votre avis est arrivé." in words(visitor.get(response["Location"]))
    assert Message.objects.get().body == "Bien."


def test_a_closed_dossier_still_takes_a_message(world: World, visitor: Visitor) -> None:
    filed = file(world, at=AT)
    play(world, filed.dossier, *WHOLE_LIFE, at=AT + timedelta(hours=1))
    visitor.follow(filed.dossier, filed.code)
    sent = send(visitor, filed.dossier, "message", body="Le problème revient.")
    assert sent.status_code == 303


def test_letters_are_read_by_those_who_opened_the_dossier(
    world: World, visitor: Visitor, stranger: Visitor, asked: Dossier
) -> None:
    for letter in asked.letters.all():
        address = f"{page_of(asked)}courrier/{letter.number}.pdf"
        response, content = visitor.download(address)
        assert content.startswith(b"%PDF")
        assert response["Content-Disposition"] == f'attachment; filename="{letter.filename}"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]
        assert stranger.get(address).status_code == 404


def test_a_letter_of_another_dossier_does_not_exist(
    world: World, visitor: Visitor, followed: Dossier
) -> None:
    other = file(world, objet="Autre chose").dossier.letters.get()
    assert visitor.get(f"{page_of(followed)}courrier/{other.number}.pdf").status_code == 404


def test_a_letter_to_somebody_else_does_not_exist_for_the_complainant(
    world: World, visitor: Visitor
) -> None:
    letter = {"key": "faits", "label": "Faits", "subject": "Des faits", "body": "Ils vous visent."}
    button = {"key": "informer", "label": "Informer", "deed": "inform_implicated"}
    where = {"sources": ["recueil"], "roles": ["moderator"], "letter": "faits"}
    publish(
        world,
        letters=with_item(world, "letters", **letter),
        moves=with_item(world, "moves", **button | where),
    )
    filed = file(world)
    visitor.follow(filed.dossier, filed.code)
    person = {"name": "Paul Martin", "email": "paul@exemple.example"}
    play(world, filed.dossier, ("informer", person), at=timezone.now())
    sent = filed.dossier.letters.get(to_complainant=False)
    page = words(visitor.get(page_of(filed.dossier)))
    for inside in (sent.number, "Des faits", "Ils vous visent.", "Paul", "mise en cause"):
        assert inside not in page
    address = f"{page_of(filed.dossier)}courrier/{sent.number}.pdf"
    assert visitor.get(address).status_code == 404


def test_a_letter_that_cannot_be_laid_out_is_said_kindly(
    visitor: Visitor, followed: Dossier, monkeypatch: Any
) -> None:
    def fail(_html: str) -> bytes:
        raise RuntimeError("no layout")

    monkeypatch.setattr(pdf, "_lay_out", fail)
    number = followed.letters.get().number
    response = visitor.get(f"{page_of(followed)}courrier/{number}.pdf")
    assert response.status_code == 503
    assert "Ce document n’est pas encore prêt" in words(response)


def test_what_people_write_is_shown_as_they_wrote_it(visitor: Visitor, followed: Dossier) -> None:
    hostile = "<script>alert(1)</script> {{ dossier }} « citation »"
    response = send(visitor, followed, "message", body=hostile)
    page = visitor.get(response["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ dossier }}" in page
