"""The JSON shape of a definition: which properties exist, and of which type."""

from collections.abc import Mapping
from typing import Any

from complaints.intake.patterns import storable
from complaints.intake.typography import sentence

Shape = Mapping[str, type]

FORM: Shape = {"sections": list, "steps": bool}
SECTION: Shape = {"key": str, "title": str, "help": str, "fields": list, "show_if": dict}
FIELD: Shape = {
    "key": str,
    "kind": str,
    "label": str,
    "help": str,
    "required": bool,
    "maps_to": str,
    "choices": list,
    "autocomplete": str,
    "max_length": int,
    "max_files": int,
    "max_weight": int,
    "file_types": list,
    "max_rows": int,
    "example": str,
    "default": str,
    "sensitive": bool,
    "seen_by": list,
    "show_if": dict,
}
CHOICE: Shape = {"value": str, "label": str}
CONDITION: Shape = {"field": str, "is": list, "is_not": list, "answered": bool}
SHOW_IF: Shape = {"all": list, "any": list, **CONDITION}

_FRENCH = {
    str: "un texte",
    bool: "vrai ou faux",
    int: "un nombre entier",
    list: "une liste",
    dict: "un objet",
}


def shaped(raw: object, shape: Shape) -> tuple[dict[str, Any], list[str]]:
    """The properties of the right type, and a sentence for each of the others; null is absence."""
    if not isinstance(raw, dict):
        return {}, [sentence("un objet était attendu.")]
    values, problems = {}, []
    for name, value in raw.items():
        if value is None:
            continue
        if name not in shape:
            problems.append(sentence("la propriété « {name} » n’existe pas.", name=name))
        elif type(value) is not shape[name]:
            kind = _FRENCH[shape[name]]
            problems.append(sentence("« {name} » doit être {kind}.", name=name, kind=kind))
        elif isinstance(value, str) and not storable(value):
            problems.append(sentence("« {name} » contient un caractère nul.", name=name))
        else:
            values[name] = value
    return values, problems
