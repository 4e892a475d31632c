"""Handing one notice to the mail server: claimed, sent, marked; tried again when it fails."""

from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from complaints.models import Notice
from complaints.notices.outbox import sender
from complaints.notices.refusals import Verdict, judge, words
from complaints.workflow.vocabulary import Phase

# A process that dies while sending leaves its claim; after this long another one takes it over.
# Longer than a Django-Q task may last, shorter than what makes Django-Q start it again.
CLAIM_MINUTES = 2.5
# Minutes before the next try; the last one is repeated. All the tries together last five days.
BACK_OFF = (1, 2, 5, 10, 15, 30)
TRIES = 250
# A server that is away is asked every minute, for as long as it takes.
SERVER_MINUTES = 1
CODE_MARK = "[code]"
# Who writes when no one organisation does.
SITE = "Doléances"
INTERRUPTED = "Envoi commencé, pas terminé : il sera repris."
WITHOUT_PDF = "PDF non joint : il n’a pas pu être produit."
APOLOGY = "\n\nLe PDF annoncé n’a pas pu être joint. Le texte ci-dessus est complet et fait foi.\n"


def claim(notice_id: int, now: datetime) -> Notice | None:
    """Take the notice if it is its turn; only one process gets it. None: nothing to do.

    `attempts` numbers the claims: who holds an older number may no longer put the notice back.
    """
    due = Notice.objects.filter(pk=notice_id, next_attempt_at__lte=now)
    notice = due.select_related("organisation", "letter__dossier", "document__organisation").first()
    if notice is None:
        return None
    held = _minutes(max(CLAIM_MINUTES, _back_off(notice.attempts + 1)))
    taken = due.filter(attempts=notice.attempts).update(
        state=Notice.State.SENDING,
        attempts=notice.attempts + 1,
        next_attempt_at=now + held,
        last_error=INTERRUPTED,
    )
    if not taken:
        return None
    notice.attempts += 1
    if notice.attempts > TRIES:
        give_up(notice, "Envoi interrompu à chaque essai.")
        return None
    return notice


def send(notice: Notice, pdf: tuple[str, bytes] | None, now: datetime) -> str:
    """Send it; mark it sent and forget its secrets, or keep why not. Returns its state."""
    announced = notice.letter_id is not None or notice.document_id is not None
    incomplete = announced and pdf is None
    try:
        _deliver(_message(notice, pdf, incomplete))
    except Exception as error:
        return _refused(notice, error, now)
    # Whoever claimed it meanwhile, it has left.
    Notice.objects.filter(pk=notice.pk).update(
        state=Notice.State.SENT,
        sent_at=now,
        next_attempt_at=None,
        secrets={},
        last_error=WITHOUT_PDF if incomplete else "",
    )
    return Notice.State.SENT


def postpone(notice: Notice, why: str, now: datetime) -> str:
    """Keep why it failed and when to try again; after the last try it stays in sight."""
    if notice.attempts >= TRIES:
        return give_up(notice, why)
    wait = _minutes(_back_off(notice.attempts))
    return _put_back(notice, Notice.State.QUEUED, why, next_attempt_at=now + wait)


def give_up(notice: Notice, why: str) -> str:
    """Leave it in sight; only a person makes it leave again (`requeue`)."""
    return _put_back(notice, Notice.State.FAILED, why, next_attempt_at=None)


def requeue(now: datetime) -> int:
    """Try again all that failed, from the first try; returns how many."""
    failed = Notice.objects.filter(state=Notice.State.FAILED).exclude(dossier__phase=Phase.ERASED)
    return failed.update(state=Notice.State.QUEUED, attempts=0, next_attempt_at=now)


def server_is_away(now: datetime) -> bool:
    """Whether someone found the mail server away less than a minute ago."""
    waiting = Notice.objects.filter(state=Notice.State.QUEUED, next_attempt_at__gt=now)
    return waiting.filter(last_error__startswith=Verdict.SERVER_AWAY.value).exists()


def _deliver(message: EmailMessage) -> None:
    message.connection = get_connection()
    try:
        message.connection.open()
        message.send()
    finally:
        with suppress(Exception):  # the server has accepted it, or we know already why not
            message.connection.close()


def _refused(notice: Notice, error: Exception, now: datetime) -> str:
    verdict = judge(error)
    why = f"{verdict.value} : {words(error)}"[:2000]
    if verdict is Verdict.NEVER:
        return give_up(notice, why)
    if verdict is Verdict.LATER:
        return postpone(notice, why, now)
    # The message is not to blame: this try is not counted.
    again = {"next_attempt_at": now + _minutes(SERVER_MINUTES), "attempts": notice.attempts - 1}
    return _put_back(notice, Notice.State.QUEUED, why, **again)


def _put_back(notice: Notice, state: str, why: str, **fields: object) -> str:
    """Only while the claim is still ours: it may have been sent, or erased, by then."""
    ours = Notice.objects.filter(pk=notice.pk, state=Notice.State.SENDING, attempts=notice.attempts)
    ours.update(state=state, last_error=why, **fields)
    return state


def _back_off(attempts: int) -> float:
    return BACK_OFF[min(attempts, len(BACK_OFF)) - 1]


def _minutes(minutes: float) -> timedelta:
    """`NOTICE_TIME_SCALE`: the tests that kill real processes do not wait for minutes."""
    return timedelta(minutes=minutes * getattr(settings, "NOTICE_TIME_SCALE", 1))


def _message(notice: Notice, pdf: tuple[str, bytes] | None, incomplete: bool) -> EmailMessage:
    organisation = notice.organisation
    body = notice.body.replace(CODE_MARK, notice.secrets.get("code", ""))
    message = EmailMessage(
        subject=notice.subject,
        body=body + APOLOGY if incomplete else body,
        from_email=formataddr((str(organisation or SITE), sender(organisation))),
        to=[notice.to],
        reply_to=[organisation.email] if organisation and organisation.email else None,
        headers={"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"},
    )
    if pdf is not None:
        message.attach(*pdf, "application/pdf")
    return message
