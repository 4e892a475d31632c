"""What staff wrote down is shown to who said it, who confirms it once or corrects it."""

from collections.abc import Sequence
from datetime import datetime

from complaints.handling.acting import Act, act_on
from complaints.handling.actors import Actor
from complaints.handling.filing import tracking_code
from complaints.handling.lettering import tell_the_team
from complaints.handling.messages import receive
from complaints.intake import CheckedFile
from complaints.letters.papers import print_copy
from complaints.models import Dossier, Letter, Message
from complaints.workflow import MoveRefused
from complaints.workflow.vocabulary import EventKind, Phase

CORRECTION = "Correction de ce qui a été noté\u00a0:"
NOTHING_TO_CONFIRM = "Il n’y a rien à confirmer dans ce dossier."
COPY = "Copie à confirmer, avec le code de suivi"


def awaits_confirmation(dossier: Dossier) -> bool:
    """Whether somebody may still say that what we noted is right."""
    return was_noted(dossier) and dossier.confirmed_at is None


def was_noted(dossier: Dossier) -> bool:
    """Whether we wrote it down for somebody who can be asked."""
    noted = bool(dossier.transcribed_by) and dossier.phase != Phase.ERASED
    return noted and dossier.has_somebody_to_answer


def confirm_statement(act: Act) -> None:
    """« C’est exact », once: said again, it changes nothing. Raises MoveRefused."""
    _expect_noted(act.dossier)
    if act.dossier.confirmed_at is None:
        act.dossier.confirmed_at = act.at
        act.record(EventKind.STATEMENT_CONFIRMED)


def correct_statement(act: Act, text: str, files: Sequence[CheckedFile] = ()) -> Message:
    """What is to be corrected, as a message: what was noted stays as it was. Raises MoveRefused."""
    _expect_noted(act.dossier)
    message = receive(act, f"{CORRECTION}\n{text}", files)
    act.record(EventKind.MESSAGE_RECEIVED, personal={"text": message.body}, correction=True)
    tell_the_team(act, "correction", f"Correction reçue sur le dossier {act.dossier.reference}")
    return message


def copy_to_post(dossier: Dossier) -> Letter | None:
    """The receipt that somebody without an e-mail address waits for; None when none is to print."""
    complainant = dossier.complainant
    if not awaits_confirmation(dossier) or complainant is None or complainant.email:
        return None
    receipts = dossier.letters.filter(document=Letter.Document.RECEIPT)
    return receipts.select_related("organisation", "dossier__form_version").first()


def print_the_copy(letter: Letter, *, actor: Actor, at: datetime) -> bytes:
    """Its PDF with the code, for the envelope; who has seen the code is in the journal.

    Raises PdfError. The door has checked the right.
    """
    dossier = letter.dossier
    code = tracking_code(dossier.submission_key)
    tracking = f"{letter.organisation.site.root_url}/suivi/"
    pdf = print_copy(letter, code=code, tracking=tracking)
    with act_on(dossier.pk, actor=actor, at=at) as act:
        act.record(EventKind.FILE_OPENED, paper=COPY)
    return pdf


def _expect_noted(dossier: Dossier) -> None:
    if not was_noted(dossier):
        raise MoveRefused(NOTHING_TO_CONFIRM)
