"""The detailed count for the staff: a line for every stretch and for every day passed over."""

from collections.abc import Iterator
from dataclasses import dataclass

from complaints.sla.due import Due
from complaints.sla.limits import phrase_reading, unit_words
from complaints.sla.steps import Skipped, Step
from complaints.sla.vocabulary import SkipReason, StepKind, Unit
from complaints.sla.words import NBSP, day_month_year, full_day, period

# These steps lead from the day of the step before to their own.
TO_A_DAY = {StepKind.ROLL_OVER, StepKind.EXTENSION, StepKind.SHORTENING}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the staff's table: a step, or a day skipped inside it when `skipped` is set."""

    kind: StepKind
    when: str
    what: str
    skipped: SkipReason | None = None


def table(due: Due) -> list[Row]:
    """Every stretch, every day skipped, in the order of the count."""
    return [row for step in due.steps for row in _rows(step)]


def _rows(step: Step) -> Iterator[Row]:
    yield Row(step.kind, _when(step), _what(step))
    for skipped in step.skipped:
        yield Row(step.kind, full_day(skipped.day), _why_skipped(skipped), skipped.reason)


def _when(step: Step) -> str:
    if step.to_on is None:
        return f"depuis le {day_month_year(step.from_on)}"
    if step.kind in TO_A_DAY or step.from_on == step.to_on:
        return full_day(step.to_on)
    return period(step.from_on, step.to_on)


def _what(step: Step) -> str:
    match step.kind:
        case StepKind.START:
            return "Jour de l’événement, non compté"
        case StepKind.SAME_DAY:
            return f"{_reading(step)}, de quantième à quantième ({step.count} jours)"
        case StepKind.COUNT:
            return _what_counted(step)
        case StepKind.PAUSE:
            return _what_paused(step)
        case StepKind.ROLL_OVER:
            return f"Report depuis le {full_day(step.from_on)}"
        case StepKind.EXTENSION:
            return f"Prolongation{NBSP}: le délai finissait le {full_day(step.from_on)}"
        case StepKind.SHORTENING:
            return f"Date rapprochée{NBSP}: le délai finissait le {full_day(step.from_on)}"
        case StepKind.END:
            return f"Échéance ({_reading(step)}), en retard dès le lendemain"
        case _:
            return "Aucun délai chiffré, aucune échéance"


def _reading(step: Step) -> str:
    return phrase_reading(step.reading) if step.reading else ""


def _what_counted(step: Step) -> str:
    return f"{_days(step)} (délai{NBSP}: {_reading(step)})"


def _what_paused(step: Step) -> str:
    if step.to_on is None:
        return "Suspension en cours, plus rien n’est compté"
    if step.count == 0:
        return "Suspension sans effet, aucun de ces jours n’aurait compté"
    return f"Suspension, {_days(step)} en moins dans le décompte"


def _days(step: Step) -> str:
    """Months are counted in calendar days once a pause has broken them."""
    unit = step.reading.unit if step.reading else Unit.CALENDAR_DAYS
    if unit in {Unit.MONTHS, Unit.YEARS}:
        unit = Unit.CALENDAR_DAYS
    return f"{step.count} {unit_words(step.count, unit)}"


def _why_skipped(skipped: Skipped) -> str:
    if skipped.reason == SkipReason.HOLIDAY:
        return f"Jour férié, non compté{NBSP}: {skipped.name}"
    reason = skipped.reason.label.capitalize()
    return f"{reason}, non compté" + (f" (férié{NBSP}: {skipped.name})" if skipped.name else "")
