"""The boxes of an answer in several parts: the names they are posted under, what they were sent."""

from collections.abc import Mapping
from typing import Any

from django import forms

from complaints.intake.definition import Part
from complaints.intake.patterns import blank

Typed = dict[str, str]

# A hyphen, which no key contains: neither name is ever that of another question.
ROWS = "{}-rows"
ADD_ROW = "add-row"


def box_name(question: str, part: Part, row: int | None = None) -> str:
    """What one box is posted under, and what its id ends with."""
    return f"{question}-{part.key}" if row is None else f"{question}-{row}-{part.key}"


def is_blank(typed: Typed) -> bool:
    """Whether nothing was written in any of these boxes."""
    return all(blank(text) for text in typed.values())


def rows_shown(rows: list[Typed], asked: object, most: int) -> int:
    """How many rows a page shows: those with something and one more, or as many as were asked."""
    filled = max((n for n, row in enumerate(rows, start=1) if not is_blank(row)), default=0)
    text = str(asked or "")
    # A row more than a person can see was never asked by our page.
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    return min(max(filled + 1, wanted, 1), most)


class PartsInput(forms.Widget):
    """The boxes of one answer; the page's template draws them."""

    use_fieldset = True

    def __init__(self, parts: tuple[Part, ...]) -> None:
        super().__init__({"class": "form-control"})
        self.parts = parts

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return self.typed(data, name)

    def typed(self, data: Mapping[str, Any], name: str, row: int | None = None) -> Typed:
        """What was typed, box by box, untouched."""
        return {part.key: _text(data.get(box_name(name, part, row))) for part in self.parts}


class RowsInput(PartsInput):
    """The same boxes several times, a row each; a row is added by a button that sends the page."""

    def __init__(self, parts: tuple[Part, ...], most: int) -> None:
        super().__init__(parts)
        self.most = most

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Typed]:
        """The rows to show again, blank ones included: each stays where it was typed."""
        rows = [self.typed(data, name, row) for row in range(self.most)]
        return rows[: rows_shown(rows, data.get(ROWS.format(name)), self.most)]


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[-1] if value else ""
    return "" if value is None else str(value)
