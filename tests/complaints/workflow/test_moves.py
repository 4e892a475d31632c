"""Which buttons are open: the stage, the roles, and why not."""

from collections.abc import Collection

import pytest

from complaints.workflow import MoveRefused, Rules, find_move, open_moves, parse_rules
from tests.complaints.workflow.raw import move, procedure, role, stage


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
