"""The same rules told day by day, slowly and without a shortcut, to judge the quick count."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from complaints.sla import Limit, Pause, Reading, Unit, WorkCalendar

ONE_DAY = timedelta(days=1)


def naive_end(
    reading: Reading,
    roll_over: bool,
    start_on: date,
    calendar: WorkCalendar,
    pauses: Sequence[Pause],
) -> date | None:
    """The day one reading ends, or None while a pause is open."""
    amount, counts = reading.amount, _counts(reading.unit, calendar)
    if reading.unit in (Unit.MONTHS, Unit.YEARS):
        months = amount if reading.unit == Unit.MONTHS else 12 * amount
        amount = (_months_later(start_on, months) - start_on).days
    day = start_on
    while amount:
        day += ONE_DAY
        if any(pause.start < day and pause.end is None for pause in pauses):
            return None
        paused = any(pause.start < day <= (pause.end or day) for pause in pauses)
        amount -= counts(day) and not paused
    while roll_over and (day.isoweekday() > 5 or day in calendar.holidays):
        day += ONE_DAY
    return day


def naive_due(
    limit: Limit, start_on: date, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> date | None:
    ends = [
        naive_end(reading, limit.roll_over, start_on, calendar, pauses)
        for reading in limit.readings
    ]
    if limit.favours == "complainant":
        return None if None in ends else max(ends)
    return min((end for end in ends if end), default=None)


def _counts(unit: Unit, calendar: WorkCalendar) -> Callable[[date], bool]:
    if unit == Unit.WORKED_DAYS:
        return lambda day: day.weekday() in calendar.working_week and day not in calendar.holidays
    if unit == Unit.WORKABLE_DAYS:
        return lambda day: day.strftime("%u") != "7" and day not in calendar.holidays
    return lambda day: True


def _months_later(start_on: date, months: int) -> date:
    """Month after month to the right one, then back from a day it may not have."""
    year, month = start_on.year, start_on.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for day in range(start_on.day, 0, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("a month has a first day")
