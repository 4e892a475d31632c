"""Which buttons are open: the stage, the roles, the time limit, and why not."""

from collections.abc import Collection
from datetime import date

import pytest

from complaints.workflow import (
    MoveRefused,
    Rules,
    Window,
    find_move,
    open_moves,
    parse_rules,
    windows_asked,
)
from tests.complaints.workflow.raw import move, procedure, role, stage, time_limit


@pytest.fixture
def rules() -> Rules:
    return parse_rules(
        procedure(
            roles=[role("moderator"), role("direction"), role("complainant")],
            stages=[stage("entree"), stage("etude", phase="open"), stage("sortie", phase="closed")],
            moves=[
                move("noter", to="", sources=["entree", "etude"]),
                move("etudier", to="etude", likely=True),
                move("retirer", roles=["moderator", "complainant"]),
                move("clore", sources=["etude"], roles=["direction"]),
            ],
        )
    )


@pytest.mark.parametrize(
    ("stage_key", "roles", "expected"),
    [
        ("entree", {"moderator"}, ["etudier", "noter", "retirer"]),
        ("entree", {"complainant"}, ["retirer"]),
        ("entree", {"direction"}, []),
        ("etude", {"moderator"}, ["noter"]),
        ("etude", {"moderator", "direction"}, ["noter", "clore"]),
        ("sortie", {"moderator", "direction"}, []),
        ("entree", set(), []),
    ],
)
def test_the_moves_of_a_stage_are_those_of_ones_roles_the_likely_first(
    rules: Rules, stage_key: str, roles: Collection[str], expected: list[str]
) -> None:
    assert [found.key for found in open_moves(rules, stage_key, roles)] == expected


@pytest.mark.parametrize("stage_key", ["entree", "etude", "sortie"])
@pytest.mark.parametrize("role_key", ["moderator", "direction", "complainant"])
def test_a_move_is_found_exactly_when_it_is_shown(
    rules: Rules, stage_key: str, role_key: str
) -> None:
    shown = open_moves(rules, stage_key, {role_key})
    for each in rules.moves:
        if each in shown:
            assert find_move(rules, each.key, stage_key, {role_key}) == each
        else:
            with pytest.raises(MoveRefused):
                find_move(rules, each.key, stage_key, {role_key})


@pytest.mark.parametrize(
    ("key", "stage_key", "roles", "reason"),
    [
        ("inventer", "entree", {"moderator"}, "Cette action n’existe pas dans la procédure"),
        (
            "clore",
            "entree",
            {"direction"},
            "« Clore » n’est plus possible : .* à l’étape « Entree »",
        ),
        ("clore", "etude", {"moderator"}, "« Clore » n’est pas ouvert à votre rôle"),
    ],
)
def test_a_refusal_says_why(
    rules: Rules, key: str, stage_key: str, roles: Collection[str], reason: str
) -> None:
    with pytest.raises(MoveRefused, match=reason):
        find_move(rules, key, stage_key, roles)


# --- As long as a time limit runs ---------------------------------------------------------------

LAST_DAY = date(2026, 4, 16)


@pytest.fixture
def timed() -> Rules:
    """A button that is there within « Réponse », and one that always is."""
    return parse_rules(
        procedure(
            moves=[move("clore"), move("contester", to="", within="reponse")],
            time_limits=[time_limit()],
        )
    )


@pytest.mark.parametrize(
    ("windows", "said"),
    [
        ({"reponse": Window(runs=True, last_day=LAST_DAY)}, ""),
        ({"reponse": Window(runs=True)}, ""),
        (
            {"reponse": Window(runs=False, last_day=LAST_DAY, over=True)},
            "Le délai pour «\u00a0Contester\u00a0» est passé depuis le 16/04/2026.",
        ),
        (
            {"reponse": Window(runs=False, last_day=LAST_DAY)},
            "n’est plus possible\u00a0: le délai «\u00a0Réponse\u00a0» ne court plus.",
        ),
        ({}, "n’est pas encore possible\u00a0: le délai «\u00a0Réponse\u00a0» n’a pas commencé."),
        ({"autre": Window(runs=True)}, "n’a pas commencé"),
    ],
    ids=["runs", "without a known day", "over", "met", "not begun", "another one"],
)
def test_a_timed_move_is_there_while_its_limit_runs_and_says_why_not(
    timed: Rules, windows: dict[str, Window], said: str
) -> None:
    shown = [found.key for found in open_moves(timed, "entree", {"moderator"}, windows)]
    assert shown == (["clore"] if said else ["clore", "contester"])
    if said:
        with pytest.raises(MoveRefused, match=said):
            find_move(timed, "contester", "entree", {"moderator"}, windows)
    else:
        assert find_move(timed, "contester", "entree", {"moderator"}, windows).within == "reponse"


def test_only_the_limits_of_the_stage_are_asked_for(timed: Rules) -> None:
    assert windows_asked(timed, "entree") == {"reponse"}
    assert windows_asked(timed, "sortie") == frozenset()


@pytest.mark.parametrize(
    ("kind", "expected"), [("adverse_event", ["ouvrir"]), ("complaint", []), ("", ["ouvrir"])]
)
def test_a_move_may_be_for_dossiers_of_certain_kinds(kind: str, expected: list[str]) -> None:
    kinds = ["complaint", "adverse_event"]
    moves = [move("ouvrir", kinds=["adverse_event"])]
    rules = parse_rules(procedure(kinds=kinds, moves=moves))
    found = open_moves(rules, "entree", {"moderator"}, kind=kind)
    assert [one.key for one in found] == expected
    if not expected:
        with pytest.raises(MoveRefused, match="pas pour un dossier de cette nature"):
            find_move(rules, "ouvrir", "entree", {"moderator"}, kind=kind)
