"""The exchange: what the complainant writes, and the notes the team keeps to itself."""

from collections.abc import Sequence

from complaints.handling.acting import Act
from complaints.handling.files import keep_file
from complaints.handling.lettering import tell_the_team
from complaints.intake import CheckedFile
from complaints.models import Message
from complaints.workflow.vocabulary import EventKind


def receive(act: Act, body: str, files: Sequence[CheckedFile] = ()) -> Message:
    """Keep a message of the complainant with its files; the caller records why it came."""
    message = _write(act, Message.Direction.RECEIVED, body)
    for file in files:
        keep_file(act.dossier, file, act.at, message=message)
    return message


def receive_message(act: Act, body: str, files: Sequence[CheckedFile] = ()) -> Message:
    """A message that answers nothing we asked: kept, journalled, told to the team."""
    message = receive(act, body, files)
    act.record(EventKind.MESSAGE_RECEIVED, personal={"text": body})
    tell_the_team(act, "message", f"Message reçu sur le dossier {act.dossier.reference}")
    return message


def write_note(act: Act, body: str) -> Message:
    """A note for the team; the complainant never sees it."""
    message = write_inside(act, body)
    act.record(EventKind.NOTE_WRITTEN, personal={"text": body})
    return message


def write_inside(act: Act, body: str) -> Message:
    """A message that stays inside; the caller records what it is."""
    return _write(act, Message.Direction.INTERNAL, body)


def _write(act: Act, direction: Message.Direction, body: str) -> Message:
    return Message.objects.create(
        dossier=act.dossier,
        direction=direction,
        body=body,
        author=act.actor.user,
        author_label=act.actor.label,
        at=act.at,
    )
