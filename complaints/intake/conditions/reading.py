"""From the stored JSON of a condition to its tests: one alone, or « all » or « any » of a list."""

from collections.abc import Mapping
from typing import Any

from complaints.intake.definition import Condition, Operator, ShowIf
from complaints.intake.shapes import CONDITION, SHOW_IF, shaped
from complaints.intake.typography import sentence

LISTS = ("all", "any")


def read_show_if(raw: dict[str, Any] | None) -> tuple[ShowIf | None, list[str]]:
    """The condition, none when there is none, and what is wrong in its shape."""
    if raw is None:
        return None, []
    values, problems = shaped(raw, SHOW_IF)
    lists = [name for name in LISTS if name in values]
    if not lists:
        return ShowIf((_test(values),)), problems + _said_twice(values)
    if len(values) > 1:
        problems.append(sentence("la condition d’affichage mélange plusieurs façons de s’écrire."))
    tests = []
    for item in values[lists[0]]:
        read, more = shaped(item, CONDITION)
        problems += more + _said_twice(read)
        tests.append(_test(read))
    return ShowIf(tuple(tests), lists == ["any"]), problems


def _said_twice(values: Mapping[str, Any]) -> list[str]:
    """A test asks one thing of one question."""
    asked = [operator for operator in Operator if operator.value in values]
    if len(asked) < 2:
        return []
    return [sentence("un test de la condition demande plusieurs choses à la fois.")]


def _test(values: Mapping[str, Any]) -> Condition:
    field = values.get("field", "")
    if "answered" in values:
        return Condition(field, (values["answered"],), Operator.ANSWERED)
    test = Operator.IS_NOT if "is_not" in values else Operator.IS
    return Condition(field, tuple(values.get(test.value, [])), test)
