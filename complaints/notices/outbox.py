"""Writing a notice: one row for one address, once per key."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import make_msgid
from typing import Any

from django.conf import settings

from complaints.models import Dossier, Letter, Notice, Organisation, ProcedureDocument


@dataclass(frozen=True)
class Mail:
    """What a deed says to one address, once per key."""

    key: str
    to: str
    subject: str
    body: str
    letter: Letter | None = None
    secrets: dict[str, str] = field(default_factory=dict)


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
    facts = _facts(organisation, to, subject, body, at) | {
        "dossier": dossier,
        "letter": letter,
        "document": document,
        "secrets": secrets,
    }
    return Notice.objects.get_or_create(key=key, defaults=facts)[0]


def write_all(dossier: Dossier, mails: Sequence[Mail], *, at: datetime) -> list[Notice]:
    """These notices about one dossier; those that were written already are not returned.

    Whoever writes holds the dossier: nobody else writes these keys meanwhile.
    """
    keys = [mail.key for mail in mails]
    written = set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
    ours = dossier.organisation
    return Notice.objects.bulk_create(
        Notice(
            key=mail.key,
            dossier=dossier,
            letter=mail.letter,
            secrets=mail.secrets,
            **_facts(ours, mail.to, mail.subject, mail.body, at),
        )
        for mail in mails
        if mail.key not in written
    )


def _facts(
    organisation: Organisation | None, to: str, subject: str, body: str, at: datetime
) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "to": to,
        "subject": " ".join(subject.split())[:250],
        "body": body,
        "message_id": make_msgid(domain=sender(organisation).rpartition("@")[2]),
        "created_at": at,
        "next_attempt_at": at,
    }


def sender(organisation: Organisation | None) -> str:
    """The address we send from: ours to use, never the organisation's free-mail address."""
    return (organisation and organisation.sending_address) or settings.DEFAULT_FROM_EMAIL
