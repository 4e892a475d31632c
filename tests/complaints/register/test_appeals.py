"""The appeal is said as the clock and the buttons run it, and not at all without one."""

from dataclasses import replace
from typing import Any

import pytest

from complaints.register.appeals import appeal_words, deciders_of, has_appeal
from complaints.workflow import Rules
from complaints.workflow.definition import Extension
from complaints.workflow.vocabulary import Deed, Phase
from tests.complaints.register.committee import committee


def said(rules: Rules) -> str:
    return " ".join(appeal_words(rules)).replace("\u00a0", " ")


def with_moves(deed: Deed, **changes: Any) -> Rules:
    """The moves that do that deed, changed."""
    rules = committee()
    moves = (replace(m, **changes) if m.deed == deed else m for m in rules.moves)
    return replace(rules, moves=tuple(moves))


@pytest.mark.parametrize(
    "fact",
    [
        "vous, ou votre représentant, pouvez former un recours interne.",
        "Vous avez 15 jours calendaires pour le faire, à compter de l’envoi de notre réponse.",
        "il est reporté au premier jour suivant",
        "Votre recours est examiné par : Comité d’impartialité.",
        "La décision vous est donnée dans un délai d’un mois à compter du dépôt du recours.",
        "une seule fois, par un courrier qui vous dit pourquoi.",
        "Un seul recours est possible",
    ],
)
def test_a_reader_learns_who_until_when_by_whom_and_in_how_long(fact: str) -> None:
    assert fact in said(committee())


def test_without_a_stage_of_appeal_nothing_is_said() -> None:
    rules = committee()
    stages = tuple(stage for stage in rules.stages if stage.phase != Phase.APPEAL)
    assert not has_appeal(replace(rules, stages=stages))
    assert appeal_words(replace(rules, stages=stages)) == []


def test_an_appeal_that_only_staff_note_says_whom_to_write_to() -> None:
    rules = with_moves(Deed.FILE_APPEAL, roles=("president",))
    assert "en vous adressant à : Président(e)." in said(rules)


def test_a_limit_that_changes_changes_the_sentence() -> None:
    rules = committee()
    limits = tuple(
        replace(limit, counting={"readings": [{"amount": 2, "unit": "mois"}]}, extension=NONE)
        if limit.starts_on == "appeal_filed"
        else limit
        for limit in rules.time_limits
    )
    words = said(replace(rules, time_limits=limits))
    assert "dans un délai de 2 mois à compter du dépôt du recours. Un seul" in words


NONE = Extension()


def test_a_body_that_no_button_names_does_not_decide() -> None:
    assert deciders_of(with_moves(Deed.DECIDE_APPEAL, help="", label="Trancher")) != ["CTRP"]


def test_a_role_under_the_key_of_a_body_decides_as_that_body() -> None:
    assert deciders_of(with_moves(Deed.DECIDE_APPEAL, roles=("ctrp",))) == ["CTRP"]


def test_without_any_body_the_roles_of_the_button_decide() -> None:
    assert deciders_of(replace(committee(), bodies=())) == ["Direction", "Président(e)"]
