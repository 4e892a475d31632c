"""The boxes of an answer in several parts as the page shows them: ids, words, errors, widths."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from complaints.intake.definition import Kind, Part, PartKind
from complaints.intake.parts import Typed, box_name
from complaints.intake.patterns import showable

if TYPE_CHECKING:
    from complaints.intake.bound import Question

# Side by side where there is room; the others take the whole line.
_WIDTHS = {
    "from": "col-sm-6",
    "to": "col-sm-6",
    "postal_code": "col-sm-4",
    "city": "col-sm-8",
    "country": "col-sm-6",
}

Errors = Mapping[str, list[str]]


@dataclass(frozen=True)
class Box:
    """One box: what its template needs, said in the words of HTML."""

    part: Part
    name: str
    id: str
    value: str
    errors: list[str]
    # The error of the whole question, when this box is to be filled in to mend it.
    blamed_by: str = ""

    @property
    def width(self) -> str:
        return _WIDTHS.get(self.part.key, "col-12")

    @property
    def is_long(self) -> bool:
        return self.part.kind == PartKind.LINES

    @property
    def type(self) -> str:
        return "date" if self.part.kind == PartKind.DAY else "text"

    @property
    def is_invalid(self) -> bool:
        return bool(self.errors or self.blamed_by)

    @property
    def error_id(self) -> str:
        return f"{self.id}-error"

    @property
    def described_by(self) -> str:
        return self.error_id if self.errors else self.blamed_by


@dataclass(frozen=True)
class Row:
    """The boxes of one person, or of the whole answer when there is but one; `title` says whose."""

    boxes: list[Box]
    title: str = ""


def rows_of(question: "Question") -> Iterator[Row]:
    """The boxes of a question in parts, in the order of the page."""
    value, errors = question.value(), question.errors_by_box
    blamed = question.error_id if errors.get("") else ""
    if question.definition.kind != Kind.PERSONS:
        yield Row(list(_boxes(question, value or {}, errors, blamed)))
        return
    for number, typed in enumerate(value or [{}]):
        boxes = _boxes(question, typed, errors, blamed, number)
        blamed = ""
        yield Row(list(boxes), f"Personne {number + 1}")


def _boxes(
    question: "Question", typed: Typed, errors: Errors, blamed: str, row: int | None = None
) -> Iterator[Box]:
    for part in question.definition.parts:
        suffix = box_name("", part, row)
        yield Box(
            part,
            name=question.html_name + suffix,
            id=question.auto_id + suffix,
            value=showable(typed.get(part.key, "")),
            errors=errors.get(suffix[1:], []),
            blamed_by=blamed if part.required else "",
        )
