"""The form for programs: a JSON Schema (2020-12) that accepts what the Django form accepts.

An unanswered question is left out of the answers. Files are sent apart and have no place here.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from complaints.intake.definition import Condition, Field, FormDefinition, Kind, Operator, ShowIf
from complaints.intake.questions import question
from complaints.intake.schema.shapes import answered, shape

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(definition: FormDefinition) -> Schema:
    """The schema of the answers; a hidden question is neither required nor checked."""
    shown = shown_when(definition)
    asked = [field for field in definition.fields if field.answers]
    always = [field for field in asked if field.key not in shown]
    conditional = [field for field in asked if field.key in shown]
    schema: Schema = {
        "$schema": DIALECT,
        "type": "object",
        "properties": {
            field.key: _described(field) | (shape(field) if field in always else {})
            for field in asked
        },
        "required": [field.key for field in always if field.required],
        "additionalProperties": False,
    }
    if conditional:
        # Named once each: a form of many conditions would be repeated without end.
        schema["$defs"] = {_shown(key): condition for key, condition in shown.items()}
        schema["allOf"] = [_when_shown(field) for field in conditional]
    return schema


def _described(field: Field) -> Schema:
    """What a person would read of it; an example is what it takes, else it is told in words."""
    described = {"title": field.label, "description": field.help}
    described |= {"default": _answer(field, question(field).initial), "examples": []}
    if field.example:
        described["examples"] = [_example(field)]
    return {name: said for name, said in described.items() if said not in (None, "", [])}


def _example(field: Field) -> Any:
    """An answer where one line says it whole; one of several parts stays words, as does a tick."""
    if field.parts or field.kind == Kind.CONSENT:
        return field.example
    kept = _answer(field, field.example)
    return field.example if kept is None else kept


def _answer(field: Field, typed: str | list[str] | dict[str, str] | None) -> Any:
    """What would be kept of it; None of what this question does not take."""
    try:
        kept = question(field).clean(typed) if typed else None
    except ValidationError:
        return None
    return kept.isoformat() if isinstance(kept, date) else kept


def _when_shown(field: Field) -> Schema:
    then: Schema = {"properties": {field.key: shape(field)}}
    if field.required:
        then["required"] = [field.key]
    return {"if": _is_shown(field.key), "then": then}


def shown_when(definition: FormDefinition) -> dict[str, Schema]:
    """What holds when a field shows, by its key; a field that always shows has no place in it."""
    found: dict[str, Schema] = {}
    for section in definition.sections:
        for field in section.fields:
            conditions = [part.show_if for part in (section, field) if part.show_if]
            if conditions and field.answers:
                found[field.key] = {"allOf": [_held(c, definition, found) for c in conditions]}
    return found


def _held(show_if: ShowIf, definition: FormDefinition, shown: dict[str, Schema]) -> Schema:
    tests = [_test(test, definition.by_key[test.field], shown) for test in show_if.tests]
    return {"anyOf" if show_if.any else "allOf": tests}


def _test(test: Condition, read: Field, shown: dict[str, Schema]) -> Schema:
    """What it looks for in a field that is shown itself: the answer of a hidden one is none."""
    there = {"required": [read.key], "properties": {read.key: answered(read)}}
    given = {"allOf": [*([_is_shown(read.key)] if read.key in shown else []), there]}
    if test.test == Operator.ANSWERED:
        return given if True in test.values else {"not": given}
    listed: Schema = {"enum": list(test.values)}
    among = {"contains": listed} if read.kind == Kind.CHOICES else listed
    wanted = among if test.test == Operator.IS else {"not": among}
    given["allOf"].append({"properties": {read.key: wanted}})
    return given


def _is_shown(key: str) -> Schema:
    return {"$ref": f"#/$defs/{_shown(key)}"}


def _shown(key: str) -> str:
    return f"{key}-shown"
