"""Private files leave through one door: checked, journalled, and harmless to who opens them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import settings
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from complaints.handling.erasure import erase_expired
from complaints.handling.filing import file_dossier
from complaints.letters.pdf import PdfError
from complaints.models import Attachment, Dossier, Event, Letter
from complaints.workflow.vocabulary import EventKind
from tests.complaints.desk.conftest import address
from tests.factories import WHOLE_LIFE, World, checked_file, file, paris, play, submission

pytestmark = pytest.mark.django_db
NAME = "échange – mars 2026.txt"


@pytest.fixture
def attachment(world: World) -> Attachment:
    sent = replace(submission(world), files=(checked_file(NAME, b"Bonjour."),))
    return file_dossier(sent, at=timezone.now()).dossier.attachments.get()


def door(attachment: Attachment) -> str:
    return address("attachment", attachment.dossier, attachment.pk)


def test_a_file_is_saved_under_its_name_and_the_opening_is_journalled(
    alice: Client, attachment: Attachment
) -> None:
    answer = alice.get(door(attachment))
    assert answer.getvalue() == b"Bonjour."
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "filename*=utf-8''%C3%A9change" in answer["Content-Disposition"]
    event = Event.objects.filter(dossier=attachment.dossier).last()
    assert (event.kind, event.actor_label) == (EventKind.FILE_OPENED, "Alice")
    assert event.data == {"file": attachment.sha256}


def test_a_file_can_do_nothing_in_a_browser(alice: Client, attachment: Attachment) -> None:
    answer = alice.get(door(attachment))
    answer.close()
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]


def test_a_file_has_no_other_address(alice: Client, attachment: Attachment) -> None:
    assert str(settings.PRIVATE_ROOT) in attachment.file.path
    for start in ("/media/", "/media/images/", "/static/", "/documents/"):
        assert alice.get(start + attachment.file.name).status_code == 404


@pytest.mark.parametrize("login", ["bob", "charlie"])
def test_a_file_of_others_does_not_exist(
    log_in: Callable[[str], Client], attachment: Attachment, login: str
) -> None:
    before = Event.objects.count()
    assert log_in(login).get(door(attachment)).status_code == 404
    assert Event.objects.count() == before


def test_the_right_to_one_dossier_opens_no_file_of_another(
    charlie: Client, other_world: World, attachment: Attachment
) -> None:
    theirs = file(other_world).dossier
    assert charlie.get(address("attachment", theirs, attachment.pk)).status_code == 404


def test_a_stranger_is_sent_to_the_door(world: World, attachment: Attachment) -> None:
    answer = Client().get(door(attachment))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


@pytest.mark.parametrize("verb", ["post", "put", "delete"])
def test_a_file_is_only_read(alice: Client, attachment: Attachment, verb: str) -> None:
    assert getattr(alice, verb)(door(attachment)).status_code == 405


def test_a_file_that_was_lost_is_said_absent_and_not_opened(
    alice: Client, attachment: Attachment
) -> None:
    attachment.file.storage.delete(attachment.file.name)
    before = Event.objects.count()
    assert alice.get(door(attachment)).status_code == 404
    assert Event.objects.count() == before


def letter_of(dossier: Dossier) -> Letter:
    return dossier.letters.get(document=Letter.Document.LETTER)


def test_a_letter_is_made_once_and_kept(alice: Client, world: World, dossier: Dossier) -> None:
    play(world, dossier, "accuser", at=timezone.now())
    where = address("letter", dossier, letter_of(dossier).pk)
    first, second = alice.get(where), alice.get(where)
    assert letter_of(dossier).sha256
    assert letter_of(dossier).filename in first["Content-Disposition"]
    content = first.getvalue()
    assert content.startswith(b"%PDF")
    assert content == second.getvalue()


def test_a_letter_that_cannot_be_printed_is_said_so(
    alice: Client, world: World, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(letter: Letter) -> Letter:
        raise PdfError("Le PDF n’a pas pu être produit.")

    monkeypatch.setattr("complaints.desk.dossiers.files.ensure_pdf", fail)
    play(world, dossier, "accuser", at=timezone.now())
    answer = alice.get(address("letter", dossier, letter_of(dossier).pk), follow=True)
    assert answer.redirect_chain == [(address("inspect", dossier), 302)]
    assert "Le PDF n’a pas pu être produit." in answer.content.decode()


@pytest.mark.parametrize("login", ["bob", "charlie"])
def test_a_letter_of_others_does_not_exist(
    log_in: Callable[[str], Client], world: World, dossier: Dossier, login: str
) -> None:
    play(world, dossier, "accuser", at=timezone.now())
    where = address("letter", dossier, letter_of(dossier).pk)
    assert log_in(login).get(where).status_code == 404


def test_what_was_erased_is_not_made_again(alice: Client, world: World) -> None:
    at = paris("2026-01-05 09:00")
    sent = replace(submission(world), files=(checked_file(),))
    dossier = file_dossier(sent, at=at).dossier
    closed = play(world, dossier, *WHOLE_LIFE, at=at)
    erase_expired(paris(f"{closed.erase_on.year + 1}-01-01 03:20"))
    assert alice.get(door(dossier.attachments.get())).status_code == 404
    for letter in dossier.letters.all():
        assert alice.get(address("letter", dossier, letter.pk)).status_code == 404
        assert not Letter.objects.get(pk=letter.pk).pdf


@pytest.mark.parametrize(
    ("scan", "listed", "said"),
    [
        (Attachment.Scan.PENDING, "Pas encore examiné par l’antivirus", "n’est pas encore examiné"),
        (Attachment.Scan.INFECTED, "Mis à l’écart", "est mis à l’écart par l’antivirus"),
    ],
)
def test_what_the_antivirus_has_not_passed_is_shown_and_not_opened(
    alice: Client, attachment: Attachment, scan: str, listed: str, said: str
) -> None:
    QuerySet(Attachment).filter(pk=attachment.pk).update(scan=scan)
    screen = alice.get(address("inspect", attachment.dossier)).content.decode()
    assert listed in screen
    assert NAME in screen
    assert door(attachment) not in screen
    before = Event.objects.count()
    answer = alice.get(door(attachment), follow=True)
    assert answer.redirect_chain == [(address("inspect", attachment.dossier), 302)]
    assert said in answer.content.decode()
    assert Event.objects.count() == before


def test_what_the_antivirus_has_passed_is_opened(alice: Client, attachment: Attachment) -> None:
    QuerySet(Attachment).filter(pk=attachment.pk).update(scan=Attachment.Scan.CLEAN)
    assert alice.get(door(attachment)).getvalue() == b"Bonjour."
