"""What changes from one version to the next is told, all of it, in plain French."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest

from complaints import sla, workflow
from complaints.handling.presets import read_preset
from complaints.workflow import phrasing
from complaints.workflow.aspects import PARTS
from complaints.workflow.definition import Extension, Retention, Rules
from complaints.workflow.differences import differences, label_differences
from complaints.workflow.vocabulary import EventKind

EXAMPLE: dict[str, Any] = read_preset("simplifie") | {
    "severities": [{"key": "high", "label": "Forte", "criteria": "Danger."}],
    "bodies": [{"key": "ctrp", "label": "CTRP", "members": "La direction."}],
    "markers": [{"key": "image", "label": "Image"}],
    "criteria": [{"key": "recent", "label": "Faits récents", "amount": 2, "unit": "mois"}],
    "retention": {"amount": 7, "unit": "ans", "starts_on": "closure"},
}
EXAMPLE.pop("title"), EXAMPLE.pop("help")
EXAMPLE["time_limits"][0]["extension"] = {
    "allowed": True,
    "times": 1,
    "amount": 1,
    "unit": "mois",
}
RULES = workflow.parse_rules(EXAMPLE)
# A set that is ticked in another order is the same set.
ORDERS = {"stakeholders, in reverse", "moves.sources, in reverse", "moves.roles, in reverse"}
ORDERS |= {f"time_limits.{name}, in reverse" for name in ("met_by", "warn_days")}
OTHER_COUNTING = {"readings": [{"amount": 3, "unit": "mois"}]}


def other(value: Any, name: str) -> Any:
    """Another value of the same type."""
    match value:
        case bool():
            return not value
        case Enum():
            return next(one for one in type(value) if one != value)
        case int():
            return value + 1
        case str():
            return f"{value}x"
        case None:  # `step`
            return 12
        case Retention():
            return None
        case Extension():
            return replace(value, allowed=not value.allowed)
        case dict():
            return OTHER_COUNTING if name == "counting" else {"severity": ("high",)}
        case tuple() if value:
            return value[:-1]
    return (3,) if name == "warn_days" else (EventKind.CLOSED,)


def mutations() -> Iterator[tuple[str, Rules]]:
    """The example with each of its fields changed in turn, one at a time."""
    for field in fields(RULES):
        value = getattr(RULES, field.name)
        yield field.name, replace(RULES, **{field.name: other(value, field.name)})
        if isinstance(value, tuple) and len(value) > 1:
            yield f"{field.name}, in reverse", replace(RULES, **{field.name: value[::-1]})
        if isinstance(value, tuple) and is_dataclass(value[0]):
            for name, item in items(value[0]):
                yield f"{field.name}.{name}", replace(RULES, **{field.name: (item, *value[1:])})
        elif is_dataclass(value):
            for name, item in items(value):
                yield f"{field.name}.{name}", replace(RULES, **{field.name: item})


def items(item: Any) -> Iterator[tuple[str, Any]]:
    for field in fields(item):
        value = getattr(item, field.name)
        yield field.name, replace(item, **{field.name: other(value, field.name)})
        if is_dataclass(value):
            for name, inner in items(value):
                yield f"{field.name}.{name}", replace(item, **{field.name: inner})
        if isinstance(value, tuple) and len(value) > 1:
            yield f"{field.name}, in reverse", replace(item, **{field.name: value[::-1]})


@pytest.mark.parametrize(
    ("what", "changed"), list(mutations()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_any_change_is_told_both_ways(what: str, changed: Rules) -> None:
    for before, after in ((RULES, changed), (changed, RULES)):
        found = differences(before, after)
        assert found, what
        assert "pour dire la même chose" not in " ".join(one.sentence for one in found)
        assert all(one.trivial for one in found) == (what in ORDERS), what


def test_two_equal_rules_do_not_differ() -> None:
    assert differences(RULES, workflow.parse_rules(EXAMPLE)) == []


def test_lines_that_end_as_a_browser_ends_them_change_nothing_that_is_read() -> None:
    letter = next(letter for letter in RULES.letters if letter.key == "accuse")
    after = changed("letters", "accuse", body=letter.body.replace("\n", "\r\n"))
    assert [one.trivial for one in differences(RULES, after)] == [True]


def changed(name: str, key: str, **values: Any) -> Rules:
    items = (replace(i, **values) if i.key == key else i for i in getattr(RULES, name))
    return replace(RULES, **{name: tuple(items)})


def said(after: Rules, before: Rules = RULES) -> list[str]:
    return [one.sentence.replace("\u00a0", " ") for one in differences(before, after)]


def test_a_shorter_limit_says_from_what_to_what() -> None:
    fifteen = changed("time_limits", "reponse", counting=days(15, "jours_ouvres"))
    ten = changed("time_limits", "reponse", counting=days(10, "jours_ouvres"))
    month = changed("time_limits", "reponse", counting=days(1, "mois"))
    limit = "Le délai « Prise en charge et réponse »"
    assert said(ten, fifteen) == [f"{limit} passe de 15 à 10 jours ouvrés."]
    assert said(month, ten) == [f"{limit} passe de 10 jours ouvrés à 1 mois."]


def days(amount: int, unit: str) -> dict[str, Any]:
    return {"readings": [{"amount": amount, "unit": unit}], "favours": "organisation"}


def test_a_stage_comes_goes_and_is_renamed() -> None:
    stages = RULES.stages
    fewer = replace(RULES, stages=stages[:-1])
    assert said(RULES, fewer) == ["Nouvelle étape : « Retirée »."]
    assert said(fewer) == ["L’étape « Retirée » disparaît."]
    assert said(changed("stages", "retiree", label="Abandonnée")) == [
        "L’étape « Abandonnée » s’appelait « Retirée »."
    ]


def test_who_may_press_a_button_is_named() -> None:
    assert said(changed("moves", "rouvrir", roles=("moderator",))) == [
        "L’action « Rouvrir » est désormais ouverte à « Modérateur ».",
        "L’action « Rouvrir » n’est plus ouverte à « Direction ».",
    ]


def test_a_role_only_renamed_takes_no_button_away() -> None:
    after = changed("roles", "direction", label="Directrice")
    assert said(after) == ["Le rôle « Directrice » s’appelait « Direction »."]


def test_the_text_of_a_letter_stands_beside_the_sentence() -> None:
    after = changed("letters", "accuse", body="Bonjour,\nmerci.")
    (found,) = differences(RULES, after)
    assert found.sentence == "Le courrier «\u00a0Accusé de réception\u00a0»\u00a0: le texte change."
    assert (found.section, found.label, found.after) == (
        "Courriers",
        "Accusé de réception",
        "Bonjour,\nmerci.",
    )


def test_what_is_frozen_with_the_rules_is_told_by_its_name() -> None:
    before = {"le titre": "Procédure", "le médiateur": "AME CONSO"}
    (found,) = label_differences(before, {"le titre": "Procédure", "le médiateur": ""})
    assert found.sentence.replace("\u00a0", " ") == (
        "La procédure : le médiateur, « AME CONSO » auparavant, plus rien désormais."
    )


def test_every_list_of_the_rules_has_its_words() -> None:
    assert workflow.parsing.LISTS.keys() == PARTS.keys()


def test_units_are_called_as_time_limits_call_them() -> None:
    assert dict(sla.Unit.choices) == phrasing.UNITS


def test_the_order_in_which_conditions_are_ticked_changes_nothing() -> None:
    limit = RULES.time_limits[0]
    ticked = {"severity": ("medium", "low"), "kind": ("grievance", "complaint")}
    other = {name: values[::-1] for name, values in reversed(ticked.items())}
    pair = (replace(RULES, time_limits=(replace(limit, when=when),)) for when in (ticked, other))
    assert [difference.trivial for difference in differences(*pair)] == [True]
