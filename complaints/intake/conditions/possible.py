"""Whether a condition can ever hold, knowing what the questions it reads need to be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, product

from complaints.intake.definition import CONTROLLING, Condition, Field, Kind, Operator, ShowIf

# One way to make something appear: tests that hold together.
Way = tuple[Condition, ...]
ALWAYS: list[Way] = [()]
# Beyond, we say nothing: no condition is refused because it is too clever for us.
MOST_WAYS = 64


@dataclass
class Possible:
    """What each question read so far needs to be shown; filled from the top of the form.

    `questions`: None for one that has problems of its own, of which nothing is deduced.
    """

    questions: Mapping[str, Field | None]
    needed: dict[str, list[Way]] = field(default_factory=dict)
    # Where a contradiction was met, for the sentence that says so.
    clash: str = ""

    def ways(self, show_if: ShowIf | None, around: list[Way] = ALWAYS) -> list[Way]:
        """The ways in which this holds within `around`; none: it never does."""
        if show_if is None:
            return around
        found = around
        tests = [self._ways_of(test) for test in show_if.tests]
        for choices in [list(chain(*tests))] if show_if.any else tests:
            found = self._both(found, choices)
        return found

    def _ways_of(self, test: Condition) -> list[Way]:
        """An answer also needs its question to be shown; no answer needs nothing."""
        if test.test == Operator.ANSWERED and False in test.values:
            return [(test,)]
        return [(*way, test) for way in self.needed.get(test.field, ALWAYS)]

    def _both(self, ways: list[Way], others: list[Way]) -> list[Way]:
        if len(ways) * len(others) > MOST_WAYS:
            return ALWAYS
        found: list[Way] = []
        for one, other in product(ways, others):
            way = one + tuple(test for test in other if test not in one)
            if way not in found and self._agrees(way):
                found.append(way)
        return found

    def _agrees(self, way: Way) -> bool:
        for key in dict.fromkeys(test.field for test in way):
            asked = self.questions.get(key)
            if asked and not _answerable(asked, [test for test in way if test.field == key]):
                self.clash = key
                return False
        return True


def _answerable(asked: Field, tests: Sequence[Condition]) -> bool:
    """Whether one answer, or no answer, satisfies all these tests of one question."""
    answered = [test for test in tests if test.test != Operator.ANSWERED or True in test.values]
    if len(answered) < len(tests):
        return not answered
    if asked.kind not in CONTROLLING:
        return True
    refused = [v for test in answered if test.test == Operator.IS_NOT for v in test.values]
    wanted = [test.values for test in answered if test.test == Operator.IS]
    offered = (True, False) if asked.kind == Kind.YES_NO else [c.value for c in asked.choices]
    left = [value for value in offered if value not in refused]
    if asked.kind == Kind.CHOICES:
        return bool(left) and all(any(v in left for v in values) for values in wanted)
    return any(all(value in values for values in wanted) for value in left)
