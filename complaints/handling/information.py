"""Asking for what is missing, and recording the answer (CS-12, CS-17)."""

from typing import Any

from complaints.handling.acting import Act
from complaints.handling.forms import LetterForm, MoveForm, text_area
from complaints.handling.lettering import send_proposed, tell_the_team
from complaints.handling.messages import receive
from complaints.intake.definition import MAX_FILES, Field, Kind
from complaints.intake.questions import question
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind, Phase


class InformationRequestForm(LetterForm):
    """The question, inside the letter."""


class InformationForm(MoveForm):
    """What the complainant answered."""

    answer = text_area("Votre réponse", rows=6)
    files = question(Field("files", Kind.FILES, "Documents à joindre", max_files=MAX_FILES))


def request_information(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Ask; a time limit that the procedure suspends stops here."""
    if act.dossier.phase == Phase.INCOMPLETE:
        act.dossier.completed_at = None
    act.record(EventKind.INFORMATION_REQUESTED, letter=send_proposed(act, move, data))


def receive_information(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Keep the answer in the exchange; suspended time limits run again."""
    message = receive(act, data["answer"], data["files"])
    act.dossier.completed_at = act.dossier.completed_at or act.at
    act.record(
        EventKind.INFORMATION_RECEIVED,
        personal={"text": message.body},
        files=[file.sha256 for file in message.attachments.all()],
    )
    tell_the_team(act, "information", f"Réponse reçue sur le dossier {act.dossier.reference}")
