"""What a form asks, as data: sections, fields, choices, and when a field shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    PERIOD = "period"
    NUMBER = "number"
    AMOUNT = "amount"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    TRAINING = "training"
    PERSONS = "persons"
    ADDRESS = "address"
    FILES = "files"
    CONSENT = "consent"
    SIGNATURE = "signature"
    INFORMATION = "information"


class PartKind(StrEnum):
    """What one box of an answer in several parts holds."""

    LINE = "line"
    LINES = "lines"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True)
class Part:
    """One box of an answer in several parts; posted as « question-part »."""

    key: str
    label: str
    kind: PartKind = PartKind.LINE
    required: bool = False
    max_length: int = 200
    autocomplete: str = ""
    choices: "tuple[Choice, ...]" = ()


TYPED = frozenset({Kind.TEXT, Kind.LONG_TEXT})
WITH_CHOICES = frozenset({Kind.CHOICE, Kind.CHOICES})
# A condition reads a field whose possible answers are known beforehand.
CONTROLLING = WITH_CHOICES | {Kind.YES_NO}

MAX_LENGTH = {
    Kind.TEXT: 200,
    Kind.LONG_TEXT: 20_000,
    Kind.EMAIL: 254,
    Kind.PHONE: 40,
    Kind.SIGNATURE: 200,
}
MAX_FILES = 5
MAX_ROWS = 5
# In mebibytes, for one file.
MAX_WEIGHT = 10


@dataclass(frozen=True)
class Choice:
    """One proposed answer: what is stored, and what is read."""

    value: str
    label: str


YES_NO = (Choice("yes", "Oui"), Choice("no", "Non"))
IMPLICATED = (
    Choice("implicated", "Mise en cause"),
    Choice("witness", "Témoin"),
    Choice("concerned", "Concernée autrement"),
)

# An answer in several parts is an object of these; PERSONS is a list of such objects, a row each.
PARTS: Mapping[Kind, tuple[Part, ...]] = {
    Kind.PERIOD: (
        Part("from", "Du", PartKind.DAY, required=True, max_length=10),
        Part("to", "Au", PartKind.DAY, max_length=10),
    ),
    Kind.TRAINING: (
        Part("training", "Formation, contrat ou service", required=True, max_length=300),
        Part("session", "Session, dates ou lieu", max_length=300),
    ),
    Kind.ADDRESS: (
        Part("street", "Numéro et rue", PartKind.LINES, True, 300, "street-address"),
        Part("postal_code", "Code postal", PartKind.LINE, True, 20, "postal-code"),
        Part("city", "Ville", PartKind.LINE, True, 100, "address-level2"),
        Part("country", "Pays, hors de France", PartKind.LINE, False, 60, "country-name"),
    ),
    Kind.PERSONS: (
        Part("name", "Nom ou fonction", required=True),
        Part("role", "Cette personne est", PartKind.CHOICE, choices=IMPLICATED),
        Part("details", "Comment la joindre, ce qu’elle a fait ou vu", PartKind.LINES, False, 500),
    ),
}


class Operator(StrEnum):
    """What a condition looks for in an earlier answer."""

    IS = "is"
    IS_NOT = "is_not"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Condition:
    """One test of an earlier field.

    IS: it has one of `values`; IS_NOT: it is answered, by none of them; ANSWERED: `values` is
    (True,) or (False,). What was not asked is not answered.
    """

    field: str
    values: tuple[str | bool, ...]
    test: Operator = Operator.IS

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether these answers, of what is shown so far, make it true."""
        answer = answers.get(self.field)
        answered = answer not in (None, "", [], {})
        if self.test == Operator.ANSWERED:
            return answered in self.values
        given = answer if isinstance(answer, list) else [answer]
        among = any(value in self.values for value in given)
        return among if self.test == Operator.IS else answered and not among

    def about_yes_no(self) -> "Condition":
        """The same, « oui » and « non » as an editor writes them being true and false."""
        words = {"oui": True, "yes": True, "non": False, "no": False}
        values = [words.get(v.strip().lower(), v) if isinstance(v, str) else v for v in self.values]
        return replace(self, values=tuple(values))


@dataclass(frozen=True)
class ShowIf:
    """« Show if »: all of these tests, or any of them."""

    tests: tuple[Condition, ...]
    any: bool = False

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether these answers make the field or the section appear."""
        held = (test.holds(answers) for test in self.tests)
        return any(held) if self.any else all(held)

    @property
    def fields(self) -> tuple[str, ...]:
        """The keys of the fields it reads."""
        return tuple(test.field for test in self.tests)


@dataclass(frozen=True)
class Field:
    """One question, or one information block (`help` is its text).

    `default` is what the browser would post: a text, « yes », the value of a choice, « today ».
    `sensitive`: never in a mail, in a list or in an export, folded on the screens of the staff.
    `seen_by`: the keys of the only roles that may read the answer; empty: all who read the dossier.
    `file_types`: the only types it takes (see `files`); empty: all. `max_weight`: a file’s, in Mo.
    """

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
    max_weight: int = 0
    file_types: tuple[str, ...] = ()
    max_rows: int = 0
    example: str = ""
    default: str = ""
    sensitive: bool = False
    seen_by: tuple[str, ...] = ()
    show_if: ShowIf | None = None

    @property
    def asks(self) -> bool:
        return self.kind != Kind.INFORMATION

    @property
    def answers(self) -> bool:
        """Whether what it collects goes with the answers; files are kept apart."""
        return self.asks and self.kind != Kind.FILES

    @property
    def parts(self) -> tuple[Part, ...]:
        """The boxes of an answer in several parts; none for the others."""
        return PARTS.get(self.kind, ())

    @property
    def guarded(self) -> bool:
        """Whether its answer is not for all eyes."""
        return self.sensitive or bool(self.seen_by)

    @property
    def proposed(self) -> tuple[Choice, ...]:
        """The proposed answers as a browser posts them."""
        return YES_NO if self.kind == Kind.YES_NO else self.choices

    def label_of(self, value: object) -> str:
        return next((choice.label for choice in self.choices if choice.value == value), str(value))


@dataclass(frozen=True)
class Section:
    """A titled group of fields; a step when the form is filled in steps."""

    key: str
    title: str
    help: str
    fields: tuple[Field, ...]
    show_if: ShowIf | None = None


@dataclass(frozen=True)
class FormDefinition:
    """A whole form. Two definitions are the same when their digest is."""

    digest: str
    sections: tuple[Section, ...] = attribute(compare=False)
    stepped: bool = attribute(default=False, compare=False)

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
        for section in self.sections:
            if section.show_if and not section.show_if.holds(counted):
                continue
            for field in section.fields:
                if field.show_if is None or field.show_if.holds(counted):
                    shown.append(field)
                    counted[field.key] = answers.get(field.key)
        return shown

    def shown_sections(self, answers: Mapping[str, Any]) -> list[Section]:
        """The sections of which these answers make something appear."""
        shown = {field.key for field in self.shown(answers)}
        return [s for s in self.sections if any(field.key in shown for field in s.fields)]
