"""How a due date was reached, as data that can be stored, shown, and read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Self

from complaints.sla.limits import Reading
from complaints.sla.vocabulary import SkipReason, StepKind


class Skipped(NamedTuple):
    """A day passed over; `name` is the holiday's, also when it falls on a day of rest."""

    day: date
    reason: SkipReason
    name: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"day": self.day.isoformat(), "reason": self.reason.value, "name": self.name}

    @classmethod
    def from_dict(cls, raw: Mapping[str, str]) -> Self:
        return cls(date.fromisoformat(raw["day"]), SkipReason(raw["reason"]), raw["name"])


@dataclass(frozen=True, slots=True)
class Step:
    """One stretch, both days included, with the days counted in it.

    - START: the day of the event, not counted.
    - SAME_DAY: from the start to the same day of a later month; `count` in days.
    - COUNT: days counted, and those `skipped`; `rest` are the weekdays never counted (0 is Monday).
    - PAUSE: `count` days that would have counted without it; no `to_on` while it is open.
    - ROLL_OVER: from the day the count ended to the open day that follows.
    - EXTENSION, SHORTENING: from the day that was due to the day that people set; `count` in days.
    - END: the due day, and the reading that decided. NONE: nothing to count.
    """

    kind: StepKind
    from_on: date
    to_on: date | None
    count: int = 0
    reading: Reading | None = None
    skipped: tuple[Skipped, ...] = ()
    rest: tuple[int, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "from": self.from_on.isoformat(),
            "to": self.to_on.isoformat() if self.to_on else None,
            "count": self.count,
            "reading": self.reading.as_dict() if self.reading else None,
            "skipped": [skipped.as_dict() for skipped in self.skipped],
            "rest": list(self.rest),
        }

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        return cls(
            kind=StepKind(raw["kind"]),
            from_on=date.fromisoformat(raw["from"]),
            to_on=date.fromisoformat(raw["to"]) if raw["to"] else None,
            count=raw["count"],
            reading=Reading.from_dict(raw["reading"]) if raw["reading"] else None,
            skipped=tuple(Skipped.from_dict(skipped) for skipped in raw["skipped"]),
            rest=tuple(raw["rest"]),
        )
