"""From the outbox to the mail server: queued with the deed, sent after it by a Django-Q task."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime
from time import monotonic

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from complaints.handling.acting import Act
from complaints.letters.papers import print_letter
from complaints.models import Letter, Notice, Organisation, ProcedureDocument
from complaints.notices import outbox, sending
from complaints.workflow.vocabulary import Phase

SEND = "complaints.handling.dispatch.send_notice"
SEND_ALL = "complaints.handling.dispatch.send_notices"
# At this try a letter whose PDF cannot be made leaves without it: a person must not wait for days.
PDF_TRIES = 3
# One run ends well before Django-Q would cut it short.
RUN_SECONDS = 60
NOTHING = "rien à faire"

log = logging.getLogger(__name__)


def post(
    act: Act,
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    letter: Letter | None = None,
    secrets: dict[str, str] | None = None,
) -> Notice:
    """Write the notice and its task in the deed's own transaction: both are kept, or neither."""
    notice = outbox.write(
        organisation=act.dossier.organisation,
        dossier=act.dossier,
        letter=letter,
        key=key,
        to=to,
        subject=subject,
        body=body,
        secrets=secrets or {},
        at=act.at,
    )
    async_task(SEND, notice.pk, group="envois")
    return notice


def post_all(act: Act, mails: Sequence[outbox.Mail]) -> None:
    """All that a deed says at once, and one task to send it."""
    notices = outbox.write_all(act.dossier, mails, at=act.at)
    if notices:
        async_task(SEND_ALL, [notice.pk for notice in notices], group="envois")


def post_apart(
    organisation: Organisation | None,
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    at: datetime,
    document: ProcedureDocument | None = None,
) -> Notice:
    """A notice about no one dossier, once per key; the caller's transaction keeps it or not.

    `organisation` is None when it speaks of several, or of the site itself. `document`: the
    archived PDF that goes with it.
    """
    notice = outbox.write(
        organisation=organisation,
        dossier=None,
        letter=None,
        key=key,
        to=to,
        subject=subject,
        body=body,
        secrets={},
        at=at,
        document=document,
    )
    if notice.created_at == at:  # else it was written by an earlier run, with its own task
        async_task(SEND, notice.pk, group="envois")
    return notice


def send_notice(notice_id: int, now: datetime | None = None) -> str:
    """Send one notice if it is its turn; returns its state. A failure is kept and tried again.

    While the server is away nothing is tried here: `send_waiting` asks it, once a minute, so that
    a thousand waiting notices do not keep the clock waiting.
    """
    now = now or timezone.now()
    if sending.server_is_away(now):
        return NOTHING
    return _send(notice_id, now)


def send_notices(notice_ids: Sequence[int], now: datetime | None = None) -> int:
    """Send these in turn; what this run leaves waits for `send_waiting`. Returns how many it sent.

    One that cannot be sent keeps none of the others waiting.
    """
    started, sent = monotonic(), 0
    for pk in notice_ids:
        if monotonic() - started > RUN_SECONDS:
            break
        sent += send_notice(pk, now) == Notice.State.SENT
    return sent


def send_waiting(now: datetime | None = None, batch: int = 200) -> int:
    """Send what is due again, or was left by a process that died. Returns how many were tried."""
    started, tried = monotonic(), 0
    due = Notice.objects.to_send(now or timezone.now()).values_list("pk", flat=True)
    for pk in list(due[:batch]):
        _send(pk, now or timezone.now())
        tried += 1
        if monotonic() - started > RUN_SECONDS or sending.server_is_away(now or timezone.now()):
            break
    return tried


def retry_notice(notice: Notice, at: datetime) -> bool:
    """Send again one that failed, from the first try; False if nothing of it is left to send."""
    failed = Notice.objects.filter(
        pk=notice.pk, state__in=[Notice.State.FAILED, Notice.State.BOUNCED]
    ).exclude(dossier__phase=Phase.ERASED)
    with transaction.atomic():
        again = failed.update(state=Notice.State.QUEUED, attempts=0, next_attempt_at=at)
        if again:
            async_task(SEND, notice.pk, group="envois")
    return bool(again)


def ensure_pdf(letter: Letter) -> Letter:
    """Make the letter's PDF once, and keep it with its digest: what was sent is what is stored."""
    if letter.pdf:
        return letter
    content = print_letter(letter)
    digest = hashlib.sha256(content).hexdigest()
    letter.pdf.save(letter.filename, ContentFile(content), save=False)
    blank = Letter.objects.filter(pk=letter.pk, pdf="").exclude(dossier__phase=Phase.ERASED)
    if not blank.update(pdf=letter.pdf.name, sha256=digest):
        # Another process was faster, or the dossier was erased: this copy is one too many.
        letter.pdf.delete(save=False)
    letter.refresh_from_db(fields=["pdf", "sha256"])
    return letter


def _send(notice_id: int, now: datetime) -> str:
    notice = sending.claim(notice_id, now)
    if notice is None:
        return NOTHING
    try:
        pdf = _pdf(notice)
    except Exception as error:
        why = f"PDF non produit : {error}"[:2000]
        log.error("Envoi %s : PDF non produit (%s).", notice.pk, type(error).__name__)
        if notice.attempts < PDF_TRIES:
            return sending.postpone(notice, why, now)
        pdf = None
    return sending.send(notice, pdf, now)


def _pdf(notice: Notice) -> tuple[str, bytes] | None:
    """The PDF's name and content; None without one, or when making it killed who tried."""
    letter, document = notice.letter, notice.document
    if document is not None:
        with document.pdf.open("rb") as file:
            return document.filename, file.read()
    if letter is None or (notice.attempts > PDF_TRIES and not letter.pdf):
        return None
    with ensure_pdf(letter).pdf.open("rb") as file:
        return letter.filename, file.read()
