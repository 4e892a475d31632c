"""Erasing: at the end of the retention the person is forgotten, the proof of handling stays."""

from datetime import datetime

from complaints.handling.acting import Act, act_on
from complaints.handling.actors import Actor
from complaints.models import Dossier
from complaints.models.correspondence import erase_file, erase_letter, erase_message
from complaints.workflow.vocabulary import EventKind, Phase

PERSONAL_FACTS = (
    "subject",
    "description",
    "expectations",
    "training",
    "session",
    "operations",
    "third_parties",
    "breaches",
    "decision",
    "resolution",
)


def erase_expired(now: datetime, batch: int = 200) -> int:
    """Erase the closed dossiers whose day has come; returns how many."""
    expired = list(Dossier.objects.to_erase(now).values_list("pk", flat=True)[:batch])
    for pk in expired:
        with act_on(pk, actor=Actor.clock(), at=now) as act:
            erase(act)
    return len(expired)


def erase(act: Act) -> None:
    """Blank what tells of persons; number, dates, outcome, stage and the sealed journal stay."""
    dossier = act.dossier
    for name in PERSONAL_FACTS:
        setattr(dossier, name, "")
    dossier.answers, dossier.tracking_hash, dossier.submission_key = {}, "", None
    for attachment in dossier.attachments.all():
        erase_file(attachment, act.at)
    for letter in dossier.letters.all():
        erase_letter(letter)
    for message in dossier.messages.all():
        erase_message(message)
    dossier.notices.update(to="efface@invalid.invalid", subject="", body="", secrets={})
    dossier.parties.all().delete()
    dossier.events.all().erase_personal()
    dossier.phase = Phase.ERASED
    act.record(EventKind.ERASED)
