"""Keeping a file that was sent, privately and with its digest; journalling who opened it."""

from datetime import datetime

from django.core.files.base import File

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
        file=File(file.file, name=file.name),
        original_name=file.name,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        received_at=at,
    )


def open_file(attachment: Attachment, *, actor: Actor, at: datetime) -> None:
    """Journal that a person of the staff opened that file; the door has checked the right."""
    with act_on(attachment.dossier_id, actor=actor, at=at) as act:
        act.record(EventKind.FILE_OPENED, file=attachment.sha256)
