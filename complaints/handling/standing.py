"""How the time limits of a dossier stand at an instant: what is due next, what still runs."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from complaints.models import Deadline, Dossier
from complaints.workflow import Window

PENDING = (Deadline.State.RUNNING, Deadline.State.PAUSED)


def next_due_on(dossier: Dossier) -> date | None:
    """The nearest day something is due by the organisation; None when nothing is."""
    running = dossier.deadlines.filter(state=Deadline.State.RUNNING, is_duty=True)
    return running.filter(due_on__isnull=False).values_list("due_on", flat=True).first()


def first_due_on(deadlines: Iterable[Deadline]) -> date | None:
    """The same of a dossier whose deadlines are these, all just begun."""
    duties = (d for d in deadlines if d.is_duty and d.state == Deadline.State.RUNNING)
    return min((duty.due_on for duty in duties if duty.due_on), default=None)


def is_over(deadline: Deadline, at: datetime) -> bool:
    """Whether its last day has passed, seen by the clock or not yet."""
    return deadline.late_from is not None and deadline.late_from <= at


def windows(dossier: Dossier, keys: Collection[str], at: datetime) -> dict[str, Window]:
    """How each of these time limits stands at that time: the last deadline of that key.

    Reads the prefetched deadlines when there are; what has not begun is left out. What is over
    no longer runs, whether the clock has seen it or not.
    """
    found = sorted(dossier.deadlines.all(), key=lambda deadline: deadline.pk)
    return {
        deadline.key: Window(
            runs=deadline.state in PENDING and not is_over(deadline, at),
            last_day=deadline.due_on,
            over=deadline.state in (*PENDING, Deadline.State.ENDED) and is_over(deadline, at),
        )
        for deadline in found
        if deadline.key in keys
    }
