"""On which day each move of a rehearsal is made: just in time, as a team that keeps its word.

A move that meets what the organisation owes is made on the last worked day that still keeps it:
one sees how long the complainant may have to wait, and that nothing is late. The moves before it
follow each other two worked days apart, and never later than that day. Where nothing is due, they
go on two worked days apart. The complainant answers after five days, or on the last day of a
button that is there only for a time.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from complaints.models import Deadline
from complaints.sla import WorkCalendar
from complaints.workflow import Move, Rules
from complaints.workflow.facts import WRITTEN_BY
from complaints.workflow.path import COMPLAINANT, who_presses
from complaints.workflow.vocabulary import OnExpiry

BETWEEN = 2
THEIR_DAYS = 5
MORNING = time(10)
NEXT = timedelta(minutes=10)
# No run of days off is longer; a calendar that knows no year knows no worked day either.
REST = 15


def instant_of(
    moves: Sequence[Move],
    after: datetime,
    deadlines: Iterable[Deadline],
    rules: Rules,
    calendar: WorkCalendar,
) -> datetime:
    """When the first of these moves is made, the others being still to come."""
    before_on = calendar.local_day(after)
    running = [d for d in deadlines if d.state == Deadline.State.RUNNING and d.due_on]
    if who_presses(moves[0]) == COMPLAINANT:
        wished = min([before_on + timedelta(days=THEIR_DAYS), *_window(moves[0], running)])
    else:
        wished = _in_time(moves, before_on, running, rules, calendar)
    at = datetime.combine(max(wished, before_on), MORNING, calendar.zone)
    return max(at, after + NEXT)


def _window(move: Move, running: Iterable[Deadline]) -> list[date]:
    return [deadline.due_on for deadline in running if deadline.key == move.within]


def _in_time(
    moves: Sequence[Move],
    before_on: date,
    running: Iterable[Deadline],
    rules: Rules,
    calendar: WorkCalendar,
) -> date:
    limits = {d: rules.time_limit(d.key) for d in running}
    duties = {
        deadline: frozenset(limit.met_by)
        for deadline, limit in limits.items()
        if limit.on_expiry == OnExpiry.LATE and not deadline.late_at
    }
    coming = frozenset().union(*(WRITTEN_BY[move.deed] for move in moves))
    # What no move to come will meet is late whatever is done, and hurries nobody.
    latest = [_worked_until(d.due_on, calendar) for d, met in duties.items() if met & coming]
    mine = [d for d, met in duties.items() if met & WRITTEN_BY[moves[0].deed]]
    return min([*latest, *([] if mine else [_worked_after(before_on, calendar)])])


def _worked_until(day: date, calendar: WorkCalendar) -> date:
    """That day if it is worked, else the last worked day before it."""
    for back in range(REST):
        on = day - timedelta(days=back)
        if calendar.worked.count(on.toordinal() - 1, on.toordinal()):
            return on
    return day


def _worked_after(day: date, calendar: WorkCalendar) -> date:
    found = calendar.worked.nth(day.toordinal(), BETWEEN)
    return date.fromordinal(found) if found else day + timedelta(days=BETWEEN)
