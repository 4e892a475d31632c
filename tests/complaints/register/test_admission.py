"""The criteria of admissibility, with the age of the facts, and the letter of a refusal."""

from dataclasses import replace

import pytest

from complaints.register.admission import criteria_words, refusal_words
from complaints.workflow.definition import Criterion
from complaints.workflow.vocabulary import Deed
from tests.complaints.register.committee import committee


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        (Criterion("ecrit", "Elle est écrite."), "Elle est écrite."),
        (
            Criterion("age", "Les faits sont récents", 2, "mois"),
            "Les faits sont récents (moins de 2 mois le jour où nous recevons votre réclamation).",
        ),
    ],
)
def test_each_criterion_is_a_sentence(criterion: Criterion, words: str) -> None:
    assert criteria_words(replace(committee(), criteria=(criterion,))) == [words]


def test_a_refusal_promises_a_letter_only_where_one_is_sent() -> None:
    assert refusal_words(committee()).endswith("nous vous écrivons pourquoi.")
    moves = tuple(
        replace(move, letter="") if move.deed == Deed.DECLARE_INADMISSIBLE else move
        for move in committee().moves
    )
    assert refusal_words(replace(committee(), moves=moves)) == ""
