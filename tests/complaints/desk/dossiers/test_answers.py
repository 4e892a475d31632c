"""Answers on the screens of the staff: in the words of their own form, and to the right eyes."""

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints.handling.filing import file_dossier
from complaints.models import Attachment, Dossier, Event, Recusal, access
from complaints.workflow.vocabulary import EventKind
from tests import guarded
from tests.complaints.desk.conftest import address, words
from tests.factories import World, checked_file, submission
from tests.guarded import CERTIFICATE, PROOF, RESERVED, SENSITIVE, guarded_submission, version_with

pytestmark = pytest.mark.django_db
NO_LEAK = (RESERVED, CERTIFICATE)


@pytest.fixture
def dossier(world: World) -> Dossier:
    """Filed by dora with guarded answers."""
    return file_dossier(guarded_submission(world), at=timezone.now()).dossier


@pytest.fixture
def diane(log_in: Callable[[str], Client]) -> Client:
    return log_in("diane")


def page(client: Client, dossier: Dossier) -> str:
    answer = client.get(address("inspect", dossier))
    assert answer.status_code == 200
    return answer.content.decode()


def screen(client: Client, dossier: Dossier) -> str:
    return words(client.get(address("inspect", dossier)))


def file_of(dossier: Dossier, name: str) -> Attachment:
    return dossier.attachments.get(original_name=name)


def test_an_answer_kept_for_others_is_a_line_that_says_so(alice: Client, dossier: Dossier) -> None:
    text = screen(alice, dossier)
    assert "Qui vous a blessé Réponse réservée" in text
    assert "Votre certificat Réponse réservée" in text
    assert not [secret for secret in NO_LEAK if secret in page(alice, dossier)]


def test_who_holds_the_role_reads_it_and_is_told_that_others_do_not(
    diane: Client, dossier: Dossier
) -> None:
    text = screen(diane, dossier)
    assert f"Qui vous a blessé {RESERVED} Réservée à certains rôles" in text
    assert "Réponse réservée" not in text
    assert CERTIFICATE in text


def test_whoever_installs_the_site_holds_every_role(
    log_in: Callable[[str], Client], world: World, dossier: Dossier
) -> None:
    get_user_model().objects.filter(username="alice").update(is_superuser=True)
    assert RESERVED in page(log_in("alice"), dossier)


def test_who_is_recused_or_of_another_house_reads_nothing(
    log_in: Callable[[str], Client], world: World, dossier: Dossier
) -> None:
    Recusal.objects.create(dossier=dossier, person=world.user("diane"), at=timezone.now())
    for login in ("diane", "charlie", "bob"):
        browser = log_in(login)
        assert browser.get(address("inspect", dossier)).status_code == 404
        for file in dossier.attachments.all():
            assert browser.get(address("attachment", dossier, file.pk)).status_code == 404


def test_a_role_held_elsewhere_opens_nothing_here(world: World, other_world: World) -> None:
    """Diane directs A; charlie, who directs B, would not read it even if he saw the dossier."""
    dossier = file_dossier(guarded_submission(world), at=timezone.now()).dossier
    found = {
        login: access.may_read_answer(world.user(login), dossier, "auteur")
        for login in ("alice", "diane", "charlie")
    }
    assert found == {"alice": False, "diane": True, "charlie": False}


def test_a_sensitive_answer_is_folded_until_it_is_asked_for(
    alice: Client, dossier: Dossier
) -> None:
    html = page(alice, dossier)
    folded = re.search(r"<details><summary>Afficher la réponse sensible.*?</details>", html, re.S)
    assert SENSITIVE in folded[0]
    assert "Votre état de santé" in folded[0]  # what it is about, for who hears the page
    assert html.count(SENSITIVE) == 1


def test_files_stand_under_their_question(alice: Client, diane: Client, dossier: Dossier) -> None:
    for browser, told in ((alice, [PROOF]), (diane, [CERTIFICATE, PROOF])):
        html = page(browser, dossier)
        answers = html.partition('id="reclamation')[2].partition('id="echanges')[0]
        assert re.findall(r"[\w-]+\.txt", answers) == told
        assert "Les pièces du dépôt sont sous les questions" in words_of(browser, dossier)


def words_of(browser: Client, dossier: Dossier) -> str:
    return screen(browser, dossier).partition("Pièces jointes")[2]


def test_a_file_that_answers_no_question_has_its_place(alice: Client, world: World) -> None:
    sent = replace(submission(world), files=(checked_file("volante.txt"),))
    html = page(alice, file_dossier(sent, at=timezone.now()).dossier)
    panel = html.partition('id="pieces')[2]
    assert "volante.txt" in panel.partition('id="reperes')[0]
    assert "Les pièces du dépôt" not in panel


def test_a_reserved_file_opens_for_its_roles_only_and_a_refusal_is_no_opening(
    alice: Client, diane: Client, dossier: Dossier
) -> None:
    door = address("attachment", dossier, file_of(dossier, CERTIFICATE).pk)
    assert alice.get(door).status_code == 404
    assert not dossier.events.filter(kind=EventKind.FILE_OPENED).exists()
    assert diane.get(door).getvalue() == b"Certificat."
    assert dossier.events.get(kind=EventKind.FILE_OPENED).actor_label == "Diane"
    own = address("attachment", dossier, file_of(dossier, PROOF).pk)
    assert alice.get(own).getvalue() == b"Preuve."


def test_the_journal_names_no_reserved_file(alice: Client, diane: Client, dossier: Dossier) -> None:
    diane.get(address("attachment", dossier, file_of(dossier, CERTIFICATE).pk)).getvalue()
    journal = screen(alice, dossier).partition("Sceau intact")[2]
    assert f"Pièces jointes : pièce réservée, {PROOF}" in journal
    assert "Pièce : pièce réservée" in journal
    journal = screen(diane, dossier).partition("Sceau intact")[2]
    assert f"Pièces jointes : {CERTIFICATE}, {PROOF}" in journal


def test_the_journal_shows_no_answer(diane: Client, dossier: Dossier) -> None:
    """They are sealed in it all the same."""
    received = Event.objects.get(dossier=dossier, kind=EventKind.RECEIVED)
    assert received.personal["answers"]["auteur"] == RESERVED
    journal = screen(diane, dossier).partition("Sceau intact")[2]
    assert RESERVED not in journal
    assert SENSITIVE not in journal


def test_a_consent_shows_the_text_it_was_given_to_and_the_version(
    alice: Client, dossier: Dossier
) -> None:
    text = screen(alice, dossier)
    accepted = " ".join(guarded.CONSENT.split())
    said = f"{accepted} Dans le formulaire {dossier.form_version}."
    assert f"J’accepte oui Lire le texte accepté pour « J’accepte » {said}" in text


def test_a_form_without_reserved_questions_asks_nobody_for_their_roles(
    alice: Client, world: World, dossier: Dossier
) -> None:
    plain = file_dossier(submission(world), at=timezone.now()).dossier
    counts = []
    for one in (plain, dossier):
        screen(alice, one)
        with CaptureQueriesContext(connection) as asked:
            screen(alice, one)
        counts.append(len(asked))
    assert counts[1] == counts[0] + 1


def test_an_old_dossier_keeps_the_words_of_its_own_version(alice: Client, world: World) -> None:
    first = version_with(world, {"key": "salle", "kind": "text", "label": "Dans quelle salle"})
    sent = replace(submission(world, salle="B12"), form_version=first)
    old = file_dossier(sent, at=timezone.now()).dossier
    asked = {"key": "salle", "kind": "choice", "label": "Le bâtiment"}
    listed = asked | {"choices": [{"value": "B12", "label": "Bâtiment nord"}]}
    second = version_with(world, listed, number=3)
    new = file_dossier(replace(sent, form_version=second, key=uuid4()), at=timezone.now()).dossier
    assert world.page.form.current == second
    assert "Dans quelle salle B12" in screen(alice, old)
    assert "Bâtiment nord" not in screen(alice, old)
    assert "Le bâtiment Bâtiment nord" in screen(alice, new)


def test_a_question_that_was_dropped_is_still_read(alice: Client, world: World) -> None:
    first = version_with(world, {"key": "salle", "kind": "text", "label": "Dans quelle salle"})
    sent = replace(submission(world, salle="B12"), form_version=first)
    old = file_dossier(sent, at=timezone.now()).dossier
    version_with(world, {"key": "autre", "kind": "text", "label": "Autre chose"}, number=3)
    assert "Santé Dans quelle salle B12" in screen(alice, old)


def test_the_version_that_was_filled_in_is_one_click_away(alice: Client, dossier: Dossier) -> None:
    version = dossier.form_version
    found = re.search(rf'<a href="([^"]+)">{re.escape(str(version))}</a>', page(alice, dossier))
    read = alice.get(found[1])
    assert read.status_code == 200
    assert "Qui vous a blessé" in read.content.decode()
