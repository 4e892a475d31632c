"""What a form asks, as data: sections, fields, choices, and when a field shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum
from functools import cached_property
from typing import Any


class Kind(StrEnum):
    """The kinds of fields an editor may place in a form."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    PHONE = "phone"
    DATE = "date"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    FILES = "files"
    CONSENT = "consent"
    INFORMATION = "information"


TYPED = frozenset({Kind.TEXT, Kind.LONG_TEXT})
WITH_CHOICES = frozenset({Kind.CHOICE, Kind.CHOICES})
# A condition reads a field whose possible answers are known beforehand.
CONTROLLING = WITH_CHOICES | {Kind.YES_NO}

MAX_LENGTH = {Kind.TEXT: 200, Kind.LONG_TEXT: 20_000, Kind.EMAIL: 254, Kind.PHONE: 40}
MAX_FILES = 5


@dataclass(frozen=True)
class Choice:
    """One proposed answer: what is stored, and what is read."""

    value: str
    label: str


YES_NO = (Choice("yes", "Oui"), Choice("no", "Non"))


@dataclass(frozen=True)
class Condition:
    """« Show if »: an earlier field has one of these answers."""

    field: str
    values: tuple[str | bool, ...]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        answer = answers.get(self.field)
        given = answer if isinstance(answer, list) else [answer]
        return any(value in self.values for value in given)

    def about_yes_no(self) -> "Condition":
        """The same, « oui » and « non » as an editor writes them being true and false."""
        words = {"oui": True, "yes": True, "non": False, "no": False}
        values = [words.get(v.strip().lower(), v) if isinstance(v, str) else v for v in self.values]
        return Condition(self.field, tuple(values))


@dataclass(frozen=True)
class Field:
    """One question, or one information block (`help` is its text)."""

    key: str
    kind: Kind
    label: str
    help: str = ""
    required: bool = False
    maps_to: str = ""
    choices: tuple[Choice, ...] = ()
    autocomplete: str = ""
    max_length: int = 0
    max_files: int = 0
    show_if: Condition | None = None

    @property
    def asks(self) -> bool:
        return self.kind != Kind.INFORMATION

    @property
    def answers(self) -> bool:
        """Whether what it collects goes with the answers; files are kept apart."""
        return self.asks and self.kind != Kind.FILES

    @property
    def proposed(self) -> tuple[Choice, ...]:
        """The proposed answers as a browser posts them."""
        return YES_NO if self.kind == Kind.YES_NO else self.choices

    def label_of(self, value: object) -> str:
        return next((choice.label for choice in self.choices if choice.value == value), str(value))


@dataclass(frozen=True)
class Section:
    """A titled group of fields."""

    key: str
    title: str
    help: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class FormDefinition:
    """A whole form. Two definitions are the same when their digest is."""

    digest: str
    sections: tuple[Section, ...] = attribute(compare=False)

    @cached_property
    def by_key(self) -> dict[str, Field]:
        return {field.key: field for section in self.sections for field in section.fields}

    @property
    def fields(self) -> list[Field]:
        return list(self.by_key.values())

    def shown(self, answers: Mapping[str, Any]) -> list[Field]:
        """The fields these answers make appear; the answer of a hidden field reveals nothing."""
        counted: dict[str, Any] = {}
        shown = []
        for field in self.fields:
            if field.show_if is None or field.show_if.holds(counted):
                shown.append(field)
                counted[field.key] = answers.get(field.key)
        return shown
