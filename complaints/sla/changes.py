"""A due day that people moved: prolonged with reasons, or brought nearer by the team."""

from datetime import date

from complaints.sla.calendars import WorkCalendar
from complaints.sla.due import Due
from complaints.sla.steps import Step
from complaints.sla.vocabulary import StepKind


def prolonged(found: Due, to_on: date, calendar: WorkCalendar) -> Due:
    """Due on a later day. A count that ends there or later anyway stays as it is."""
    if found.due_on is None or to_on <= found.due_on:
        return found
    return _moved(found, StepKind.EXTENSION, found.due_on, to_on, calendar)


def shortened(found: Due, to_on: date, calendar: WorkCalendar) -> Due:
    """Due on an earlier day. A count that ends there or earlier anyway stays as it is (CM-A7)."""
    if found.due_on is None or to_on >= found.due_on:
        return found
    return _moved(found, StepKind.SHORTENING, found.due_on, to_on, calendar)


def _moved(found: Due, kind: StepKind, from_on: date, to_on: date, calendar: WorkCalendar) -> Due:
    """The last step, the end, is said again after the move."""
    move = Step(kind, from_on, to_on, abs((to_on - from_on).days), found.reading)
    end = Step(StepKind.END, to_on, to_on, reading=found.reading)
    steps = (*found.steps[:-1], move, end)
    return Due(to_on, calendar.late_from(to_on), False, found.reading, steps)
