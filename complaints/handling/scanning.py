"""What the antivirus has not looked at yet is looked at; what it finds is set aside, and told."""

import logging
from collections import Counter
from datetime import datetime
from time import monotonic

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet

from complaints.handling import antivirus
from complaints.handling.acting import act_on
from complaints.handling.actors import Actor
from complaints.handling.antivirus import Scan
from complaints.handling.lettering import tell_the_team
from complaints.handling.messages import write_note
from complaints.models import Attachment, Dossier, access
from complaints.register.antivirus import SILENT_SINCE
from complaints.workflow.vocabulary import Phase

BATCH = 200

log = logging.getLogger(__name__)


class Report(Counter[str]):
    """How many files got each verdict."""

    def __str__(self) -> str:
        waiting = f"{self[Scan.PENDING]} encore en attente"
        return f"{self[Scan.CLEAN]} saine(s), {self[Scan.INFECTED]} mise(s) à l’écart, {waiting}"


def scan_pending(now: datetime, seconds: float = float("inf")) -> Report:
    """Ask about each waiting file. Safe to run twice, at once or after a kill.

    No row is locked while clamd thinks: a verdict is written only where none was yet, and whoever
    wrote it tells the team. It stops after that many seconds, or when clamd is silent.
    """
    report, started = Report(), monotonic()
    if not _listens(now):
        report[Scan.PENDING] = _pending().count()
        return report
    # Not in their order: one that always keeps clamd busy would hide those behind it.
    for attachment in list(_pending().order_by("?")[:BATCH]):
        said = _verdict(attachment)
        report[said.scan] += 1
        if said.scan != Scan.PENDING:
            _write(attachment, said, now)
        if said.silent or monotonic() - started > seconds:
            break
    return report


def _pending() -> QuerySet[Attachment]:
    return Attachment.objects.filter(scan=Scan.PENDING, erased_at=None)


def _listens(now: datetime) -> bool:
    """Whether clamd answers; since when it does not is what the operator is told."""
    if not settings.CLAMD or antivirus.responds():
        cache.delete(SILENT_SINCE)
        return True
    cache.add(SILENT_SINCE, now, None)
    return False


def _verdict(attachment: Attachment) -> antivirus.Verdict:
    """A file that is lost has nothing to hide; without an antivirus any more, nobody waits."""
    try:
        with attachment.file.open("rb") as content:
            return antivirus.verdict(content)
    except FileNotFoundError:
        log.warning("Pièce %s : son fichier manque.", attachment.pk)
        return antivirus.Verdict(Scan.NONE)


def _write(attachment: Attachment, said: antivirus.Verdict, now: datetime) -> None:
    """In the dossier's own transaction, so that nothing is set aside without being told."""
    with act_on(attachment.dossier_id, actor=Actor.clock(), at=now) as act:
        # An attachment is frozen for everybody: its verdict is the one thing that comes later.
        waiting = QuerySet(Attachment).filter(pk=attachment.pk, scan=Scan.PENDING, erased_at=None)
        if not waiting.update(scan=said.scan) or said.scan != Scan.INFECTED:
            return
        if act.dossier.phase == Phase.ERASED:
            return
        write_note(
            act,
            f"{_named(act.dossier, attachment)} contient un virus ({said.virus})."
            " Elle est mise à l’écart\u00a0: personne ne peut l’ouvrir. Demandez au réclamant de"
            " vous l’envoyer autrement.",
        )
        subject = f"Dossier {act.dossier.reference} : une pièce infectée est mise à l’écart"
        tell_the_team(act, "infected", subject)


def _named(dossier: Dossier, attachment: Attachment) -> str:
    """All who see the dossier read the note: a file that is not for their eyes has no name here."""
    if access.is_for_all(dossier, attachment.question):
        return f"La pièce «\u00a0{attachment.original_name}\u00a0»"
    return "Une pièce réservée"
