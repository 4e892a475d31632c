"""Pauses of a time limit: what they take out of the count, and how they join."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from complaints.sla.calendars import WorkCalendar
from complaints.sla.errors import PauseError
from complaints.sla.words import NBSP
from complaints.sla.years import FIRST_YEAR, LAST_YEAR, is_countable


@dataclass(frozen=True, slots=True)
class Pause:
    """R7: from the day a request leaves to the day its answer arrives; open without an end.

    The days of ]start ; end] are not counted: the day of the request still is, and counting
    resumes on the day after the answer.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        for on in (self.start, self.end):
            if on is not None:
                _check_day(on)
        if self.end is not None and self.end < self.start:
            raise PauseError("Une suspension ne peut pas finir avant d’avoir commencé.")


def parse_pause(text: str, calendar: WorkCalendar) -> Pause:
    """`START/END`, days or instants; nothing after the slash while the pause is open.

    As for the start of a limit, an instant without an offset is read on the local clock.
    """
    start, slash, end = (part.strip() for part in text.partition("/"))
    if not slash or not start:
        raise PauseError(f"Une suspension s’écrit début/fin, et non «{NBSP}{text}{NBSP}».")
    return Pause(_local_day(start, calendar), _local_day(end, calendar) if end else None)


def merge(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """In order, without overlap, so that no day is taken out twice."""
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: pause.start):
        if merged and (merged[-1].end is None or pause.start <= merged[-1].end):
            merged[-1] = Pause(merged[-1].start, _latest(merged[-1].end, pause.end))
        else:
            merged.append(pause)
    return tuple(pause for pause in merged if pause.end != pause.start)


def _latest(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _local_day(text: str, calendar: WorkCalendar) -> date:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise PauseError(
            f"«{NBSP}{text}{NBSP}» n’est ni un jour (2026-09-10) ni un instant"
            " (2026-09-10T15:00:00+02:00)."
        ) from None
    return calendar.local_day(at) if at.tzinfo else at.date()


def _check_day(on: date) -> None:
    if isinstance(on, datetime) or not isinstance(on, date):
        raise PauseError("Une suspension va d’un jour à un autre, sans heure.")
    if not is_countable(on):
        raise PauseError(f"Une suspension tient entre {FIRST_YEAR} et {LAST_YEAR}.")
