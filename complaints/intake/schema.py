"""The form for programs: a JSON Schema (2020-12) that accepts what the Django form accepts.

An unanswered question is left out of the answers. Files are sent apart and have no place here.
"""

from typing import Any

from complaints.intake import patterns
from complaints.intake.definition import Condition, Field, FormDefinition, Kind

Schema = dict[str, Any]


def json_schema(definition: FormDefinition) -> Schema:
    """The schema of the answers; a hidden question is neither required nor checked."""
    asked = [field for field in definition.fields if field.answers]
    always = [field for field in asked if field.show_if is None]
    conditional = [field for field in asked if field.show_if is not None]
    schema: Schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            field.key: _described(field) | (_shape(field) if field in always else {})
            for field in asked
        },
        "required": [field.key for field in always if field.required],
        "additionalProperties": False,
    }
    if conditional:
        schema["allOf"] = [_when_shown(field, definition) for field in conditional]
    return schema


def _described(field: Field) -> Schema:
    return {"title": field.label} | ({"description": field.help} if field.help else {})


def _when_shown(field: Field, definition: FormDefinition) -> Schema:
    then: Schema = {"properties": {field.key: _shape(field)}}
    if field.required:
        then["required"] = [field.key]
    return {"if": {"allOf": _conditions(field, definition)}, "then": then}


def _conditions(field: Field, definition: FormDefinition) -> list[Schema]:
    """Its own condition and those of the fields it depends on, up to one that always shows."""
    conditions = []
    while field.show_if is not None:
        conditions.append(_holds(field.show_if, definition.by_key[field.show_if.field]))
        field = definition.by_key[field.show_if.field]
    return conditions


def _holds(condition: Condition, controlling: Field) -> Schema:
    listed: Schema = {"enum": list(condition.values)}
    test = {"contains": listed} if controlling.kind == Kind.CHOICES else listed
    return {"properties": {condition.field: test}, "required": [condition.field]}


def _shape(field: Field) -> Schema:
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT:
            return _text(field)
        case Kind.EMAIL:
            return _pattern(field, patterns.EMAIL)
        case Kind.PHONE:
            return _pattern(field, patterns.PHONE)
        case Kind.DATE:
            return {"type": "string", "format": "date", "pattern": f"^{patterns.DATE}$"}
        case Kind.NUMBER:
            limit = patterns.NUMBER_LIMIT
            return {"type": "number", "minimum": -limit, "maximum": limit}
        case Kind.YES_NO:
            return {"type": "boolean"}
        case Kind.CONSENT:
            return {"const": True} if field.required else {"type": "boolean"}
        case Kind.CHOICE:
            return _one_of(field)
        case _:
            items: Schema = {"type": "array", "items": _one_of(field)}
            return items | ({"minItems": 1} if field.required else {})


def _text(field: Field) -> Schema:
    shape: Schema = {
        "type": "string",
        "maxLength": field.max_length,
        "not": {"pattern": patterns.NUL},
    }
    return shape | ({"pattern": patterns.VISIBLE} if field.required else {})


def _pattern(field: Field, pattern: str) -> Schema:
    return {
        "type": "string",
        "maxLength": field.max_length,
        "pattern": patterns.whole(pattern, required=field.required),
    }


def _one_of(field: Field) -> Schema:
    return {"oneOf": [{"const": choice.value, "title": choice.label} for choice in field.choices]}
