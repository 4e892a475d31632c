"""Facts start, meet, pause and resume time limits; each date is kept with its why."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from complaints import sla
from complaints.models import Calendar, Deadline, Dossier, Event
from complaints.workflow import TimeLimit
from complaints.workflow.vocabulary import Channel, EventKind, OnExpiry

WRITTEN = {Channel.ONLINE, Channel.EMAIL, Channel.POST, Channel.QUESTIONNAIRE}


def follow(dossier: Dossier, event: Event) -> None:
    """Apply one fact to the time limits of its dossier."""
    limits = dossier.rules.time_limits
    if event.kind in (EventKind.CLOSED, EventKind.ERASED):
        _cancel(dossier, rights=event.kind == EventKind.ERASED)
    concerned = [limit for limit in limits if event.kind in _heard(limit)]
    if not concerned:
        return
    pending = {deadline.key: deadline for deadline in dossier.deadlines.pending()}
    for limit in concerned:
        deadline = pending.get(limit.key)
        if deadline and event.kind in limit.met_by:
            _meet(deadline, event)
        elif deadline and event.kind in limit.pauses_on:
            _pause(deadline, limit, event)
        elif deadline and event.kind in limit.resumes_on:
            _resume(deadline, limit, event)
        elif not deadline and event.kind == limit.starts_on and _applies(limit, dossier):
            _start(dossier, limit, event)


def next_due_on(dossier: Dossier) -> date | None:
    """The nearest day something is due by the organisation; None when nothing is."""
    running = dossier.deadlines.filter(state=Deadline.State.RUNNING, is_duty=True)
    return running.filter(due_on__isnull=False).values_list("due_on", flat=True).first()


def next_check(deadline: Deadline, limit: TimeLimit, after: datetime) -> datetime | None:
    """The next instant at which the clock has something to do: a warning, then the end, once.

    The end may be past already, when a limit counts from a first letter that came long before.
    """
    if deadline.due_on is None or deadline.late_at:
        return None
    if deadline.late_from <= after:
        return after
    zone = ZoneInfo(deadline.dossier.organisation.time_zone)
    warnings = [
        datetime.combine(deadline.due_on - timedelta(days=days), time(), zone)
        for days in limit.warn_days
    ]
    return min(at for at in [*warnings, deadline.late_from] if at > after)


def _heard(limit: TimeLimit) -> set[EventKind]:
    return {limit.starts_on, *limit.met_by, *limit.pauses_on, *limit.resumes_on}


def _applies(limit: TimeLimit, dossier: Dossier) -> bool:
    """Nothing becomes due on a closed dossier; a right may still open."""
    if _is_duty(limit) and not dossier.is_open:
        return False
    return all(getattr(dossier, name) in values for name, values in limit.when.items() if values)


def _is_duty(limit: TimeLimit) -> bool:
    return limit.on_expiry in (OnExpiry.LATE, OnExpiry.CLOSE)


def _start(dossier: Dossier, limit: TimeLimit, event: Event) -> None:
    deadline = Deadline(
        dossier=dossier,
        key=limit.key,
        label=limit.label,
        internal=limit.internal,
        is_duty=_is_duty(limit),
        started_at=_starting_instant(dossier, limit, event),
    )
    _compute(deadline, limit, pauses=[], now=event.at)
    deadline.save()


def _starting_instant(dossier: Dossier, limit: TimeLimit, event: Event) -> datetime:
    """The fact's own instant, or the first writing when the limit says so and it came before."""
    first = dossier.expressed_on
    if not (limit.from_first_writing and first and dossier.first_channel in WRITTEN):
        return event.at
    zone = ZoneInfo(dossier.organisation.time_zone)
    return min(event.at, datetime.combine(first, time(12), zone))


def _compute(
    deadline: Deadline, limit: TimeLimit, *, pauses: list[list[str | None]], now: datetime
) -> None:
    """Count, and keep with the date everything that led to it."""
    counting = sla.parse_limit(limit.counting)
    organisation = deadline.dossier.organisation
    calendar = Calendar.objects.current(organisation.region)
    working = calendar.for_counting(organisation.working_days, organisation.time_zone)
    spans = [
        sla.Pause(date.fromisoformat(start), end and date.fromisoformat(end))
        for start, end in pauses
    ]
    result = sla.due(counting, deadline.started_at, working, spans)
    deadline.calendar = calendar
    deadline.due_on, deadline.late_from = result.due_on, result.late_from
    deadline.inputs = _inputs(deadline, limit, calendar, pauses)
    deadline.steps = result.as_dict()["steps"]
    turn = sla.FROM if limit.on_expiry == OnExpiry.OPEN_WINDOW else sla.BY
    deadline.sentence = sla.sentence(result, counting, limit.promise or limit.label, turn)
    suspended = Deadline.State.PAUSED if result.suspended else Deadline.State.RUNNING
    deadline.state = suspended
    deadline.next_check_at = None if result.suspended else next_check(deadline, limit, now)


def _inputs(
    deadline: Deadline, limit: TimeLimit, calendar: Calendar, pauses: list[list[str | None]]
) -> dict[str, Any]:
    return {
        "counting": dict(limit.counting),
        "started_at": deadline.started_at.isoformat(),
        "calendar": {"region": calendar.region, "version": calendar.version},
        "procedure_version": deadline.dossier.procedure_version_id,
        "pauses": pauses,
    }


def _meet(deadline: Deadline, event: Event) -> None:
    deadline.state = Deadline.State.MET
    deadline.met_at, deadline.met_by, deadline.next_check_at = event.at, event, None
    deadline.save()


def _pause(deadline: Deadline, limit: TimeLimit, event: Event) -> None:
    """What is late stays late: a question asked afterwards suspends nothing."""
    if deadline.late_at:
        return
    day = _local_day(deadline, event.at)
    _compute(deadline, limit, pauses=[*deadline.inputs["pauses"], [day, None]], now=event.at)
    deadline.save()


def _resume(deadline: Deadline, limit: TimeLimit, event: Event) -> None:
    """An answer to no question changes nothing: the date is not counted anew."""
    pauses = deadline.inputs["pauses"]
    if all(end for _start, end in pauses):
        return
    day = _local_day(deadline, event.at)
    closed = [[start, end or day] for start, end in pauses]
    _compute(deadline, limit, pauses=closed, now=event.at)
    deadline.save()


def _local_day(deadline: Deadline, at: datetime) -> str:
    zone = ZoneInfo(deadline.dossier.organisation.time_zone)
    return at.astimezone(zone).date().isoformat()


def _cancel(dossier: Dossier, *, rights: bool) -> None:
    """Nothing is due any more on a closed dossier; the complainant's rights end with the data."""
    pending = dossier.deadlines.pending()
    ended = pending if rights else pending.filter(is_duty=True)
    ended.update(state=Deadline.State.CANCELLED, next_check_at=None)
