"""Which page wrote a step last: what an older page sends never covers newer words unseen.

The same step may be open in two tabs or on two devices, and what a script sends by itself may
arrive after what a person sent. Each page has a name, and knows the page whose words it shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from django.http import QueryDict

# Hyphens: no question of a form is posted under these names.
PAGE, AFTER, NUMBER = "draft-page", "draft-after", "draft-turn"
# Where a draft keeps its mark, beside the words: no input's name begins with a colon.
MARK = ":page:{}"
NAMED = 64


class Order(Enum):
    """How what a page sends stands to what was written last."""

    NEXT = auto()
    LATE = auto()  # the same page has sent newer words since
    ELSEWHERE = auto()  # another page has written since this one was shown


@dataclass(frozen=True)
class Turn:
    """One post: the page it comes from, the page before it, when its script sent it.

    `number` only grows, on one page; 0 without a script.
    """

    page: str
    after: str
    number: int

    @classmethod
    def of(cls, data: QueryDict, page: str = "") -> "Turn":
        """`page`: the name of a page that does not say its own."""
        number = data.get(NUMBER, "")
        known = number.isascii() and number.isdigit() and len(number) < 16
        return cls(
            data.get(PAGE, "")[:NAMED] or page,
            data.get(AFTER, "")[:NAMED],
            int(number) if known else 0,
        )

    def mark(self, step: str | None) -> dict[str, list[str]]:
        """What the draft keeps of it."""
        return {MARK.format(step or ""): [self.page, str(self.number)]}

    def order(self, typed: Mapping[str, list[str]], step: str | None) -> Order:
        """Whether it follows what that draft holds of that step."""
        page, number = typed.get(MARK.format(step or ""), ["", "0"])
        if page == self.page:
            return Order.LATE if 0 < self.number < int(number) else Order.NEXT
        return Order.NEXT if "" in (page, self.page) or page == self.after else Order.ELSEWHERE


def last_page(typed: Mapping[str, list[str]], step: str | None) -> str:
    """The page that wrote this step last; empty when it was never sent."""
    return typed.get(MARK.format(step or ""), [""])[0]
