"""From the stored JSON to `Rules`: all problems at once, in sentences an editor understands."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from typing import Any, TypeVar

from complaints.workflow.definition import (
    Body,
    Criterion,
    Extension,
    LetterTemplate,
    Marker,
    Move,
    RegisterColumn,
    Retention,
    Role,
    Rules,
    SeverityLevel,
    Stage,
    TimeLimit,
)
from complaints.workflow.problems import Problem
from complaints.workflow.vocabulary import (
    Deed,
    EventKind,
    Kind,
    OnExpiry,
    Phase,
    RetentionStart,
    Severity,
    Stakeholder,
)

T = TypeVar("T")


class DefinitionError(ValueError):
    """The definition cannot be read; `problems` say what and where."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(map(str, self.problems)))


@dataclass(frozen=True)
class Place:
    """What is being read: its name in a sentence, its part and its key in the definition."""

    name: str
    part: str
    key: str = ""

    def problem(self, what: str, field: str = "") -> Problem:
        """« Dans l’étape n° 2 : … »."""
        return Problem(f"Dans {self.name} : {what}", self.part, self.key, field)


# What JSON gives as it is; any other type of field has its conversion.
PLAIN = (str, bool, int, int | None)


def _plain(value: Any, expected: Any) -> Any:
    """That value if it is of the type its field says; for JSON, true is no number."""
    mixed = isinstance(value, bool) and expected is not bool
    if expected in PLAIN and (mixed or not isinstance(value, expected)):
        raise TypeError
    return value


def _several(raw: Any, expected: type) -> tuple[Any, ...]:
    if not isinstance(raw, list | tuple):
        raise TypeError
    return tuple(_plain(value, expected) for value in raw)


def _words(raw: Any) -> tuple[str, ...]:
    return _several(raw, str)


def _facts(raw: Any) -> tuple[EventKind, ...]:
    return tuple(EventKind(value) for value in _words(raw))


def _extension(raw: Any) -> Extension:
    types = {field.name: field.type for field in fields(Extension)}
    return Extension(**{name: _plain(value, types.get(name)) for name, value in raw.items()})


# How the raw value of a field becomes a typed one, per dataclass.
CONVERSIONS: dict[type, dict[str, Callable[[Any], Any]]] = {
    Role: {},
    Stage: {"phase": Phase},
    Move: {
        "deed": Deed,
        "sources": _words,
        "roles": _words,
        "kinds": lambda raw: tuple(Kind(value) for value in _words(raw)),
    },
    TimeLimit: {
        "starts_on": EventKind,
        "met_by": _facts,
        "on_expiry": OnExpiry,
        "warn_days": lambda raw: _several(raw, int),
        "pauses_on": _facts,
        "resumes_on": _facts,
        "when": lambda raw: {key: _words(values) for key, values in raw.items()},
        "extension": _extension,
    },
    LetterTemplate: {},
    RegisterColumn: {},
    SeverityLevel: {"key": Severity},
    Body: {},
    Marker: {},
    Criterion: {},
    Retention: {"starts_on": RetentionStart, "amount": int},
}

LISTS: dict[str, tuple[type, str]] = {
    "roles": (Role, "le rôle"),
    "stages": (Stage, "l’étape"),
    "moves": (Move, "l’action"),
    "time_limits": (TimeLimit, "le délai"),
    "letters": (LetterTemplate, "le courrier"),
    "register_columns": (RegisterColumn, "la colonne du registre"),
    "severities": (SeverityLevel, "la gravité"),
    "bodies": (Body, "l’instance"),
    "markers": (Marker, "le repère"),
    "criteria": (Criterion, "le critère de recevabilité"),
}


def parse_rules(definition: Mapping[str, Any]) -> Rules:
    """The rules of a procedure; raises DefinitionError with all that is wrong."""
    try:
        text = json.dumps(definition)
    except (TypeError, ValueError, RecursionError):
        return _rules(definition)
    return _remembered(text)


@lru_cache(maxsize=64)
def _remembered(text: str) -> Rules:
    """Read once: every request about a dossier asks for rules that never change."""
    return _rules(json.loads(text))


def _rules(definition: Mapping[str, Any]) -> Rules:
    problems: list[Problem] = []
    parsed: dict[str, Any] = {
        name: tuple(
            item
            for index, raw in enumerate(_listed(definition.get(name) or []), 1)
            if (item := _read(kind, raw, _place(name, noun, index, raw), problems)) is not None
        )
        for name, (kind, noun) in LISTS.items()
    }
    parsed["kinds"] = _kinds(definition, problems)
    parsed["stakeholders"] = _stakeholders(definition, problems)
    retention = definition.get("retention")
    parsed["retention"] = _read(Retention, retention, RETENTION, problems) if retention else None
    for name in ("response_prefix", "review_months", "recipients"):
        if definition.get(name):
            parsed[name] = definition[name]
    if problems:
        raise DefinitionError(problems)
    return Rules(**parsed)


def _kinds(definition: Mapping[str, Any], problems: list[Problem]) -> tuple[Kind, ...]:
    return _known(definition, "kinds", Kind, "Nature de dossier inconnue", problems) or (
        Kind.COMPLAINT,
    )


def _stakeholders(definition: Mapping[str, Any], problems: list[Problem]) -> tuple[str, ...]:
    return _known(definition, "stakeholders", Stakeholder, "Partie prenante inconnue", problems)


def _known(
    definition: Mapping[str, Any],
    part: str,
    kind: type[T],
    unknown: str,
    problems: list[Problem],
) -> tuple[T, ...]:
    values = definition.get(part) or ()
    wrong = [value for value in _listed(values) if value not in list(kind)]
    problems.extend(Problem(f"{unknown} : {value!r}.", part) for value in wrong)
    return () if wrong else tuple(kind(value) for value in values)


def _listed(raw: Any) -> Sequence[Any]:
    """What is no list is one wrong value."""
    return raw if isinstance(raw, list | tuple) else [raw]


# What a draft may still lack, as its screen calls it.
LACKED = {
    "key": "la clé",
    "label": "le nom",
    "phase": "la phase",
    "deed": "ce que fait le bouton",
    "sources": "les étapes où elle est possible",
    "roles": "qui peut la faire",
    "starts_on": "le fait dont il part",
    "counting": "la durée",
    "subject": "l’objet",
    "body": "le texte",
    "amount": "la durée",
    "unit": "l’unité",
}
RETENTION = Place("la conservation", "retention")


def _place(part: str, noun: str, index: int, raw: Any) -> Place:
    """An item is known by its key; one that has none is at least counted."""
    key = raw.get("key") if isinstance(raw, Mapping) else ""
    return Place(f"{noun} n° {index}", part, key if isinstance(key, str) else "")


def _read(kind: type[T], raw: Any, place: Place, problems: list[Problem]) -> T | None:
    """One object of that kind, or None with the reasons added to `problems`."""
    if not isinstance(raw, Mapping):
        problems.append(place.problem("une suite de champs est attendue."))
        return None
    found = len(problems)
    known = {field.name: field for field in fields(kind)}
    problems.extend(place.problem(f"« {name} » est inconnu.") for name in raw.keys() - known.keys())
    problems.extend(
        place.problem(f"il manque {LACKED[field.name]}.", field.name)
        for field in known.values()
        if field.default is MISSING and field.default_factory is MISSING and field.name not in raw
    )
    values: dict[str, Any] = {}
    for name in raw.keys() & known.keys():
        try:
            convert = CONVERSIONS[kind].get(name)
            values[name] = convert(raw[name]) if convert else _plain(raw[name], known[name].type)
        except (ValueError, TypeError, AttributeError):
            problems.append(
                place.problem(f"« {name} » a une valeur inconnue, {raw[name]!r}.", name)
            )
    return kind(**values) if len(problems) == found else None
