"""From a limit and the instant it starts to the day it falls due, with every step of the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from complaints.sla.calendars import WorkCalendar
from complaints.sla.counting import Counted, count, roll_over
from complaints.sla.limits import Limit, Reading
from complaints.sla.pauses import Pause, merge
from complaints.sla.steps import Step
from complaints.sla.vocabulary import Favours, StepKind


@dataclass(frozen=True, slots=True)
class Due:
    """R9: what is frozen with a deadline. Neither day nor suspension: there is no limit (R10).

    `late_from` is the first instant, in UTC, of the local day after `due_on`; `reading` is the
    one that decided.
    """

    due_on: date | None
    late_from: datetime | None
    suspended: bool
    reading: Reading | None
    steps: tuple[Step, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "late_from": self.late_from.isoformat() if self.late_from else None,
            "suspended": self.suspended,
            "reading": self.reading.as_dict() if self.reading else None,
            "steps": [step.as_dict() for step in self.steps],
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        return cls(
            due_on=date.fromisoformat(raw["due_on"]) if raw["due_on"] else None,
            late_from=datetime.fromisoformat(raw["late_from"]) if raw["late_from"] else None,
            suspended=raw["suspended"],
            reading=Reading.from_dict(raw["reading"]) if raw["reading"] else None,
            steps=tuple(Step.from_dict(step) for step in raw["steps"]),
        )


def due(
    limit: Limit, started_at: datetime, calendar: WorkCalendar, pauses: Sequence[Pause] = ()
) -> Due:
    """R1 to R10, from the local day of `started_at`; raises SlaError, never a guess."""
    start_on = calendar.local_day(started_at)
    start = Step(StepKind.START, start_on, start_on)
    if limit.is_none:
        return Due(None, None, False, None, (start, Step(StepKind.NONE, start_on, None)))
    merged = merge(pauses) if pauses else ()
    counts = [count(reading, start_on, calendar, merged) for reading in limit.readings]
    if limit.roll_over:
        counts = [roll_over(counted, calendar) for counted in counts]
    steps = (start, *(step for counted in counts for step in counted.steps))
    return _decided(_decisive(counts, limit.favours), steps, calendar)


def _decisive(counts: Sequence[Counted], favours: Favours) -> Counted | None:
    """R8. None while suspended: a right waits for every reading, a duty for none."""
    dated = [counted for counted in counts if counted.ends_on is not None]
    if favours == Favours.ORGANISATION:
        return min(dated, key=_end, default=None)
    return max(dated, key=_end) if len(dated) == len(counts) else None


def _end(counted: Counted) -> date:
    return counted.ends_on or date.max


def _decided(decisive: Counted | None, steps: tuple[Step, ...], calendar: WorkCalendar) -> Due:
    if decisive is None or decisive.ends_on is None:
        return Due(None, None, True, None, steps)
    due_on = decisive.ends_on
    end = Step(StepKind.END, due_on, due_on, reading=decisive.reading)
    return Due(due_on, calendar.late_from(due_on), False, decisive.reading, (*steps, end))
