"""What a procedure promises is said in words, and nothing that stays inside is said."""

from dataclasses import replace

import pytest

from complaints.register.promises import promises_of, retention_words
from complaints.workflow import Rules
from complaints.workflow.definition import Retention
from complaints.workflow.vocabulary import EventKind, RetentionStart
from tests.factories import World


@pytest.fixture
def rules(world: World) -> Rules:
    return world.page.version.rules


def test_internal_targets_are_left_out(rules: Rules) -> None:
    told = {promise.key for promise in promises_of(rules)}
    assert told == {limit.key for limit in rules.time_limits if not limit.internal}
    assert told < {limit.key for limit in rules.time_limits}


def test_a_start_that_has_no_sentence_of_its_own_is_named(rules: Rules) -> None:
    limit = replace(rules.time_limits[0], starts_on=EventKind.ANALYSED, internal=False)
    [promise] = promises_of(replace(rules, time_limits=(limit,)))
    assert promise.starts == "à compter de : analyse faite"


@pytest.mark.parametrize("start", RetentionStart)
def test_every_start_of_the_retention_has_its_words(rules: Rules, start: RetentionStart) -> None:
    words = retention_words(replace(rules, retention=Retention(3, "ans", start)))
    assert words.startswith("3 ans à compter de ")


def test_no_retention_promises_nothing(rules: Rules) -> None:
    assert retention_words(replace(rules, retention=None)) == ""
