"""The clock: looks at what is due, and only that; warns, marks late, ends rights; each once.

It writes facts, not mails: the digest of the morning tells them (`complaints.handling.digests`).
"""

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic

from django.db import OperationalError, transaction

from complaints.handling import moving
from complaints.handling.acting import Act
from complaints.handling.actors import Actor
from complaints.handling.deadlines import ends_at_closure, next_check
from complaints.handling.standing import next_due_on
from complaints.letters.merge import subject_line
from complaints.models import Deadline, Dossier
from complaints.workflow import TimeLimit
from complaints.workflow.vocabulary import Deed, EventKind, OnExpiry

BATCH = 500
# A row that cannot be checked is looked at again after this long; the others are not kept waiting.
ASIDE = timedelta(hours=1)
WORDS = {
    "warned": "avertissement(s)",
    "late": "retard(s)",
    "ended": "délai(s) échu(s)",
    "silent": "échéance(s) de dossiers clos",
    "busy": "dossier(s) occupé(s)",
    "broken": "échéance(s) impossible(s) à contrôler",
}

log = logging.getLogger(__name__)


class Report(Counter[str]):
    """What one scan did, by the names of `WORDS`."""

    @property
    def broken(self) -> int:
        """How many rows could not be checked; the log says why."""
        return self["broken"]

    def __str__(self) -> str:
        return ", ".join(f"{self[name]} {words}" for name, words in WORDS.items())


def check_deadlines(now: datetime, seconds: float = float("inf")) -> Report:
    """One scan. Safe to run twice, by several processes, or after days of silence.

    It stops after that many seconds: what is left is still due, and the next scan takes it.
    """
    report, started = Report(), monotonic()
    for deadline_id, dossier_id in _due(now):
        report[_check_apart(deadline_id, dossier_id, now)] += 1
        if monotonic() - started > seconds:
            break
    return report


def check_dossier(dossier_id: int, now: datetime) -> None:
    """The scan of that dossier alone, in the caller’s transaction; what goes wrong is raised."""
    due = Deadline.objects.to_check(now).filter(dossier_id=dossier_id)
    for deadline_id in list(due.values_list("pk", flat=True)):
        _check(deadline_id, dossier_id, now)


def _due(now: datetime) -> Iterator[tuple[int, int]]:
    """Each due row once, oldest first, whatever becomes of it: a scan always ends."""
    due = Deadline.objects.to_check(now)
    rows = due
    while batch := list(rows.values_list("next_check_at", "pk", "dossier_id")[:BATCH]):
        yield from ((pk, dossier_id) for _at, pk, dossier_id in batch)
        at, pk, _dossier_id = batch[-1]
        rows = due.filter(next_check_at__gte=at).exclude(next_check_at=at, pk__lte=pk)


def _check_apart(deadline_id: int, dossier_id: int, now: datetime) -> str:
    """One row; whatever goes wrong stays with it. Returns what was done, a name of `WORDS`."""
    try:
        with transaction.atomic():
            return _check(deadline_id, dossier_id, now)
    except OperationalError:
        log.warning("Échéance %s : base occupée, au prochain passage.", deadline_id)
        return "busy"
    except Exception:
        log.exception("Échéance %s du dossier %s : contrôle impossible.", deadline_id, dossier_id)
        stuck = Deadline.objects.filter(pk=deadline_id, next_check_at__lte=now)
        stuck.update(next_check_at=now + ASIDE)
        return "broken"


def _check(deadline_id: int, dossier_id: int, now: datetime) -> str:
    """One deadline in one transaction: the dossier's row first, as every deed does."""
    dossier = (
        Dossier.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("organisation__site", "procedure_version__mediator", "form_version")
        .filter(pk=dossier_id)
        .first()
    )
    if dossier is None:
        return "busy"
    deadline = Deadline.objects.to_check(now).filter(pk=deadline_id).first()
    if deadline is None:
        return "busy"  # someone else has just looked at it
    deadline.dossier = dossier
    return _tell(Act(dossier, Actor.clock(), now), deadline)


def _tell(act: Act, deadline: Deadline) -> str:
    limit = deadline.limit
    if ends_at_closure(limit) and not act.dossier.is_open:
        return _forget(act, deadline)
    if act.at < deadline.late_from:
        return _warn(act, deadline, limit)
    if limit.on_expiry == OnExpiry.LATE:
        return _mark_late(act, deadline, limit)
    return _end(act, deadline, limit)


def _forget(act: Act, deadline: Deadline) -> str:
    """Nobody is told anything about a closed dossier."""
    deadline.state, deadline.next_check_at = Deadline.State.CANCELLED, None
    _save(act, deadline)
    return "silent"


def _warn(act: Act, deadline: Deadline, limit: TimeLimit) -> str:
    """Once, however many warnings were missed; the next look is at the next one, or at the end."""
    deadline.next_check_at = next_check(deadline, limit, act.at)
    if not act.dossier.is_open:
        _save(act, deadline)
        return "silent"
    deadline.warned_at = act.at
    act.record(EventKind.DEADLINE_WARNED, limit=limit.key, due_on=deadline.due_on.isoformat())
    _save(act, deadline)
    return "warned"


def _mark_late(act: Act, deadline: Deadline, limit: TimeLimit) -> str:
    """A late duty is still due; the fact says whom it alerts."""
    deadline.late_at, deadline.next_check_at = act.at, None
    data = {"limit": limit.key, "due_on": deadline.due_on.isoformat()}
    labels = {role.key: role.label for role in act.rules.roles}
    if limit.escalate_to:
        data["escalated_to"] = labels.get(limit.escalate_to, limit.escalate_to)
    act.record(EventKind.DEADLINE_MISSED, **data)
    _save(act, deadline)
    return "late"


def _end(act: Act, deadline: Deadline, limit: TimeLimit) -> str:
    """A right ends, a way opens, or the dossier closes by itself; nobody is late."""
    deadline.state, deadline.ended_at = Deadline.State.ENDED, act.at
    deadline.next_check_at = None
    act.record(EventKind.DEADLINE_LAPSED, limit=deadline.key, due_on=deadline.due_on.isoformat())
    _save(act, deadline)
    if limit.on_expiry == OnExpiry.CLOSE:
        _close(act, limit)
    return "ended"


def _close(act: Act, limit: TimeLimit) -> None:
    """Tacit closure: the move that closes, if the procedure opens one to the clock."""
    open_to_me = moving.moves_for(act.dossier, act.actor, act.at)
    move = next((move for move in open_to_me if move.deed == Deed.CLOSE), None)
    if move is None:
        return
    form = moving.blank_form(act.dossier, move.key, actor=act.actor, at=act.at)
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    if "subject" in data:  # nobody is there to shorten what the facts have made too long
        data["subject"] = subject_line(data["subject"])
    data["reason"] = f"Clôture tacite. {limit.label} : délai échu."
    moving.perform(act.dossier, move.key, data, actor=act.actor, at=act.at)


def _save(act: Act, deadline: Deadline) -> None:
    deadline.save()
    act.dossier.next_due_on = next_due_on(act.dossier)
    act.dossier.save(update_fields=["event_count", "next_due_on"])
