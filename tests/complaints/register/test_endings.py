"""What closes a dossier is said: the answer, the silence, the withdrawal; and the opinion asked."""

from dataclasses import replace

import pytest

from complaints.register.endings import closure_words, opinion_words
from complaints.workflow import Rules
from complaints.workflow.vocabulary import Deed, OnExpiry, Phase
from tests.complaints.register.committee import committee

SILENCE = (
    "Sans réaction de votre part dans un délai de 15 jours calendaires à compter de l’envoi de"
    " notre réponse, votre dossier est considéré comme clos."
)


def without(rules: Rules, *deeds: Deed) -> Rules:
    return replace(rules, moves=tuple(move for move in rules.moves if move.deed not in deeds))


def test_a_silence_that_closes_is_said_with_its_length() -> None:
    assert SILENCE in " ".join(closure_words(committee()))


def test_it_is_said_even_when_the_limit_is_internal() -> None:
    rules = committee()
    limits = tuple(replace(limit, internal=True) for limit in rules.time_limits)
    assert SILENCE in " ".join(closure_words(replace(rules, time_limits=limits)))


def test_without_such_a_limit_no_silence_closes() -> None:
    rules = committee()
    limits = tuple(limit for limit in rules.time_limits if limit.on_expiry != OnExpiry.CLOSE)
    assert "Sans réaction" not in " ".join(closure_words(replace(rules, time_limits=limits)))


def test_an_answer_that_closes_is_said() -> None:
    rules = committee()
    closed = next(stage.key for stage in rules.stages if stage.phase == Phase.CLOSED)
    moves = tuple(replace(m, to=closed) if m.deed == Deed.RESPOND else m for m in rules.moves)
    first = closure_words(replace(rules, moves=moves))[0]
    assert first == "Votre dossier est clos dès que notre réponse vous est envoyée."


@pytest.mark.parametrize(
    ("roles", "said"), [(("clock",), False), (("clock", "direction"), True), (("direction",), True)]
)
def test_what_only_the_clock_closes_is_not_ours_to_close(
    roles: tuple[str, ...], said: bool
) -> None:
    rules = committee()
    moves = tuple(replace(m, roles=roles) if m.deed == Deed.CLOSE else m for m in rules.moves)
    told = " ".join(closure_words(replace(rules, moves=moves)))
    assert ("Nous clôturons votre dossier" in told) is said
    assert SILENCE in told


def test_after_an_appeal_it_is_the_decision_that_closes() -> None:
    rules = committee()
    [decided] = [move.to for move in rules.moves if move.deed == Deed.DECIDE_APPEAL]
    assert rules.stage(decided).phase == Phase.ANSWERED
    moves = tuple(
        replace(m, sources=(decided,), roles=("direction",)) if m.deed == Deed.CLOSE else m
        for m in rules.moves
    )
    told = closure_words(replace(rules, moves=moves))
    assert "Nous clôturons votre dossier une fois le recours tranché." in told


def test_a_withdrawal_is_offered_only_where_a_button_exists() -> None:
    offered = "Vous pouvez aussi retirer votre réclamation pendant son examen."
    assert offered in closure_words(committee())
    assert offered not in closure_words(without(committee(), Deed.WITHDRAW))


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        (Deed.ASK_SATISFACTION, "Nous vous demandons ensuite votre avis"),
        (Deed.RECORD_SATISFACTION, "Vous pouvez nous donner votre avis"),
    ],
)
def test_the_opinion_is_asked_or_given(kept: Deed, words: str) -> None:
    rules = without(committee(), Deed.ASK_SATISFACTION, Deed.RECORD_SATISFACTION)
    rules = replace(rules, moves=(replace(committee().moves[0], deed=kept), *rules.moves))
    assert opinion_words(rules).startswith(words)


def test_an_opinion_that_nobody_asks_for_is_not_spoken_of() -> None:
    rules = without(committee(), Deed.ASK_SATISFACTION, Deed.RECORD_SATISFACTION)
    assert opinion_words(rules) == ""
