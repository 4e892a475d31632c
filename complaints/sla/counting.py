"""One reading of a limit counted from its start: the day it ends, and every stretch on the way."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from complaints.sla.calendars import EVERY_DAY, WorkCalendar
from complaints.sla.days import Days, passed_over
from complaints.sla.limits import Reading
from complaints.sla.pauses import Pause
from complaints.sla.steps import Step
from complaints.sla.vocabulary import StepKind, Unit

MONTHS_IN = {Unit.MONTHS: 1, Unit.YEARS: 12}


class Counted(NamedTuple):
    """No day means the count is suspended."""

    reading: Reading
    ends_on: date | None
    steps: list[Step]


def count(
    reading: Reading, start_on: date, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> Counted:
    """R2 (art. 641): the day of the event is not counted, and nothing moves the start."""
    if reading.amount == 0:
        return Counted(reading, start_on, [])
    if reading.unit in MONTHS_IN:
        return _count_months(reading, start_on, calendar, pauses)
    days = _days(reading.unit, calendar, start_on)
    return _Walk(reading, calendar, days).through(start_on, reading.amount, pauses)


def same_day(start_on: date, months: int) -> date:
    """R4 (art. 641): the same day number, failing which the last day of the month, in one step."""
    year, month = divmod(start_on.year * 12 + start_on.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start_on.day, last))


def roll_over(counted: Counted, calendar: WorkCalendar) -> Counted:
    """R6: applied last, to the day the count ended."""
    if counted.ends_on is None:
        return counted
    open_on = calendar.roll_over(counted.ends_on)
    if open_on == counted.ends_on:
        return counted
    step = Step(
        StepKind.ROLL_OVER,
        counted.ends_on,
        open_on,
        (open_on - counted.ends_on).days,
        counted.reading,
        passed_over(counted.ends_on, open_on, calendar.holidays),
    )
    return Counted(counted.reading, open_on, [*counted.steps, step])


def _days(unit: Unit, calendar: WorkCalendar, start_on: date) -> Days:
    if unit == Unit.CALENDAR_DAYS:
        return EVERY_DAY
    calendar.require(start_on + timedelta(days=1))
    return calendar.worked if unit == Unit.WORKED_DAYS else calendar.workable


def _count_months(
    reading: Reading, start_on: date, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> Counted:
    """R4, and R7: a pause before the end turns the months into their number of days."""
    base_on = same_day(start_on, reading.amount * MONTHS_IN[reading.unit])
    length = (base_on - start_on).days
    step = Step(StepKind.SAME_DAY, start_on, base_on, length, reading)
    if not any(_touches(pause, start_on, base_on) for pause in pauses):
        return Counted(reading, base_on, [step])
    walked = _Walk(reading, calendar, EVERY_DAY).through(start_on, length, pauses)
    return Counted(reading, walked.ends_on, [step, *walked.steps])


def _touches(pause: Pause, start_on: date, base_on: date) -> bool:
    return pause.start < base_on and (pause.end is None or pause.end > start_on)


class _Walk(NamedTuple):
    """R7: from pause to pause, counting the stretches between them."""

    reading: Reading
    calendar: WorkCalendar
    days: Days

    def through(self, start_on: date, amount: int, pauses: Sequence[Pause]) -> Counted:
        at, left, steps = start_on.toordinal(), amount, []
        for pause in pauses:
            begins = max(at, pause.start.toordinal())
            ends = pause.end.toordinal() if pause.end else None
            if ends is not None and ends <= at:
                continue
            if self._ends_by(begins, at, left):
                break
            steps += self._stretch(at, begins)
            left -= self.days.count(at, begins)
            steps.append(self._pause(begins, ends))
            if ends is None:
                return Counted(self.reading, None, steps)
            at = ends
        end = self.days.nth(at, left)
        if end is None:
            raise self.calendar.exhausted()
        return Counted(self.reading, date.fromordinal(end), steps + self._stretch(at, end))

    def _ends_by(self, begins: int, at: int, left: int) -> bool:
        """A pause starting on or after the due day changes nothing."""
        end = self.days.nth(at, left)
        if end is None:
            self.calendar.require(date.fromordinal(begins))
        return end is not None and end <= begins

    def _stretch(self, after: int, upto: int) -> list[Step]:
        if after == upto:
            return []
        return [
            Step(
                StepKind.COUNT,
                date.fromordinal(after + 1),
                date.fromordinal(upto),
                self.days.count(after, upto),
                self.reading,
                self.days.skipped(after, upto),
                self.days.rest,
            )
        ]

    def _pause(self, begins: int, ends: int | None) -> Step:
        first_on = date.fromordinal(begins + 1)
        if ends is None:
            return Step(StepKind.PAUSE, first_on, None, 0, self.reading)
        taken = self.days.count(begins, ends)
        return Step(StepKind.PAUSE, first_on, date.fromordinal(ends), taken, self.reading)
