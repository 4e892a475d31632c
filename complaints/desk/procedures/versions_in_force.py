"""Which version of a procedure was in force on a day, as the organisation counts its days."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from complaints.models import Procedure, ProcedureVersion
from complaints.sla.words import day_month_year


@dataclass(frozen=True)
class Answer:
    """That day: the version in force as it began, and those that took its place before its end.

    `first`: the first version ever, to say since when there is one.
    """

    on: date
    version: ProcedureVersion | None
    changes: list[ProcedureVersion] = field(default_factory=list)
    first: ProcedureVersion | None = None

    @property
    def words(self) -> str:
        """« 1er mars 2026 »."""
        return day_month_year(self.on)


def in_force_on(procedure: Procedure, on: date) -> Answer:
    """What was in force on that day; a day to come is answered as things are today."""
    zone = procedure.organisation.clock
    begins = datetime.combine(on, time(), zone)
    ends = datetime.combine(on + timedelta(days=1), time(), zone)
    versions = procedure.versions.defer("definition")
    before = versions.filter(in_force_at__lt=begins).order_by("-in_force_at", "-number").first()
    that_day = versions.filter(in_force_at__gte=begins, in_force_at__lt=ends)
    changes = list(that_day.order_by("in_force_at", "number"))
    first = None if before else versions.order_by("in_force_at", "number").first()
    return Answer(on, before, changes, first)
