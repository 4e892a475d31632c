"""The clock: looks at what is due, and only that; warns, marks late, ends rights; each once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from complaints.handling import lettering
from complaints.handling.acting import Act
from complaints.handling.actors import Actor
from complaints.handling.deadlines import next_check, next_due_on
from complaints.models import Deadline, Dossier
from complaints.workflow import TimeLimit
from complaints.workflow.vocabulary import EventKind, OnExpiry

BATCH = 500


@dataclass
class Report:
    """What one scan did."""

    warned: int = 0
    late: int = 0
    ended: int = 0
    busy: int = 0

    def __str__(self) -> str:
        return (
            f"{self.warned} avertissement(s), {self.late} retard(s), "
            f"{self.ended} délai(s) échu(s), {self.busy} dossier(s) occupé(s)"
        )


def check_deadlines(now: datetime) -> Report:
    """One scan. Safe to run twice, by several processes, or after days of silence."""
    report = Report()
    due = Deadline.objects.to_check(now).values_list("pk", "dossier_id")
    while batch := list(due[:BATCH]):
        before = report.busy
        for deadline_id, dossier_id in batch:
            _check(deadline_id, dossier_id, now, report)
        if report.busy - before == len(batch):
            break  # all of them are in someone else's hands
    return report


def _check(deadline_id: int, dossier_id: int, now: datetime, report: Report) -> None:
    """One deadline in one transaction: the dossier's row first, as every deed does."""
    with transaction.atomic():
        dossier = (
            Dossier.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("organisation__site", "procedure_version")
            .filter(pk=dossier_id)
            .first()
        )
        if dossier is None:
            report.busy += 1
            return
        deadline = Deadline.objects.to_check(now).filter(pk=deadline_id).first()
        if deadline is None:
            return
        deadline.dossier = dossier
        _tell(Act(dossier, Actor.clock(), now), deadline, report)
        deadline.save()
        dossier.next_due_on = next_due_on(dossier)
        dossier.save(update_fields=["event_count", "next_due_on"])


def _tell(act: Act, deadline: Deadline, report: Report) -> None:
    limit = deadline.limit
    deadline.next_check_at = next_check(deadline, limit, act.at)
    if act.at < deadline.late_from:
        _warn(act, deadline, limit)
        report.warned += 1
    elif limit.on_expiry == OnExpiry.LATE:
        _mark_late(act, deadline, limit)
        report.late += 1
    else:
        _end(act, deadline)
        report.ended += 1


def _warn(act: Act, deadline: Deadline, limit: TimeLimit) -> None:
    deadline.warned_at = act.at
    act.record(EventKind.DEADLINE_WARNED, limit=limit.key, due_on=deadline.due_on.isoformat())
    subject = f"{act.dossier.reference} : {limit.label} avant le {deadline.due_on:%d/%m/%Y}"
    lettering.tell_the_team(act, f"warn:{deadline.pk}", subject, limit.owner)


def _mark_late(act: Act, deadline: Deadline, limit: TimeLimit) -> None:
    deadline.late_at, deadline.next_check_at = act.at, None
    act.record(EventKind.DEADLINE_MISSED, limit=limit.key, due_on=deadline.due_on.isoformat())
    subject = (
        f"{act.dossier.reference} : {limit.label}, en retard depuis le {deadline.due_on:%d/%m/%Y}"
    )
    for role in dict.fromkeys(filter(None, [limit.owner, limit.escalate_to])):
        lettering.tell_the_team(act, f"late:{deadline.pk}:{role}", subject, role)


def _end(act: Act, deadline: Deadline) -> None:
    """A right ends or a way opens; nobody is late."""
    deadline.state, deadline.next_check_at = Deadline.State.ENDED, None
    act.record(EventKind.DEADLINE_LAPSED, limit=deadline.key, due_on=deadline.due_on.isoformat())
