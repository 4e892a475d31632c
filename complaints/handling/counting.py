"""The date of a deadline, kept with all that led to it; counted again, it starts from the same.

`Deadline.inputs` holds what a recount needs (R9): the count, the start, the calendar's version,
the week and the zone of the organisation on that day, the pauses, and the days that people moved.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from complaints import sla
from complaints.handling.calendars import refresh_calendars
from complaints.models import Calendar, Deadline, Event, Organisation
from complaints.workflow import TimeLimit
from complaints.workflow.vocabulary import WRITTEN, EventKind, OnExpiry

log = logging.getLogger(__name__)

CHANGES = {
    sla.StepKind.EXTENSION.value: sla.prolonged,
    sla.StepKind.SHORTENING.value: sla.shortened,
}


@dataclass
class InForce:
    """The calendar that an organisation counts with today, read when it is first asked for."""

    organisation: Organisation
    found: Calendar | None = None

    def at(self, now: datetime) -> Calendar:
        """The newest of its region; an installation that nobody prepared seeds it now."""
        if self.found is None:
            try:
                self.found = Calendar.objects.current(self.organisation.region)
            except Calendar.DoesNotExist:
                refresh_calendars(now)
                self.found = Calendar.objects.current(self.organisation.region)
        return self.found


def prepare(deadline: Deadline, limit: TimeLimit, event: Event, calendar: InForce) -> None:
    """Give a new deadline what its count needs, as things are today."""
    organisation = deadline.dossier.organisation
    deadline.calendar = calendar.at(event.at)
    deadline.inputs = {
        "counting": dict(limit.counting),
        "event": event.number,
        "started_at": deadline.started_at.isoformat(),
        "calendar": {"region": deadline.calendar.region, "version": deadline.calendar.version},
        "working_week": organisation.working_week,
        "time_zone": organisation.time_zone,
        "procedure_version": deadline.dossier.procedure_version_id,
        "pauses": [],
        "moved": [],
    }


def happened_at(event: Event) -> datetime:
    """When it happened: what came on paper came before somebody typed it in."""
    received = event.data.get("received_at") if event.kind == EventKind.RECEIVED else None
    return datetime.fromisoformat(received) if received else event.at


def starting_instant(limit: TimeLimit, event: Event) -> datetime:
    """The fact's own instant, or the first writing when the limit says so and it came before."""
    dossier, at = event.dossier, happened_at(event)
    first = dossier.expressed_on
    if not (limit.from_first_writing and first and dossier.first_channel in WRITTEN):
        return at
    try:
        zone = ZoneInfo(dossier.organisation.time_zone)
    except (LookupError, OSError, ValueError):  # unknown: no date can be counted, and that is told
        return at
    return min(at, datetime.combine(first, time(12), zone))


def compute(deadline: Deadline, limit: TimeLimit, now: datetime) -> None:
    """Count from the stored inputs; a date that cannot be counted stops no deed, and is told."""
    counting = sla.parse_limit(limit.counting)
    what = limit.promise or limit.label
    try:
        result = _counted(deadline, counting)
    except sla.SlaError as error:
        log.error("Échéance « %s » de %s : %s", limit.label, deadline.dossier.reference, error)
        deadline.inputs["error"] = str(error)
        result = sla.Due(None, None, False, None, ())
        deadline.sentence = f"{what}. La date vous sera précisée."
    else:
        deadline.inputs.pop("error", None)
        turn = sla.FROM if limit.on_expiry == OnExpiry.OPEN_WINDOW else sla.BY
        deadline.sentence = sla.sentence(result, counting, what, turn)
    deadline.due_on, deadline.late_from = result.due_on, result.late_from
    deadline.steps = result.as_dict()["steps"]
    deadline.state = Deadline.State.PAUSED if result.suspended else Deadline.State.RUNNING
    deadline.next_check_at = next_check(deadline, limit, now)


def next_check(deadline: Deadline, limit: TimeLimit, after: datetime) -> datetime | None:
    """The next instant at which the clock has something to do: a warning, then the end, once.

    The end may be past already, when a limit counts from a first letter that came long before.
    """
    if deadline.due_on is None or deadline.late_at:
        return None
    if deadline.late_from <= after:
        return after
    zone = ZoneInfo(deadline.inputs["time_zone"])
    warnings = [
        datetime.combine(deadline.due_on - timedelta(days=days), time(), zone)
        for days in limit.warn_days
    ]
    return min(at for at in [*warnings, deadline.late_from] if at > after)


def promised_on(deadline: Deadline) -> date | None:
    """The day the procedure gives, announced extensions included, whatever the team aims at."""
    moved = [move for move in deadline.inputs["moved"] if _is_extension(move)]
    return _counted(deadline, sla.parse_limit(deadline.inputs["counting"]), moved).due_on


def due_on(deadline: Deadline, counting: sla.Limit) -> date | None:
    """The day of another length from the same start, with the same pauses, nothing moved.

    Raises sla.CalendarExhausted past the years whose holidays are known.
    """
    return _counted(deadline, counting, []).due_on


def calendar_of(deadline: Deadline) -> sla.WorkCalendar:
    """The holidays, the week and the zone it was counted with; a recount uses the same."""
    days = enumerate(deadline.inputs["working_week"])
    week = frozenset(day for day, worked in days if worked == "1")
    return deadline.calendar.for_counting(week, deadline.inputs["time_zone"])


def move(deadline: Deadline, kind: sla.StepKind, to_on: date) -> None:
    """Note a day that people set; an extension takes the place of a nearer day."""
    moved = deadline.inputs["moved"]
    if kind == sla.StepKind.EXTENSION:
        moved = [earlier for earlier in moved if _is_extension(earlier)]
    deadline.inputs["moved"] = [*moved, {"kind": kind.value, "to": to_on.isoformat()}]


def extensions(deadline: Deadline) -> int:
    """How often it was prolonged."""
    return sum(_is_extension(move) for move in deadline.inputs["moved"])


def pause(deadline: Deadline, at: datetime) -> None:
    """Suspend from that day. The nearer day that the team had set no longer stands."""
    pauses, moved = deadline.inputs["pauses"], deadline.inputs["moved"]
    deadline.inputs["pauses"] = [*pauses, [_local_day(deadline, at), None]]
    deadline.inputs["moved"] = [move for move in moved if _is_extension(move)]


def resume(deadline: Deadline, at: datetime) -> bool:
    """Count again after that day; False when nothing was suspended."""
    pauses = deadline.inputs["pauses"]
    if all(end for _start, end in pauses):
        return False
    day = _local_day(deadline, at)
    deadline.inputs["pauses"] = [[start, end or day] for start, end in pauses]
    return True


def _counted(
    deadline: Deadline, counting: sla.Limit, moved: list[dict[str, Any]] | None = None
) -> sla.Due:
    inputs, calendar = deadline.inputs, calendar_of(deadline)
    pauses = [
        sla.Pause(date.fromisoformat(start), end and date.fromisoformat(end))
        for start, end in inputs["pauses"]
    ]
    result = sla.due(counting, deadline.started_at, calendar, pauses)
    for change in inputs["moved"] if moved is None else moved:
        result = CHANGES[change["kind"]](result, date.fromisoformat(change["to"]), calendar)
    return result


def _is_extension(change: dict[str, Any]) -> bool:
    return change["kind"] == sla.StepKind.EXTENSION


def _local_day(deadline: Deadline, at: datetime) -> str:
    zone = ZoneInfo(deadline.inputs["time_zone"])
    return at.astimezone(zone).date().isoformat()
