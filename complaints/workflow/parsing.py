"""From the stored JSON to `Rules`: all problems at once, in sentences an editor understands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from complaints.workflow.definition import (
    Extension,
    LetterTemplate,
    Move,
    RegisterColumn,
    Retention,
    Role,
    Rules,
    SeverityLevel,
    Stage,
    TimeLimit,
)
from complaints.workflow.vocabulary import (
    Deed,
    EventKind,
    Kind,
    OnExpiry,
    Phase,
    RetentionStart,
    Severity,
)

T = TypeVar("T")


class DefinitionError(ValueError):
    """The definition cannot be read; `problems` are French sentences."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(self.problems))


# How the raw value of a field becomes a typed one, per dataclass.
CONVERSIONS: dict[type, dict[str, Callable[[Any], Any]]] = {
    Role: {},
    Stage: {"phase": Phase},
    Move: {"deed": Deed, "sources": tuple, "roles": tuple},
    TimeLimit: {
        "starts_on": EventKind,
        "met_by": lambda raw: tuple(EventKind(value) for value in raw),
        "on_expiry": OnExpiry,
        "warn_days": tuple,
        "pauses_on": lambda raw: tuple(EventKind(value) for value in raw),
        "resumes_on": lambda raw: tuple(EventKind(value) for value in raw),
        "when": lambda raw: {key: tuple(values) for key, values in raw.items()},
        "extension": lambda raw: Extension(**raw),
    },
    LetterTemplate: {},
    RegisterColumn: {},
    SeverityLevel: {"key": Severity},
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
}


def parse_rules(definition: Mapping[str, Any]) -> Rules:
    """The rules of a procedure; raises DefinitionError with all that is wrong."""
    problems: list[str] = []
    parsed: dict[str, Any] = {
        name: tuple(
            item
            for index, raw in enumerate(definition.get(name) or [], 1)
            if (item := _read(kind, raw, f"{noun} n° {index}", problems)) is not None
        )
        for name, (kind, noun) in LISTS.items()
    }
    parsed["kinds"] = _kinds(definition, problems)
    parsed["stakeholders"] = tuple(definition.get("stakeholders") or ())
    retention = definition.get("retention")
    parsed["retention"] = (
        _read(Retention, retention, "la conservation", problems) if retention else None
    )
    for name in ("response_prefix", "review_months"):
        if definition.get(name):
            parsed[name] = definition[name]
    if problems:
        raise DefinitionError(problems)
    return Rules(**parsed)


def _kinds(definition: Mapping[str, Any], problems: list[str]) -> tuple[Kind, ...]:
    try:
        return tuple(Kind(value) for value in definition.get("kinds") or ["complaint"])
    except ValueError as error:
        problems.append(f"Nature de dossier inconnue : {error.args[0]}.")
        return ()


def _read(kind: type[T], raw: Any, where: str, problems: list[str]) -> T | None:
    """One object of that kind, or None with the reasons added to `problems`."""
    if not isinstance(raw, Mapping):
        problems.append(f"Dans {where} : une suite de champs est attendue.")
        return None
    found = len(problems)
    known = {field.name: field for field in fields(kind)}
    problems.extend(f"Dans {where} : « {name} » est inconnu." for name in raw.keys() - known.keys())
    problems.extend(
        f"Dans {where} : « {field.name} » manque."
        for field in known.values()
        if field.default is MISSING and field.default_factory is MISSING and field.name not in raw
    )
    values: dict[str, Any] = {}
    for name in raw.keys() & known.keys():
        try:
            values[name] = CONVERSIONS[kind].get(name, lambda value: value)(raw[name])
        except (ValueError, TypeError, AttributeError):
            problems.append(f"Dans {where} : « {name} » a une valeur inconnue, {raw[name]!r}.")
    return kind(**values) if len(problems) == found else None
