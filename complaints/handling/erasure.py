"""Erasing: at the end of the retention the person is forgotten, the proof of handling stays."""

import logging
from datetime import datetime, timedelta
from time import monotonic

from complaints.handling.acting import Act, act_on
from complaints.handling.actors import Actor
from complaints.models import Dossier, Notice
from complaints.models.correspondence import erase_file, erase_letter, erase_message
from complaints.workflow.vocabulary import EventKind, Phase

# Free text, where anyone may have named anyone.
PERSONAL_FACTS = (
    "subject",
    "description",
    "expectations",
    "training",
    "session",
    "trainee",
    "training_dates",
    "transcribed_by",
    "operations",
    "third_parties",
    "breaches",
    "decision",
    "resolution",
    "evidence_location",
    "analysis",
    "root_cause",
)
# One run ends well before Django-Q would cut it short; the next one goes on.
RUN_SECONDS = 60
# What was written to the team, or to someone who asked for the procedure, is kept this long.
APART_KEPT = timedelta(days=365)
NOBODY = "efface@invalid.invalid"

log = logging.getLogger(__name__)


def erase_expired(now: datetime) -> int:
    """Erase the closed dossiers whose day has come; returns how many.

    Each one apart: one that cannot be erased is logged, stays expired, and stops no other.
    """
    started, erased = monotonic(), 0
    expired = Dossier.objects.to_erase(now).order_by("pk").values_list("pk", flat=True)
    for pk in list(expired):
        if monotonic() - started > RUN_SECONDS:
            break
        try:
            with act_on(pk, actor=Actor.clock(), at=now) as act:
                erased += _erase_if_due(act)
        except Exception:
            log.exception("Le dossier %s n’a pas pu être effacé.", pk)
    return erased


def forget_old_notices(now: datetime) -> int:
    """Delete what left, about no dossier, more than a year ago: it holds addresses."""
    old = Notice.objects.filter(dossier=None, created_at__lt=now - APART_KEPT)
    return old.filter(next_attempt_at=None).delete()[0]


def _erase_if_due(act: Act) -> bool:
    """Another process may have erased it, or someone reopened it, since the list was read."""
    due = Dossier.objects.to_erase(act.at).filter(pk=act.dossier.pk).exists()
    if due:
        erase(act)
    return due


def erase(act: Act) -> None:
    """Blank what tells of persons; number, dates, outcome, stage and the sealed journal stay.

    Measures stay too: they tell what the organisation does, for several dossiers sometimes.
    """
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
    _erase_notices(dossier)
    dossier.parties.all().delete()
    dossier.events.all().erase_personal()
    dossier.phase = Phase.ERASED
    act.record(EventKind.ERASED)


def _erase_notices(dossier: Dossier) -> None:
    """What has not left never will; the server's answers quote addresses."""
    waiting = dossier.notices.filter(next_attempt_at__isnull=False)
    waiting.update(state=Notice.State.FAILED, next_attempt_at=None)
    dossier.notices.update(to=NOBODY, subject="", body="", secrets={}, last_error="")
