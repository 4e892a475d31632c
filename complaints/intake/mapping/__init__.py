"""The answers by the place of the dossier that each one feeds."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from complaints.intake.definition import PARTS, Field, FormDefinition, Kind
from complaints.intake.mapping.targets import MAPPINGS
from complaints.intake.parts import reading as parts_reading

# The first and the last day of a period; none when it has no end.
Days = tuple[date, date | None]

_SEPARATOR = ", "
# What else an answer in several parts says, when it feeds the dossier.
_ALSO = {Kind.TRAINING: "dossier.session", Kind.PERSONS: "dossier.third_parties"}
LONGEST_DAYS = len("du 30 septembre 2026 au 30 septembre 2027")


def longest(field: Field) -> int:
    """How long what it sends to its target may be, in characters; 0 for what is no text."""
    match field.kind:
        case Kind.CHOICES:
            return len(_SEPARATOR.join(choice.label for choice in field.choices))
        case Kind.CHOICE:
            coded = MAPPINGS[field.maps_to].coded
            return max((len(c.value if coded else c.label) for c in field.choices), default=0)
        case Kind.DATE | Kind.PERIOD:
            return LONGEST_DAYS
        case Kind.TRAINING:
            return PARTS[Kind.TRAINING][0].max_length
        case Kind.ADDRESS:
            parts = PARTS[Kind.ADDRESS]
            return sum(part.max_length for part in parts) + len(parts) - 1
        case _:
            return field.max_length


def fed(definition: FormDefinition) -> frozenset[str]:
    """The targets that the answers to this form may feed."""
    feeding = [field for field in definition.fields if field.maps_to]
    also = {_ALSO[field.kind] for field in feeding if field.kind in _ALSO}
    return frozenset(also | {field.maps_to for field in feeding})


def mapped(definition: FormDefinition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that feed the dossier, by target.

    Days are dates, a period is its `Days`; labels unless coded. The session of a training and the
    list of the persons go where no other question put anything.
    """
    given, implied = {}, {}
    for field in definition.shown(answers):
        answer = answers.get(field.key)
        if field.maps_to and answer not in (None, "", [], {}):
            given[field.maps_to] = _value(field, answer)
            implied |= _implied(field, answer)
    return implied | given


def _value(field: Field, answer: Any) -> Any:
    target = MAPPINGS[field.maps_to]
    match field.kind:
        case Kind.DATE:
            return date.fromisoformat(answer)
        case Kind.PERIOD:
            first, last = _days(answer)
            return (last or first) if target.one_day else (first, last)
        case Kind.CHOICES:
            return _SEPARATOR.join(field.label_of(value) for value in answer)
        case Kind.CHOICE if not target.coded:
            return field.label_of(answer)
        case Kind.TRAINING:
            return answer["training"]
        case Kind.ADDRESS:
            return parts_reading.address(answer)
        case _:
            return answer


def _days(answer: Mapping[str, str]) -> Days:
    last = answer.get("to")
    return date.fromisoformat(answer["from"]), date.fromisoformat(last) if last else None


def _implied(field: Field, answer: Any) -> dict[str, str]:
    match field.kind:
        case Kind.TRAINING if answer.get("session"):
            return {_ALSO[field.kind]: answer["session"]}
        case Kind.PERSONS:
            return {_ALSO[field.kind]: "\n".join(map(parts_reading.person, answer))}
        case _:
            return {}
