"""What one answer may be, in JSON Schema: by the kind of its question, or by the parts of it."""

from typing import Any

from complaints.intake import patterns
from complaints.intake.definition import Choice, Field, Kind, Part, PartKind

Schema = dict[str, Any]

_VISIBLE: Schema = {"pattern": patterns.VISIBLE}
_BLANK: Schema = {"not": _VISIBLE}


def shape(field: Field) -> Schema:
    """The answers that this question takes."""
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT | Kind.SIGNATURE:
            return _text(field.max_length) | (_VISIBLE if field.required else {})
        case Kind.EMAIL:
            return _pattern(field, patterns.EMAIL_AS_TYPED)
        case Kind.PHONE:
            return _pattern(field, patterns.PHONE)
        case Kind.DATE:
            return _day()
        case Kind.NUMBER:
            limit = patterns.NUMBER_LIMIT
            return {"type": "number", "minimum": -limit, "maximum": limit}
        case Kind.AMOUNT:
            return {"type": "string", "pattern": f"^{patterns.AMOUNT}$"}
        case Kind.YES_NO:
            return {"type": "boolean"}
        case Kind.CONSENT:
            return {"const": True} if field.required else {"type": "boolean"}
        case Kind.CHOICE:
            return _one_of(field.choices)
        case Kind.CHOICES:
            items: Schema = {"type": "array", "items": _one_of(field.choices)}
            return items | (answered(field) if field.required else {})
        case Kind.PERSONS:
            rows: Schema = {"type": "array", "maxItems": field.max_rows, "items": _parts(field)}
            return rows | (answered(field) if field.required else {})
        case _:
            return _parts(field) | ({"allOf": [_filled(field)]} if field.required else {})


def answered(field: Field) -> Schema:
    """What tells an answer from nothing, among those that this question takes."""
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT | Kind.SIGNATURE | Kind.EMAIL | Kind.PHONE:
            return _VISIBLE
        case Kind.CHOICES:
            return {"minItems": 1}
        case Kind.PERSONS:
            return {"contains": _filled(field)}
        case _ if field.parts:
            return _filled(field)
        case _:
            return {}


def _text(limit: int) -> Schema:
    return {"type": "string", "maxLength": limit, "not": {"pattern": patterns.NUL}}


def _pattern(field: Field, pattern: str) -> Schema:
    return {
        "type": "string",
        "maxLength": field.max_length,
        "pattern": patterns.whole(pattern, required=field.required),
    }


def _day() -> Schema:
    return {"type": "string", "format": "date", "pattern": f"^{patterns.DATE}$"}


def _one_of(choices: tuple[Choice, ...]) -> Schema:
    return {"oneOf": [{"const": choice.value, "title": choice.label} for choice in choices]}


def _parts(field: Field) -> Schema:
    """All the boxes that must be filled in, or nothing in any."""
    return {
        "type": "object",
        "properties": {part.key: {"title": part.label} | _part(part) for part in field.parts},
        "additionalProperties": False,
        "anyOf": [
            _filled(field),
            {"properties": {part.key: _BLANK for part in field.parts}},
        ],
    }


def _filled(field: Field) -> Schema:
    needed = [part for part in field.parts if part.required]
    return {
        "required": [part.key for part in needed],
        "properties": {part.key: _VISIBLE for part in needed},
    }


def _part(part: Part) -> Schema:
    if part.kind == PartKind.DAY:
        return _day()
    return _one_of(part.choices) if part.kind == PartKind.CHOICE else _text(part.max_length)
