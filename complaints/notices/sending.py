"""Handing one notice to the mail server: claimed, sent, marked; tried again when it fails."""

from datetime import datetime, timedelta
from email.utils import formataddr

from django.core.mail import EmailMessage
from django.db.models import F

from complaints.models import Letter, Notice
from complaints.notices.outbox import sender

# A process that dies while sending leaves its claim; after this long another one takes it over.
CLAIM = timedelta(minutes=5)
# Minutes between attempts: a short failure is caught up fast, a dead server is asked for two days.
BACK_OFF = (1, 2, 5, 10, 30, 60, 120, 240, 480, 480, 480, 960)
CODE_MARK = "[code]"


def claim(notice_id: int, now: datetime) -> Notice | None:
    """Take the notice if it is its turn; only one process gets it. None: nothing to do."""
    taken = Notice.objects.filter(pk=notice_id, next_attempt_at__lte=now).update(
        state=Notice.State.SENDING, next_attempt_at=now + CLAIM, attempts=F("attempts") + 1
    )
    if not taken:
        return None
    return Notice.objects.select_related("organisation", "letter__dossier").get(pk=notice_id)


def send(notice: Notice, attachment: Letter | None, now: datetime) -> str:
    """Send it; mark it sent and forget its secrets, or postpone it. Returns its state."""
    try:
        _message(notice, attachment).send()
    except OSError as error:  # every smtplib error is one
        return postpone(notice, error, now)
    notice.state, notice.sent_at, notice.next_attempt_at = Notice.State.SENT, now, None
    notice.secrets, notice.last_error = {}, ""
    notice.save(update_fields=["state", "sent_at", "next_attempt_at", "secrets", "last_error"])
    return notice.state


def postpone(notice: Notice, error: Exception, now: datetime) -> str:
    """Keep why it failed and when to try again; after the last attempt it stays in sight."""
    notice.last_error = f"{type(error).__name__} : {error}"[:2000]
    if notice.attempts > len(BACK_OFF):
        notice.state, notice.next_attempt_at = Notice.State.FAILED, None
    else:
        wait = timedelta(minutes=BACK_OFF[notice.attempts - 1])
        notice.state, notice.next_attempt_at = Notice.State.QUEUED, now + wait
    notice.save(update_fields=["state", "next_attempt_at", "last_error"])
    return notice.state


def _message(notice: Notice, attachment: Letter | None) -> EmailMessage:
    organisation = notice.organisation
    message = EmailMessage(
        subject=notice.subject,
        body=notice.body.replace(CODE_MARK, notice.secrets.get("code", "")),
        from_email=formataddr((organisation.name, sender(organisation))),
        to=[notice.to],
        reply_to=[organisation.email] if organisation.email else None,
        headers={"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"},
    )
    if attachment is not None:
        with attachment.pdf.open("rb") as file:
            message.attach(attachment.filename, file.read(), "application/pdf")
    return message
