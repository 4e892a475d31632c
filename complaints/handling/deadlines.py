"""Facts start, meet, pause and resume time limits; facts about the dossier change which apply."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from complaints import sla
from complaints.handling import counting
from complaints.handling.counting import next_check
from complaints.handling.standing import is_over
from complaints.models import Deadline, Dossier, Event
from complaints.workflow import Rules, TimeLimit
from complaints.workflow.vocabulary import UNGRADED, EventKind, OnExpiry

# A limit that only these meet is a duty to write to somebody.
WRITES_BACK = frozenset({EventKind.ACKNOWLEDGED, EventKind.NOTICE_GIVEN})
# What decides of a time limit’s days; the rest is words, and who is told.
COUNTED = (
    "starts_on",
    "counting",
    "met_by",
    "on_expiry",
    "from_first_writing",
    "pauses_on",
    "resumes_on",
    "when",
)
MOVES = {
    EventKind.DELAY_NOTIFIED: sla.StepKind.EXTENSION,
    EventKind.APPEAL_EXTENDED: sla.StepKind.EXTENSION,
    EventKind.DEADLINE_SET: sla.StepKind.SHORTENING,
}


def follow(dossier: Dossier, event: Event) -> list[Deadline]:
    """Apply one fact to the time limits of its dossier; returns those that it begins."""
    touched = list(_touched(dossier, event))
    for deadline in touched:
        if deadline.pk:
            deadline.save()
    # After those whose place they take: two of one limit never run at once.
    begun = Deadline.objects.bulk_create(deadline for deadline in touched if not deadline.pk)
    # What the closure itself meets is met, not without object.
    if event.kind in (EventKind.CLOSED, EventKind.ERASED):
        _cancel(dossier, rights=event.kind == EventKind.ERASED)
    return begun


def foretold(dossier: Dossier, kind: EventKind, at: datetime) -> list[Deadline]:
    """The deadlines that this fact would touch, as it would leave them; nothing is saved.

    A letter that goes with a fact tells so of what only the fact starts (IH-27).
    """
    event = Event(dossier=dossier, kind=kind, at=at, number=dossier.event_count + 1)
    return list(_touched(dossier, event))


def regrade(dossier: Dossier, fact: EventKind, now: datetime) -> list[dict[str, Any]]:
    """Severity, complexity or kind changed: replace the limits that no longer apply (R9).

    Those that now apply count from their own start event, as if they had from the beginning.
    A limit that `fact` meets is left to it. Returns what changed, for the journal.
    """
    limits = [
        limit for limit in dossier.rules.time_limits if limit.when and fact not in limit.met_by
    ]
    pending = {deadline.key: deadline for deadline in dossier.deadlines.pending()}
    gone = [p for p in limits if p.key in pending and not _applies(p, dossier)]
    come = [limit for limit in limits if limit.key not in pending and _applies(limit, dossier)]
    for limit in gone:
        _replaced(pending[limit.key]).save()
    events = list(dossier.events.order_by("number")) if come else []
    begun = [deadline for limit in come if (deadline := _replay(dossier, limit, events, now))]
    for deadline in begun:
        deadline.save()
    return [
        *(_change(pending[limit.key], before=True) for limit in gone),
        *(_change(deadline, before=False) for deadline in begun),
    ]


def recount(dossier: Dossier, before: Rules, now: datetime) -> list[dict[str, Any]]:
    """The dossier follows other rules than `before`: count anew the limits that changed (R9).

    Each is lived again from the journal, from its own start. What was met or has ended stays so,
    under the promise made then; a limit whose count is the same keeps its date and its calendar,
    and takes the new words. Returns what changed, as `regrade` does.
    """
    former = {limit.key: limit for limit in before.time_limits}
    pending = {d.key: d for d in dossier.deadlines.pending().select_related("calendar")}
    past = dossier.deadlines.filter(state__in=[Deadline.State.MET, Deadline.State.ENDED])
    settled = set(past.values_list("key", flat=True)) - pending.keys()
    events = list(dossier.events.order_by("number"))
    changes: list[dict[str, Any]] = []
    for limit in dossier.rules.time_limits:
        if limit == former.get(limit.key) or limit.key in settled:
            continue
        was = pending.get(limit.key)
        if _counts_as(former.get(limit.key), limit):
            _reword(was, limit, now)
            continue
        becomes = _replay(dossier, limit, events, now) if _applies(limit, dossier) else None
        changes += _succeed(was, becomes)
    return changes


def ends_at_closure(limit: TimeLimit) -> bool:
    """Whether a closed dossier leaves it without object: a duty, or the silence that closes it."""
    return limit.on_expiry in (OnExpiry.LATE, OnExpiry.CLOSE)


def _touched(dossier: Dossier, event: Event) -> Iterator[Deadline]:
    """The deadlines that this fact changes or starts, not saved yet."""
    concerned = [limit for limit in dossier.rules.time_limits if event.kind in _heard(limit)]
    # The first fact of a dossier finds nothing that runs.
    runs = concerned and event.number > 1
    pending = {d.key: d for d in dossier.deadlines.pending()} if runs else {}
    calendar = counting.InForce(dossier.organisation)
    for limit in concerned:
        deadline = pending.get(limit.key)
        if deadline and _hear(deadline, limit, event):
            yield deadline
        elif _starts(deadline, limit, event) and _applies(limit, dossier):
            yield from [_replaced(deadline)] if deadline else []
            yield _begin(limit, event, calendar)


def _starts(pending: Deadline | None, limit: TimeLimit, event: Event) -> bool:
    """A duty is not put off by starting again; a second response gives its whole time anew."""
    stays = limit.on_expiry == OnExpiry.LATE or event.kind in limit.pauses_on
    starts = event.kind == limit.starts_on and _waited_for(limit, event)
    return starts and not (pending and stays)


def _waited_for(limit: TimeLimit, event: Event) -> bool:
    """Whether that reception is the one that the limit waits for: by these channels only (IH-A6).

    The writing that follows a call starts what waited for a writing, and nothing else again.
    """
    if event.kind != EventKind.RECEIVED:
        return True
    channels = limit.when.get("channel")
    if channels:
        return event.data.get("channel", channels[0]) in channels
    return limit.from_first_writing or not event.data.get("writing")


def _heard(limit: TimeLimit) -> set[EventKind]:
    return {limit.starts_on, *limit.met_by, *limit.pauses_on, *limit.resumes_on}


def _applies(limit: TimeLimit, dossier: Dossier) -> bool:
    """Nothing becomes due on a closed dossier, and nobody is told that a sheet of ours came."""
    if ends_at_closure(limit) and not dossier.is_open:
        return False
    writes_back = bool(limit.met_by) and WRITES_BACK.issuperset(limit.met_by)
    if writes_back and not dossier.has_somebody_to_answer:
        return False
    return all(
        (getattr(dossier, name) or UNGRADED) in values
        for name, values in limit.when.items()
        if values
    )


def _begin(limit: TimeLimit, event: Event, calendar: counting.InForce) -> Deadline:
    """The deadline that this fact starts, not saved yet."""
    deadline = Deadline(
        dossier=event.dossier,
        key=limit.key,
        label=limit.label,
        internal=limit.internal,
        is_duty=limit.on_expiry == OnExpiry.LATE,  # a silence is the complainant’s, not ours
        started_at=counting.starting_instant(limit, event),
    )
    counting.prepare(deadline, limit, event, calendar)
    counting.compute(deadline, limit, event.at)
    return deadline


def _hear(deadline: Deadline, limit: TimeLimit, event: Event) -> bool:
    """Meet, pause or resume; False when the fact changes nothing."""
    if event.kind in limit.met_by:
        deadline.state = Deadline.State.MET
        deadline.met_at, deadline.met_by, deadline.next_check_at = event.at, event, None
        return True
    if event.kind in limit.pauses_on:
        return _pause(deadline, limit, event)
    # An answer to no question changes nothing: the date is not counted anew.
    if event.kind in limit.resumes_on and counting.resume(deadline, event.at):
        counting.compute(deadline, limit, event.at)
        return True
    return False


def _pause(deadline: Deadline, limit: TimeLimit, event: Event) -> bool:
    """What is late stays late: a question asked afterwards suspends nothing."""
    if deadline.late_at or is_over(deadline, event.at):
        return False
    counting.pause(deadline, event.at)
    counting.compute(deadline, limit, event.at)
    return True


def _replay(
    dossier: Dossier, limit: TimeLimit, events: Iterable[Event], now: datetime
) -> Deadline | None:
    """The deadline this limit would have today, had it applied from the first fact; not saved."""
    deadline, calendar = None, counting.InForce(dossier.organisation)
    for event in events:
        closes = event.kind == EventKind.CLOSED and ends_at_closure(limit)
        if closes or (deadline and _is_over_after(deadline, limit, event)):
            deadline = None
        elif _starts(deadline, limit, event):
            deadline = _begin(limit, event, calendar)
    if deadline:
        deadline.next_check_at = next_check(deadline, limit, now)
    return deadline


def _is_over_after(deadline: Deadline, limit: TimeLimit, event: Event) -> bool:
    """Live one fact again: what it says of this very limit, then what the limit hears of it."""
    if event.data.get("limit") == limit.key:
        if event.kind == EventKind.DEADLINE_LAPSED:
            return True
        _recall(deadline, limit, event)
    return _hear(deadline, limit, event) and deadline.met_at is not None


def _recall(deadline: Deadline, limit: TimeLimit, event: Event) -> None:
    """A day that people moved is still moved, a lateness already told is not told again."""
    if event.kind in MOVES:
        counting.move(deadline, MOVES[event.kind], date.fromisoformat(event.data["due_on"]))
        counting.compute(deadline, limit, event.at)
    elif event.kind == EventKind.DEADLINE_MISSED and is_over(deadline, event.at):
        deadline.late_at = event.at


def _counts_as(former: TimeLimit | None, limit: TimeLimit) -> bool:
    """Whether both would give the same days to the same dossier."""
    return former is not None and all(
        getattr(former, name) == getattr(limit, name) for name in COUNTED
    )


def _reword(deadline: Deadline | None, limit: TimeLimit, now: datetime) -> None:
    """The same date from the same inputs, under the limit's new name, sentence and warnings."""
    if deadline is None:
        return
    deadline.label, deadline.internal = limit.label, limit.internal
    counting.compute(deadline, limit, now)
    deadline.save()


def _succeed(was: Deadline | None, becomes: Deadline | None) -> list[dict[str, Any]]:
    """One takes the other's place; told only if the day, or whether it runs, is another."""
    if was:
        standing = was.due_on, was.state
        _replaced(was).save()
    if becomes:
        becomes.save()
    if was and becomes and standing == (becomes.due_on, becomes.state):
        return []
    gone = [_change(was, before=True)] if was else []
    return [*gone, *([_change(becomes, before=False)] if becomes else [])]


def _replaced(deadline: Deadline) -> Deadline:
    deadline.state, deadline.next_check_at = Deadline.State.REPLACED, None
    return deadline


def _change(deadline: Deadline, *, before: bool) -> dict[str, Any]:
    due_on = deadline.due_on.isoformat() if deadline.due_on else None
    return {"limit": deadline.key, "was" if before else "is": due_on}


def _cancel(dossier: Dossier, *, rights: bool) -> None:
    """Nothing is due any more on a closed dossier; the complainant's rights end with the data."""
    pending = dossier.deadlines.pending()
    silences = [limit.key for limit in dossier.rules.time_limits if ends_at_closure(limit)]
    ended = pending if rights else pending.filter(Q(is_duty=True) | Q(key__in=silences))
    ended.update(state=Deadline.State.CANCELLED, next_check_at=None)
