"""The answers as people read them, in the order of the form: for mails, PDF copies and screens."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from complaints.intake.definition import Field, FormDefinition, Kind

Line = tuple[str, str]


def readable(
    definition: FormDefinition, answers: Mapping[str, Any]
) -> list[tuple[str, list[Line]]]:
    """Each section with its (label, answer) lines; what is hidden or empty is left out."""
    shown = {field.key for field in definition.shown(answers) if field.answers}
    sections = []
    for section in definition.sections:
        lines = [
            (field.label, display(field, answers[field.key]))
            for field in section.fields
            if field.key in shown and answers.get(field.key) not in (None, "", [])
        ]
        if lines:
            sections.append((section.title, lines))
    return sections


def display(field: Field, answer: Any) -> str:
    """One answer in French."""
    match field.kind:
        case Kind.YES_NO | Kind.CONSENT:
            return "oui" if answer else "non"
        case Kind.DATE:
            return date.fromisoformat(answer).strftime("%d/%m/%Y")
        case Kind.NUMBER:
            return f"{Decimal(str(answer)):f}".replace(".", ",")
        case Kind.CHOICE:
            return field.label_of(answer)
        case Kind.CHOICES:
            return ", ".join(field.label_of(value) for value in answer)
        case _:
            return str(answer)
