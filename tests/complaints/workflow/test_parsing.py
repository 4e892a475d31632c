"""From stored JSON to typed rules: every problem at once, in an editor's words."""

from copy import deepcopy
from types import MappingProxyType
from typing import Any

import pytest

from complaints.workflow import DefinitionError, parse_rules
from complaints.workflow.parsing import LISTS
from complaints.workflow.vocabulary import Deed, EventKind, Kind, OnExpiry, Phase
from tests.complaints.workflow.raw import move, procedure, stage, time_limit


def problems(**changes: Any) -> list[str]:
    with pytest.raises(DefinitionError) as refused:
        parse_rules(procedure(**changes))
    return [problem.sentence for problem in refused.value.problems]


def test_what_is_read_is_typed() -> None:
    rules = parse_rules(procedure(time_limits=[time_limit(warn_days=[7, 2])]))
    assert rules.kinds == (Kind.COMPLAINT,)
    assert rules.first_stage.phase is Phase.SIGNALLED
    assert rules.move("clore").deed is Deed.CLOSE
    limit = rules.time_limit("reponse")
    assert (limit.starts_on, limit.met_by) == (EventKind.RECEIVED, (EventKind.CLOSED,))
    assert (limit.on_expiry, limit.warn_days) == (OnExpiry.LATE, (7, 2))


def test_what_is_not_said_has_its_default() -> None:
    rules = parse_rules(procedure(kinds=[]))
    assert rules.kinds == (Kind.COMPLAINT,)
    assert (rules.retention, rules.response_prefix, rules.severities) == (None, "REP", ())


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"kinds": ["querelle"]}, "Nature de dossier inconnue"),
        ({"stages": ["entree"]}, "Dans l’étape n° 1 : une suite de champs est attendue."),
        ({"stages": [{"key": "a", "phase": "open"}]}, "Dans l’étape n° 1 : il manque le nom."),
        (
            {"stages": [stage("a"), stage("b", phase="perdu")]},
            "Dans l’étape n° 2 : « phase » a une valeur inconnue, 'perdu'.",
        ),
        (
            {"moves": [move("clore", couleur="rouge")]},
            "Dans l’action n° 1 : « couleur » est inconnu.",
        ),
        (
            {"moves": [move("clore", deed="effacer")]},
            "Dans l’action n° 1 : « deed » a une valeur inconnue, 'effacer'.",
        ),
        (
            {"time_limits": [time_limit(met_by=["jamais"])]},
            "Dans le délai n° 1 : « met_by » a une valeur inconnue, ['jamais'].",
        ),
        (
            {"retention": {"amount": "sept", "unit": "ans"}},
            "Dans la conservation : « amount » a une valeur inconnue, 'sept'.",
        ),
        ({"kinds": 3}, "Nature de dossier inconnue : 3."),
        ({"stakeholders": ["voisin"]}, "Partie prenante inconnue : 'voisin'."),
        ({"time_limits": 3}, "Dans le délai n° 1 : une suite de champs est attendue."),
        (
            {"moves": [move("clore", roles="moderator")]},
            "Dans l’action n° 1 : « roles » a une valeur inconnue, 'moderator'.",
        ),
    ],
)
def test_what_cannot_be_read_is_said_where_it_is(changes: dict[str, Any], problem: str) -> None:
    assert any(found.startswith(problem) for found in problems(**changes))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("label", 3),
        ("owner", ["moderator"]),
        ("internal", "oui"),
        ("warn_days", ["sept"]),
        ("warn_days", [1.5]),
        ("warn_days", [True]),
        ("met_by", "closed"),
        ("met_by", [["closed"]]),
        ("when", ["severity"]),
        ("when", {"severity": "high"}),
        ("when", {"severity": [["high"]]}),
        ("when", {"severity": [1, "high"]}),
        ("when", {"severity": {"high": True}}),
        ("extension", ["mois"]),
        ("extension", {"allowed": "oui"}),
        ("extension", {"allowed": True, "times": "une"}),
        ("extension", {"allowed": True, "times": 1.5}),
        ("extension", {"allowed": True, "unit": ["mois"]}),
        ("extension", {"allowed": True, "couleur": "rouge"}),
    ],
    ids=str,
)
def test_a_value_of_another_type_is_said_where_it_is(name: str, value: Any) -> None:
    assert problems(time_limits=[time_limit(**{name: value})]) == [
        f"Dans le délai n° 1 : « {name} » a une valeur inconnue, {value!r}."
    ]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"moves": [move("clore", deed="effacer")]}, ("moves", "clore", "deed")),
        ({"stages": [{"key": "a", "phase": "open"}]}, ("stages", "a", "label")),
        ({"stages": [{"label": "A", "phase": "open"}]}, ("stages", "", "key")),
        ({"retention": {"amount": "sept", "unit": "ans"}}, ("retention", "", "amount")),
        ({"kinds": ["querelle"]}, ("kinds", "", "")),
    ],
    ids=str,
)
def test_a_problem_knows_its_place(changes: dict[str, Any], place: tuple[str, str, str]) -> None:
    with pytest.raises(DefinitionError) as refused:
        parse_rules(procedure(**changes))
    (problem,) = refused.value.problems
    assert (problem.part, problem.key, problem.field) == place


def test_every_problem_is_said_at_once() -> None:
    found = problems(stages=[{"key": "a"}], moves=[move("clore", deed="effacer")])
    assert len(found) == 3


def test_the_public_steps_are_the_numbered_stages_in_order() -> None:
    stages = [stage("c", step=3), stage("a", step=1), stage("cachee"), stage("b", step=2)]
    steps = parse_rules(procedure(stages=stages)).public_steps
    assert [step.key for step in steps] == ["a", "b", "c"]


@pytest.mark.parametrize("reader", ["stage", "move", "letter", "time_limit"])
def test_an_unknown_key_is_an_error(reader: str) -> None:
    with pytest.raises(KeyError):
        getattr(parse_rules(procedure()), reader)("absent")


@pytest.mark.parametrize("part", LISTS)
def test_what_a_draft_lacks_is_named_in_words(part: str) -> None:
    lacking = problems(**{part: [{}]})
    assert lacking
    assert all(" : il manque " in said and "«" not in said for said in lacking)


def test_rules_are_read_once_and_follow_nobody_who_changes_what_they_were_read_from() -> None:
    definition = procedure(time_limits=[time_limit(when={"severity": ["high"]})])
    rules = parse_rules(definition)
    assert parse_rules(procedure(time_limits=[time_limit(when={"severity": ["high"]})])) is rules
    before = deepcopy(rules)
    definition["time_limits"][0]["when"]["severity"] = ["low"]
    definition["time_limits"][0]["counting"]["readings"] = []
    assert rules == before
    assert parse_rules(definition).time_limit("reponse").when == {"severity": ("low",)}


def test_what_is_no_json_is_read_all_the_same() -> None:
    raw = procedure()
    assert parse_rules(MappingProxyType(raw)) == parse_rules(raw)
