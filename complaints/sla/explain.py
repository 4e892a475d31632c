"""The words for a due date: one sentence for a complainant, a table for the staff."""

from collections.abc import Sequence
from datetime import timedelta

from complaints.sla.due import Due
from complaints.sla.limits import (
    Limit,
    Reading,
    phrase,
    phrase_reading,
    unit_words,
    which_date,
)
from complaints.sla.rows import Row, table
from complaints.sla.steps import Step
from complaints.sla.vocabulary import SkipReason, StepKind, Unit
from complaints.sla.words import (
    MONTHS,
    NBSP,
    WEEKDAYS,
    day_month,
    day_month_year,
    full_day,
    listed,
    period,
)

__all__ = ["BY", "FROM", "Row", "sentence", "table"]

BY, FROM = "au plus tard le", "à partir du"
OPEN_DAY = "premier jour suivant qui n’est ni un samedi, ni un dimanche, ni un jour férié"
NAMED_HOLIDAYS = 6


def sentence(due: Due, limit: Limit, what: str, turn: str = BY) -> str:
    """`what` opens the sentence: « Nous devons vous répondre », « Vous pouvez faire appel ».

    `turn` is FROM where the end of the limit opens a way instead of closing one: the way is open
    once the last day is over (R5), so from the next one.
    """
    if limit.is_none:
        return f"{what}, sans délai chiffré."
    if due.due_on is None or due.reading is None:
        return f"{what}, mais {_suspension(due, limit)}."
    steps = [step for step in due.steps if step.reading == due.reading]
    parts = [_counted(due, due.reading), _month_end(steps), _not_counted(steps)]
    why = "".join([*parts, _rolled(steps), _chosen(limit), _moved(steps)])
    on = due.due_on + timedelta(days=1) if turn == FROM else due.due_on
    return f"{what} {turn} {full_day(on)}{NBSP}: {why}."


def _counted(due: Due, reading: Reading) -> str:
    words = phrase_reading(reading)
    if reading.amount == 0:
        return words
    return f"{words} après le {day_month_year(due.steps[0].from_on)}"


def _month_end(steps: Sequence[Step]) -> str:
    """Art. 641: the month that has no such day ends the limit on its last one."""
    for step in steps:
        if step.kind == StepKind.SAME_DAY and step.to_on and step.to_on.day != step.from_on.day:
            month = MONTHS[step.to_on.month - 1]
            return f", c’est-à-dire le dernier jour {'d’' if month[0] in 'ao' else 'de '}{month}"
    return ""


def _not_counted(steps: Sequence[Step]) -> str:
    counts = [step for step in steps if step.kind == StepKind.COUNT]
    parts = [*_rest(counts), *_holidays(counts), *_pauses(steps)]
    return f", sans compter {listed(parts, 'ni')}" if parts else ""


def _rest(counts: Sequence[Step]) -> list[str]:
    rest = counts[0].rest if counts else ()
    if rest == (5, 6):
        return ["les week-ends"]
    return [f"les {WEEKDAYS[weekday]}s" for weekday in rest]


def _holidays(counts: Sequence[Step]) -> list[str]:
    if not counts or counts[0].reading is None or not _skips_holidays(counts[0].reading):
        return []
    skipped = [day for step in counts for day in step.skipped]
    days = [day_month(one.day) for one in skipped if one.reason == SkipReason.HOLIDAY]
    if not days:
        return ["les jours fériés"]
    if len(days) > NAMED_HOLIDAYS:
        return [f"les {len(days)} jours fériés de la période"]
    return [f"les jours fériés ({', '.join(days)})"]


def _skips_holidays(reading: Reading) -> bool:
    return reading.unit in {Unit.WORKED_DAYS, Unit.WORKABLE_DAYS}


def _pauses(steps: Sequence[Step]) -> list[str]:
    periods = [
        f"du {day_month_year(step.to_on)}"
        if step.from_on == step.to_on
        else period(step.from_on, step.to_on)
        for step in steps
        if step.kind == StepKind.PAUSE and step.count and step.to_on
    ]
    if not periods:
        return []
    noun = "la suspension" if len(periods) == 1 else "les suspensions"
    return [f"{noun} {listed(periods, 'et')}"]


def _rolled(steps: Sequence[Step]) -> str:
    for step in steps:
        if step.kind == StepKind.ROLL_OVER:
            first = step.skipped[0]
            holiday = f", jour férié ({first.name})" if first.reason == SkipReason.HOLIDAY else ""
            return (
                f"{NBSP}; comme le délai finit le {full_day(step.from_on)}{holiday},"
                f" la date est reportée au {OPEN_DAY}"
            )
    return ""


def _chosen(limit: Limit) -> str:
    if len(limit.readings) == 1:
        return ""
    readings = listed([phrase_reading(reading) for reading in limit.readings], "et")
    return f"{NBSP}; entre {readings}, c’est {which_date(limit)}"


def _moved(steps: Sequence[Step]) -> str:
    """What people changed, from the day the count had given."""
    moves = [s for s in steps if s.kind in {StepKind.EXTENSION, StepKind.SHORTENING}]
    if not moves:
        return ""
    first = f"{NBSP}; ce délai finissait le {full_day(moves[0].from_on)},"
    if moves[-1].kind == StepKind.SHORTENING:
        return f"{first} nous avons fixé une date plus proche"
    return f"{first} nous l’avons prolongé et vous avons écrit pourquoi"


def _suspension(due: Due, limit: Limit) -> str:
    since = next(
        step.from_on for step in due.steps if step.kind == StepKind.PAUSE and not step.to_on
    )
    if len(limit.readings) > 1:
        return (
            f"le délai ({phrase(limit)}) est suspendu depuis le {day_month_year(since)}"
            f"{NBSP}: la date sera fixée quand la suspension prendra fin"
        )
    return (
        f"le délai est suspendu depuis le {day_month_year(since)}{NBSP}:"
        f" {_remaining(due, limit.readings[0])}, quand la suspension prendra fin"
    )


def _remaining(due: Due, reading: Reading) -> str:
    lengths = [step.count for step in due.steps if step.kind == StepKind.SAME_DAY]
    total = lengths[0] if lengths else reading.amount
    left = total - sum(step.count for step in due.steps if step.kind == StepKind.COUNT)
    unit = Unit.CALENDAR_DAYS if lengths else reading.unit
    return f"il restera {left} {unit_words(left, unit)} à compter sur {total}"
