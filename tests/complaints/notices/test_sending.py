"""One notice and the mail server: sent once, kept when refused, never lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings

from complaints.handling import dispatch
from complaints.models import Dossier, Notice
from complaints.notices import sending
from complaints.workflow.vocabulary import Phase
from tests import factories
from tests.complaints.notices.conftest import FILED_AT
from tests.smtp_sink import SmtpSink, pdf_of, text_of

MINUTE = timedelta(minutes=1)
DORA = "dora@exemple.example"


def test_a_notice_leaves_with_its_text_its_pdf_and_its_code(
    smtp_sink: SmtpSink, receipt: Notice
) -> None:
    code = receipt.secrets["code"]
    assert dispatch.send_notice(receipt.pk, FILED_AT) == "sent"
    (message,) = smtp_sink.messages
    assert message["To"] == DORA
    assert message["Message-ID"] == receipt.message_id
    assert message["From"] == "Connect’Sens <reclamations@connectsens.example>"
    assert message["Reply-To"] == "hello.connectsens@gmail.com"
    assert message["Auto-Submitted"] == "auto-generated"
    assert code in text_of(message)
    assert pdf_of(message).startswith(b"%PDF")


def test_once_sent_its_secrets_are_forgotten_and_it_never_leaves_again(
    smtp_sink: SmtpSink, receipt: Notice
) -> None:
    dispatch.send_notice(receipt.pk, FILED_AT)
    receipt.refresh_from_db()
    assert (receipt.state, receipt.sent_at, receipt.next_attempt_at) == ("sent", FILED_AT, None)
    assert (receipt.secrets, receipt.last_error) == ({}, "")
    assert dispatch.send_notice(receipt.pk, FILED_AT + timedelta(days=1)) == dispatch.NOTHING
    assert len(smtp_sink.messages) == 1


def test_the_pdf_that_left_is_the_pdf_that_is_kept(smtp_sink: SmtpSink, receipt: Notice) -> None:
    dispatch.send_notice(receipt.pk, FILED_AT)
    receipt.letter.refresh_from_db()
    with receipt.letter.pdf.open("rb") as kept:
        assert kept.read() == pdf_of(smtp_sink.messages[0])


def test_before_its_moment_a_notice_waits(smtp_sink: SmtpSink, receipt: Notice) -> None:
    assert dispatch.send_notice(receipt.pk, FILED_AT - MINUTE) == dispatch.NOTHING
    assert smtp_sink.messages == []


def test_an_address_refused_for_good_is_a_failure_at_once_and_says_why(
    smtp_sink: SmtpSink, receipt: Notice
) -> None:
    smtp_sink.answers[DORA] = "550 5.1.1 Inconnue"
    assert dispatch.send_notice(receipt.pk, FILED_AT) == "failed"
    receipt.refresh_from_db()
    assert (receipt.state, receipt.next_attempt_at, receipt.attempts) == ("failed", None, 1)
    assert receipt.last_error.startswith("Refus définitif : 550 5.1.1")


def test_a_message_refused_for_good_is_a_failure_at_once(
    smtp_sink: SmtpSink, for_alice: Notice
) -> None:
    smtp_sink.data_answer = "554 5.7.1 Spam"
    assert dispatch.send_notice(for_alice.pk, FILED_AT) == "failed"
    for_alice.refresh_from_db()
    assert for_alice.last_error == "Refus définitif : 554 5.7.1 Spam"


def test_what_cannot_be_written_as_an_e_mail_is_a_failure_at_once(
    smtp_sink: SmtpSink, for_alice: Notice
) -> None:
    Notice.objects.filter(pk=for_alice.pk).update(to="alice@exemple.example\nBcc: x@y.example")
    assert dispatch.send_notice(for_alice.pk, FILED_AT) == "failed"
    assert smtp_sink.messages == []


@pytest.mark.parametrize("answer", ["450 4.2.1 Plus tard", "452 4.2.2 Pleine"])
def test_an_address_refused_for_now_is_tried_again_later_and_later(
    smtp_sink: SmtpSink, for_alice: Notice, answer: str
) -> None:
    smtp_sink.answers[for_alice.to] = answer
    at, waits = FILED_AT, []
    for _ in range(8):
        assert dispatch.send_notice(for_alice.pk, at) == "queued"
        for_alice.refresh_from_db()
        waits.append((for_alice.next_attempt_at - at) // MINUTE)
        at = for_alice.next_attempt_at
    assert waits == [1, 2, 5, 10, 15, 30, 30, 30]
    assert for_alice.last_error == f"Refus provisoire : {answer}"
    del smtp_sink.answers[for_alice.to]
    assert dispatch.send_notice(for_alice.pk, at) == "sent"


def test_after_five_days_of_refusals_it_is_a_failure_in_sight(
    smtp_sink: SmtpSink, for_alice: Notice
) -> None:
    smtp_sink.answers[for_alice.to] = "450 Plus tard"
    Notice.objects.filter(pk=for_alice.pk).update(attempts=sending.TRIES - 1)
    assert dispatch.send_notice(for_alice.pk, FILED_AT) == "failed"
    for_alice.refresh_from_db()
    assert (for_alice.state, for_alice.next_attempt_at) == ("failed", None)
    lasting = sum(sending.BACK_OFF) + (sending.TRIES - len(sending.BACK_OFF)) * sending.BACK_OFF[-1]
    assert timedelta(minutes=lasting) > timedelta(days=5)


def test_a_server_that_is_away_is_waited_for_and_no_try_is_counted(
    smtp_sink: SmtpSink, receipt: Notice
) -> None:
    smtp_sink.stop()
    Notice.objects.filter(pk=receipt.pk).update(attempts=sending.TRIES - 1)
    for minutes in range(4):
        dispatch.send_waiting(FILED_AT + minutes * MINUTE, batch=1)
    receipt.refresh_from_db()
    assert (receipt.state, receipt.attempts) == ("queued", sending.TRIES - 1)
    assert receipt.last_error.startswith("Serveur de messagerie injoignable : ConnectionRefused")
    smtp_sink.start()
    dispatch.send_waiting(FILED_AT + 5 * MINUTE)
    receipt.refresh_from_db()
    assert receipt.state == "sent"


def test_a_server_that_is_away_is_asked_once_a_minute_however_much_waits(
    smtp_sink: SmtpSink, dossier: Dossier
) -> None:
    waiting = dossier.notices.count()
    assert waiting > 1
    smtp_sink.stop()
    assert dispatch.send_waiting(FILED_AT) == 1
    for notice in dossier.notices.all():
        assert dispatch.send_notice(notice.pk, FILED_AT) == dispatch.NOTHING
    smtp_sink.start()
    assert dispatch.send_waiting(FILED_AT + MINUTE) == waiting
    assert set(smtp_sink.recipients.values()) == {1}


def test_a_login_that_the_server_refuses_is_not_the_fault_of_the_message(
    smtp_sink: SmtpSink, for_alice: Notice, settings: LazySettings
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "nous", "faux"
    assert dispatch.send_notice(for_alice.pk, FILED_AT) == "queued"
    for_alice.refresh_from_db()
    assert for_alice.last_error.startswith("Refus provisoire")


def test_one_claim_is_given_at_a_time(receipt: Notice) -> None:
    assert sending.claim(receipt.pk, FILED_AT) is not None
    assert sending.claim(receipt.pk, FILED_AT) is None
    receipt.refresh_from_db()
    assert (receipt.state, receipt.last_error) == ("sending", sending.INTERRUPTED)


def test_the_claim_of_a_process_that_died_is_taken_over_with_the_same_message_id(
    smtp_sink: SmtpSink, receipt: Notice
) -> None:
    sending.claim(receipt.pk, FILED_AT)
    claimed = timedelta(minutes=sending.CLAIM_MINUTES)
    assert dispatch.send_waiting(FILED_AT + claimed - MINUTE, batch=9) == 2
    assert DORA not in smtp_sink.recipients
    assert dispatch.send_waiting(FILED_AT + claimed) == 1
    assert smtp_sink.messages[-1]["Message-ID"] == receipt.message_id


def test_who_lost_its_claim_does_not_put_back_what_another_one_sent(
    smtp_sink: SmtpSink, receipt: Notice
) -> None:
    slow = sending.claim(receipt.pk, FILED_AT)
    later = FILED_AT + timedelta(minutes=sending.CLAIM_MINUTES)
    assert dispatch.send_notice(receipt.pk, later) == "sent"
    sending.postpone(slow, "trop tard", later)
    receipt.refresh_from_db()
    assert (receipt.state, receipt.last_error) == ("sent", "")


def test_a_notice_that_kills_whoever_sends_it_ends_as_a_failure_in_sight(receipt: Notice) -> None:
    at, claims = FILED_AT, 0
    while receipt.next_attempt_at is not None:
        claims += sending.claim(receipt.pk, at) is not None
        receipt.refresh_from_db()
        at = receipt.next_attempt_at or at
    assert claims == sending.TRIES
    assert receipt.state == "failed"
    assert "interrompu" in receipt.last_error


def test_what_failed_leaves_again_when_a_person_says_so(
    smtp_sink: SmtpSink, receipt: Notice
) -> None:
    smtp_sink.answers[DORA] = "550 Inconnue"
    dispatch.send_notice(receipt.pk, FILED_AT)
    smtp_sink.answers.clear()
    assert sending.requeue(FILED_AT + MINUTE) == 1
    assert dispatch.send_notice(receipt.pk, FILED_AT + MINUTE) == "sent"
    assert smtp_sink.messages[0]["Message-ID"] == receipt.message_id


def test_what_was_to_be_said_of_an_erased_dossier_never_leaves_again(
    smtp_sink: SmtpSink, receipt: Notice
) -> None:
    Notice.objects.filter(pk=receipt.pk).update(state="failed", next_attempt_at=None)
    dossier = receipt.dossier
    dossier.phase, dossier.is_open, dossier.closed_at = Phase.ERASED, False, FILED_AT
    dossier.save()
    assert sending.requeue(FILED_AT) == 0


def test_a_code_typed_by_the_complainant_is_not_a_way_to_read_another_one(
    smtp_sink: SmtpSink, world: Any
) -> None:
    filed = factories.file(world, at=FILED_AT, nom="[code]")
    for notice in filed.dossier.notices.exclude(to=DORA):
        dispatch.send_notice(notice.pk, FILED_AT)
    assert all(filed.code not in text_of(message) for message in smtp_sink.messages)


@pytest.mark.parametrize(
    ("state", "again"), [("failed", True), ("bounced", True), ("sent", False), ("queued", False)]
)
def test_one_notice_that_failed_leaves_again_when_a_person_says_so(
    receipt: Notice, state: str, again: bool
) -> None:
    waiting = FILED_AT if state == "queued" else None
    Notice.objects.filter(pk=receipt.pk).update(state=state, attempts=9, next_attempt_at=waiting)
    assert dispatch.retry_notice(receipt, FILED_AT + MINUTE) is again
    receipt.refresh_from_db()
    assert receipt.state == ("queued" if again else state)
    assert receipt.attempts == (0 if again else 9)
