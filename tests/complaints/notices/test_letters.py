"""The PDF of a notice: made once, outside of any transaction; when it fails the text goes alone."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from complaints.handling import dispatch
from complaints.handling.acting import act_on
from complaints.handling.actors import Actor
from complaints.handling.erasure import erase
from complaints.letters.papers import print_letter
from complaints.letters.pdf import PdfError
from complaints.models import Letter, Notice
from complaints.notices import sending
from complaints.notices.sending import WITHOUT_PDF
from tests.complaints.notices.conftest import FILED_AT
from tests.smtp_sink import SmtpSink, text_of

HOUR = timedelta(hours=1)


def stored_files() -> set[Path]:
    return set(Path(settings.PRIVATE_ROOT).rglob("*.pdf"))


@pytest.fixture
def broken_printer(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An engine that lays out nothing; the numbers of the letters it was given."""
    given: list[str] = []

    def refuse(letter: Letter) -> bytes:
        given.append(letter.number)
        raise PdfError("La mise en page n’a pas abouti.")

    monkeypatch.setattr(dispatch, "print_letter", refuse)
    return given


def test_a_pdf_that_cannot_be_made_is_tried_again_then_the_text_goes_alone(
    smtp_sink: SmtpSink, receipt: Notice, broken_printer: list[str]
) -> None:
    states = [dispatch.send_notice(receipt.pk, FILED_AT + n * HOUR) for n in range(3)]
    assert states == ["queued", "queued", "sent"]
    assert len(broken_printer) == dispatch.PDF_TRIES
    (message,) = smtp_sink.messages
    assert list(message.iter_attachments()) == []
    assert "n’a pas pu être joint" in text_of(message)


def test_a_pdf_that_is_missing_is_in_sight_before_and_after_the_sending(
    smtp_sink: SmtpSink, receipt: Notice, broken_printer: list[str]
) -> None:
    dispatch.send_notice(receipt.pk, FILED_AT)
    receipt.refresh_from_db()
    assert receipt.last_error == "PDF non produit : La mise en page n’a pas abouti."
    for n in (1, 2):
        dispatch.send_notice(receipt.pk, FILED_AT + n * HOUR)
    receipt.refresh_from_db()
    assert (receipt.state, receipt.last_error) == ("sent", WITHOUT_PDF)


def test_a_letter_that_kills_whoever_prints_it_leaves_without_its_pdf(
    smtp_sink: SmtpSink, receipt: Notice, broken_printer: list[str]
) -> None:
    for n in range(dispatch.PDF_TRIES):
        assert sending.claim(receipt.pk, FILED_AT + n * HOUR), "la victime précédente est morte"
    assert dispatch.send_notice(receipt.pk, FILED_AT + dispatch.PDF_TRIES * HOUR) == "sent"
    assert broken_printer == []


def test_a_pdf_whose_file_was_lost_does_not_hold_the_text_back(
    smtp_sink: SmtpSink, receipt: Notice
) -> None:
    dispatch.ensure_pdf(receipt.letter)
    Path(receipt.letter.pdf.path).unlink()
    states = [dispatch.send_notice(receipt.pk, FILED_AT + n * HOUR) for n in range(3)]
    assert states == ["queued", "queued", "sent"]


def test_a_pdf_is_made_once(receipt: Notice, monkeypatch: pytest.MonkeyPatch) -> None:
    first = dispatch.ensure_pdf(receipt.letter).pdf.name
    monkeypatch.setattr(dispatch, "print_letter", lambda letter: pytest.fail("déjà fait"))
    assert dispatch.ensure_pdf(Letter.objects.get(pk=receipt.letter_id)).pdf.name == first


def test_two_processes_that_print_at_once_keep_one_file(
    receipt: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored_files()

    def print_while_another_one_does(letter: Letter) -> bytes:
        monkeypatch.undo()
        dispatch.ensure_pdf(Letter.objects.get(pk=letter.pk))
        return print_letter(letter)

    monkeypatch.setattr(dispatch, "print_letter", print_while_another_one_does)
    letter = dispatch.ensure_pdf(receipt.letter)
    assert stored_files() - before == {Path(letter.pdf.path)}


def test_a_dossier_erased_while_its_letter_is_printed_keeps_no_file(
    receipt: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored_files()

    def print_while_it_is_erased(letter: Letter) -> bytes:
        dossier = letter.dossier
        dossier.enter(dossier.rules.stage("dossier"))
        dossier.closed_at = FILED_AT
        dossier.save()
        with act_on(dossier.pk, actor=Actor.clock(), at=FILED_AT) as act:
            erase(act)
        return b"%PDF personal"

    monkeypatch.setattr(dispatch, "print_letter", print_while_it_is_erased)
    assert not dispatch.ensure_pdf(receipt.letter).pdf
    assert stored_files() == before


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_printing_and_while_sending(
    smtp_sink: SmtpSink, receipt: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def printing(letter: Letter) -> bytes:
        seen.append(connection.in_atomic_block)
        return print_letter(letter)

    def delivering(message: object) -> None:
        seen.append(connection.in_atomic_block)

    monkeypatch.setattr(dispatch, "print_letter", printing)
    monkeypatch.setattr(sending, "_deliver", delivering)
    assert dispatch.send_notice(receipt.pk, FILED_AT) == "sent"
    assert seen == [False, False]
