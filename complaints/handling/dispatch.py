"""From the outbox to the mail server: queued with the deed, sent after it by a Django-Q task."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from complaints.handling.acting import Act
from complaints.letters.papers import print_letter
from complaints.models import Letter, Notice
from complaints.notices import outbox, sending

SEND = "complaints.handling.dispatch.send_notice"


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


def send_notice(notice_id: int, now: datetime | None = None) -> str:
    """Send one notice if it is its turn; returns its state. A failure is kept and tried again."""
    now = now or timezone.now()
    notice = sending.claim(notice_id, now)
    if notice is None:
        return "rien à faire"
    try:
        attachment = ensure_pdf(notice.letter) if notice.letter else None
    except Exception as error:
        return sending.postpone(notice, error, now)
    return sending.send(notice, attachment, now)


def send_waiting(now: datetime | None = None, batch: int = 200) -> int:
    """Send what is due again, or was left by a process that died. Returns how many were tried."""
    now = now or timezone.now()
    waiting = list(Notice.objects.to_send(now).values_list("pk", flat=True)[:batch])
    for pk in waiting:
        send_notice(pk, now)
    return len(waiting)


def ensure_pdf(letter: Letter) -> Letter:
    """Make the letter's PDF once, and keep it with its digest: what was sent is what is stored."""
    if letter.pdf:
        return letter
    content = print_letter(letter)
    with transaction.atomic():
        locked = Letter.objects.select_for_update().get(pk=letter.pk)
        if not locked.pdf:
            locked.sha256 = hashlib.sha256(content).hexdigest()
            locked.pdf.save(letter.filename, ContentFile(content), save=False)
            locked.save(update_fields=["pdf", "sha256"])
    return locked
