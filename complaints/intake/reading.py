"""The answers as people read them, in the order of the form: for mails, PDF copies and screens."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from complaints.intake.amounts import amount_in_french
from complaints.intake.definition import Field, FormDefinition, Kind
from complaints.intake.parts import reading as parts_reading
from complaints.intake.typography import sentence

Sees = Callable[[Field], bool]
RESERVED = "Réponse réservée"


@dataclass(frozen=True)
class Line:
    """A question in the words of its form, and what is read of its answer.

    `withheld`: it was answered, and the text only says so. `accepted`: the whole text that a
    consent was given to.
    """

    field: Field
    text: str
    withheld: bool = False
    accepted: str = ""

    @property
    def label(self) -> str:
        return self.field.label


Sections = list[tuple[str, list[Line]]]


def readable(
    definition: FormDefinition,
    answers: Mapping[str, Any],
    *,
    sees: Sees | None = None,
    instead: str = RESERVED,
    files: Collection[str] = (),
) -> Sections:
    """Each section with its lines; what is hidden or empty is left out.

    `sees`: whether the reader may read the answer to that question; if not, they read `instead`.
    `files`: the keys of the questions that were answered by files, which then have a line as well.
    """
    shown = {field.key for field in definition.shown(answers)}
    sections = []
    for section in definition.sections:
        lines = [
            _line(field, answers.get(field.key), instead if sees and not sees(field) else None)
            for field in section.fields
            if field.key in shown and _answered(field, answers, files)
        ]
        if lines:
            sections.append((section.title, lines))
    return sections


def _answered(field: Field, answers: Mapping[str, Any], files: Collection[str]) -> bool:
    if field.kind == Kind.FILES:
        return field.key in files
    return field.answers and answers.get(field.key) not in (None, "", [], {})


def _line(field: Field, answer: Any, instead: str | None) -> Line:
    if instead is not None:
        return Line(field, instead, withheld=True)
    if field.kind == Kind.FILES:
        return Line(field, "")
    accepted = field.help if field.kind == Kind.CONSENT and answer is True else ""
    return Line(field, display(field, answer), accepted=accepted)


def display(field: Field, answer: Any) -> str:
    """One answer in French."""
    match field.kind:
        case Kind.YES_NO | Kind.CONSENT:
            return "oui" if answer else "non"
        case Kind.DATE:
            return parts_reading.day(answer)
        case Kind.NUMBER:
            return f"{Decimal(str(answer)):f}".replace(".", ",")
        case Kind.CHOICE:
            return field.label_of(answer)
        case Kind.CHOICES:
            return ", ".join(field.label_of(value) for value in answer)
        case Kind.AMOUNT:
            return amount_in_french(answer)
        case Kind.PERIOD:
            return parts_reading.period(answer)
        case Kind.TRAINING:
            return parts_reading.training(answer)
        case Kind.ADDRESS:
            return parts_reading.address(answer)
        case Kind.SIGNATURE:
            return sentence("Signé : {name}", name=answer)
        case Kind.PERSONS:
            return "\n".join(parts_reading.person(row) for row in answer)
        case _:
            return str(answer)
