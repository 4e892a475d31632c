"""Lists of days that count, ready for a search by halves instead of a walk day by day."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol, Self

from complaints.sla.steps import Skipped
from complaints.sla.vocabulary import SkipReason

WEEKEND = frozenset({5, 6})


class Days(Protocol):
    """Days as ordinals. Stretches are ]after ; upto]: the first excluded, the last included."""

    @property
    def rest(self) -> tuple[int, ...]:
        """Weekdays never counted, 0 being Monday."""

    def nth(self, after: int, n: int) -> int | None:
        """The n-th counted day after that one; None when the list ends before."""

    def count(self, after: int, upto: int) -> int: ...

    def skipped(self, after: int, upto: int) -> tuple[Skipped, ...]: ...


@dataclass(frozen=True)
class EveryDay:
    """R3: calendar days, all of them."""

    rest: tuple[int, ...] = ()

    def nth(self, after: int, n: int) -> int:
        return after + n

    def count(self, after: int, upto: int) -> int:
        return upto - after

    def skipped(self, after: int, upto: int) -> tuple[Skipped, ...]:
        return ()


@dataclass(frozen=True)
class ListedDays:
    """The days of some years that are neither a day of rest nor a holiday, in order."""

    rest: tuple[int, ...]
    counted: list[int] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)
    reasons: list[Skipped] = field(default_factory=list)

    @classmethod
    def build(
        cls, first_on: date, last_on: date, holidays: Mapping[date, str], week: Iterable[int]
    ) -> Self:
        listed = cls(tuple(sorted(set(range(7)) - set(week))))
        for ordinal in range(first_on.toordinal(), last_on.toordinal() + 1):
            skipped = _skipped(date.fromordinal(ordinal), listed.rest, holidays)
            if skipped is None:
                listed.counted.append(ordinal)
            else:
                listed.passed.append(ordinal)
                listed.reasons.append(skipped)
        return listed

    def nth(self, after: int, n: int) -> int | None:
        index = bisect_right(self.counted, after) + n - 1
        return self.counted[index] if index < len(self.counted) else None

    def count(self, after: int, upto: int) -> int:
        return bisect_right(self.counted, upto) - bisect_right(self.counted, after)

    def skipped(self, after: int, upto: int) -> tuple[Skipped, ...]:
        passed = self.passed
        return tuple(self.reasons[bisect_right(passed, after) : bisect_right(passed, upto)])


@lru_cache(maxsize=64)
def listed_days(
    covers: tuple[int, int], holidays: tuple[tuple[date, str], ...], week: frozenset[int]
) -> ListedDays:
    """Shared by every calendar with the same content, however often it is read from the store."""
    first, last = covers
    return ListedDays.build(date(first, 1, 1), date(last, 12, 31), dict(holidays), week)


def passed_over(on: date, until_on: date, holidays: Mapping[date, str]) -> tuple[Skipped, ...]:
    """Saturdays, Sundays and holidays from one day to the eve of another (art. 642)."""
    days = (on + timedelta(days=offset) for offset in range((until_on - on).days))
    found = (_skipped(day, tuple(WEEKEND), holidays) for day in days)
    return tuple(skipped for skipped in found if skipped)


def _skipped(on: date, rest: tuple[int, ...], holidays: Mapping[date, str]) -> Skipped | None:
    """A day of rest is one before it is a holiday: on a Saturday, 8 May takes nothing away."""
    name = holidays.get(on, "")
    if on.weekday() in rest:
        reason = SkipReason.WEEKEND if on.weekday() in WEEKEND else SkipReason.REST
        return Skipped(on, reason, name)
    return Skipped(on, SkipReason.HOLIDAY, name) if on in holidays else None
