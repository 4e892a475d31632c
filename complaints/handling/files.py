"""Keeping a file that was sent, privately and with its digest; journalling who opened it."""

from datetime import datetime

from django.conf import settings
from django.core.files.base import File

from complaints.handling import antivirus
from complaints.handling.acting import act_on
from complaints.handling.actors import Actor
from complaints.intake import CheckedFile
from complaints.models import Attachment, Dossier, Message
from complaints.workflow.vocabulary import EventKind


def keep_file(
    dossier: Dossier, file: CheckedFile, at: datetime, *, message: Message | None = None
) -> Attachment:
    """Store the checked content under a random name."""
    return Attachment.objects.create(
        dossier=dossier,
        message=message,
        question=file.question,
        file=File(file.file, name=file.name),
        original_name=file.name,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        scan=_scan(file),
        received_at=at,
    )


def _scan(file: CheckedFile) -> Attachment.Scan:
    """What the antivirus has already said of it; nobody opens it before it has said something."""
    if not settings.CLAMD:
        return Attachment.Scan.NONE
    known = antivirus.is_known_clean(file.sha256)
    return Attachment.Scan.CLEAN if known else Attachment.Scan.PENDING


def why_closed(attachment: Attachment) -> str:
    """Why nobody may open that file now; "" when it is open to who may see the dossier."""
    name = f"«\u00a0{attachment.original_name}\u00a0»"
    match attachment.scan:
        case Attachment.Scan.PENDING:
            return (
                f"{name} n’est pas encore examiné par l’antivirus\u00a0: réessayez dans quelques "
                "minutes."
            )
        case Attachment.Scan.INFECTED:
            return (
                f"{name} est mis à l’écart par l’antivirus\u00a0: personne ne peut l’ouvrir. "
                "La note interne du dossier dit quel virus il contient."
            )
    return ""


def open_file(attachment: Attachment, *, actor: Actor, at: datetime) -> None:
    """Journal that a person of the staff opened that file; the door has checked the right."""
    with act_on(attachment.dossier_id, actor=actor, at=at) as act:
        act.record(EventKind.FILE_OPENED, file=attachment.sha256)
