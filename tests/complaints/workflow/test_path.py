"""The way from the first stage to the end one wishes to see, whatever the procedure."""

from dataclasses import replace
from typing import Any

import pytest

from complaints import workflow
from complaints.handling.presets import Preset, read_preset
from complaints.workflow import Rules
from complaints.workflow.path import LABELS, LACKING, NEEDED, Case, Wish, find_path, who_presses
from complaints.workflow.vocabulary import Deed, Phase

PRESETS = list(Preset)
GRADED = Case(kind="complaint", severity="high", channel="online")


def rules_of(preset: str) -> Rules:
    raw = read_preset(preset)
    return workflow.parse_rules({k: v for k, v in raw.items() if k not in ("title", "help")})


def keys(rules: Rules, wish: Wish, case: Case = GRADED) -> list[str]:
    return [move.key for move in find_path(rules, wish, case).moves]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("wish", list(Wish))
def test_each_move_leaves_from_where_the_one_before_has_led(preset: str, wish: Wish) -> None:
    rules = rules_of(preset)
    path = find_path(rules, wish, GRADED)
    stage, passed = rules.first_stage.key, []
    for move in path.moves:
        assert stage in move.sources, move.key
        passed += [stage] if move.to else []
        stage = move.to or stage
    deeds = [move.deed for move in path.moves]
    assert bool(path.refusal) == (not path.moves and wish != Wish.SILENT_ORGANISATION)
    assert len(deeds) == len(set(deeds))
    if path.moves:
        assert [deed for deed in deeds if deed in NEEDED[wish]] == list(NEEDED[wish])
    if path.moves and wish != Wish.SILENT_COMPLAINANT:
        assert rules.stage(stage).phase == Phase.CLOSED or closes_by_itself(rules, stage)


def closes_by_itself(rules: Rules, stage: str) -> bool:
    """Only the clock closes from there."""
    closing = [m for m in rules.moves if stage in m.sources and m.deed == Deed.CLOSE]
    return bool(closing) and all(move.roles == ("clock",) for move in closing)


def test_the_likely_moves_come_first_and_no_complainant_gives_up() -> None:
    assert keys(rules_of("simplifie"), Wish.STRAIGHT) == [
        *("accuser", "inscrire", "recevable", "decider", "preparer_reponse"),
        *("repondre", "demander_avis", "clore"),
    ]


def test_what_is_asked_is_answered_before_anything_else() -> None:
    found = keys(rules_of("comite"), Wish.INCOMPLETE)
    asked = found.index("demander_complement")
    assert found[asked + 1] == "recevoir_complement"


def test_an_appeal_is_filed_by_the_complainant_and_decided_by_staff() -> None:
    moves = {m.key: m for m in find_path(rules_of("comite"), Wish.APPEAL, GRADED).moves}
    assert list(moves)[-3:] == ["deposer_recours", "trancher", "clore"]
    assert who_presses(moves["deposer_recours"]) == "complainant"
    assert who_presses(moves["trancher"]) == "direction"


@pytest.mark.parametrize("preset", ["simplifie", "court", "aleas"])
def test_a_procedure_without_appeal_says_so(preset: str) -> None:
    path = find_path(rules_of(preset), Wish.APPEAL)
    assert path.refusal == "Cette procédure ne prévoit pas de recours."


def test_it_is_assessed_only_when_somebody_grades_it() -> None:
    rules = rules_of("comite")
    assert "evaluer" in keys(rules, Wish.STRAIGHT)
    assert "evaluer" not in keys(rules, Wish.STRAIGHT, replace(GRADED, severity=""))


def test_a_promise_for_complex_cases_is_kept_for_them_only() -> None:
    rules = rules_of("court")
    assert "annoncer_retard" not in keys(rules, Wish.STRAIGHT)
    assert "annoncer_retard" in keys(rules, Wish.STRAIGHT, Case(complexity="complex"))


def rules_without(*deeds: Deed, **changes: Any) -> Rules:
    rules = rules_of("simplifie")
    left = tuple(move for move in rules.moves if move.deed not in deeds)
    return replace(rules, moves=left, **changes)


def test_a_procedure_that_answers_nobody_still_goes_to_its_end() -> None:
    rules = rules_without(Deed.RESPOND)
    skip = replace(rules.move("preparer_reponse"), to="prevention")
    rules = replace(rules, moves=(*rules.moves, skip))
    assert keys(rules, Wish.STRAIGHT)[-1] == "clore"
    assert find_path(rules, Wish.SILENT_COMPLAINANT).refusal == LACKING[Deed.RESPOND]


def test_a_procedure_that_never_closes_stops_where_the_wish_is_met() -> None:
    assert keys(rules_without(Deed.CLOSE), Wish.STRAIGHT)[-1] == "repondre"


def test_a_wish_out_of_reach_is_told() -> None:
    """The only way to the response goes through a decision that nobody can make."""
    assert "répondre" in find_path(rules_without(Deed.DECIDE), Wish.STRAIGHT).refusal


def test_moves_that_turn_in_a_circle_are_walked_once() -> None:
    rules = rules_without(Deed.DECIDE)
    back = replace(rules.move("recevable"), key="retour", sources=("evaluation",), to="registre")
    assert find_path(replace(rules, moves=(back, *rules.moves)), Wish.STRAIGHT).refusal


def test_every_wish_has_its_words() -> None:
    assert LABELS.keys() == NEEDED.keys() == set(Wish)
    assert {deed for needed in NEEDED.values() for deed in needed} == LACKING.keys()


@pytest.mark.parametrize("channel", ["phone", "oral", "partner"])
def test_what_was_only_said_is_written_first_where_a_writing_is_awaited(channel: str) -> None:
    told = replace(GRADED, channel=channel)
    found = keys(rules_of("comite"), Wish.STRAIGHT, told)
    assert found[0] == "ecrit_recu"
    assert found[1:] == keys(rules_of("comite"), Wish.STRAIGHT)
    assert keys(rules_of("simplifie"), Wish.STRAIGHT, told) == keys(
        rules_of("simplifie"), Wish.STRAIGHT
    )
