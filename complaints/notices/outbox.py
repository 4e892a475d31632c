"""Writing a notice: one row for one address, once per key."""

from datetime import datetime
from email.utils import make_msgid

from django.conf import settings

from complaints.models import Dossier, Letter, Notice, Organisation, ProcedureDocument


def write(
    *,
    organisation: Organisation | None,
    dossier: Dossier | None,
    letter: Letter | None,
    key: str,
    to: str,
    subject: str,
    body: str,
    secrets: dict[str, str],
    at: datetime,
    document: ProcedureDocument | None = None,
) -> Notice:
    """The notice of that key, written now if it was not; its Message-ID never changes."""
    notice, _ = Notice.objects.get_or_create(
        key=key,
        defaults={
            "organisation": organisation,
            "dossier": dossier,
            "letter": letter,
            "document": document,
            "to": to,
            "subject": " ".join(subject.split())[:250],
            "body": body,
            "secrets": secrets,
            "message_id": make_msgid(domain=sender(organisation).rpartition("@")[2]),
            "created_at": at,
            "next_attempt_at": at,
        },
    )
    return notice


def sender(organisation: Organisation | None) -> str:
    """The address we send from: ours to use, never the organisation's free-mail address."""
    return (organisation and organisation.sending_address) or settings.DEFAULT_FROM_EMAIL
