"""Asking what the complainant thinks of the measures, and keeping it (CS-22)."""

from typing import Any

import pytest

from complaints.handling.actors import Actor
from complaints.handling.moving import InvalidMove, perform
from complaints.models import Dossier
from tests import factories
from tests.complaints.handling.conftest import FILED_AT


@pytest.fixture
def asked(world: Any, answered: Dossier) -> Dossier:
    return factories.play(world, answered, "demander_avis", at=FILED_AT)


def give(dossier: Dossier, opinion: str, comment: str = "") -> Dossier:
    data = {"opinion": opinion, "comment": comment}
    return perform(dossier, "donner_avis", data, actor=Actor.complainant(), at=FILED_AT)


def test_asking_sends_a_letter(asked: Dossier) -> None:
    assert asked.stage == "retour"
    assert asked.letters.get(template="avis").notices.count() == 1


def test_an_opinion_is_kept_for_the_figures_and_its_words_for_the_team(asked: Dossier) -> None:
    give(asked, "partly", "Merci, mais tard.")
    event = asked.events.get(kind="satisfaction_received")
    assert event.data == {"opinion": "partly"}
    assert event.personal == {"comment": "Merci, mais tard."}
    assert asked.messages.get().body == "Merci, mais tard."


def test_an_opinion_without_a_word_is_no_message(asked: Dossier) -> None:
    give(asked, "satisfied")
    assert not asked.messages.exists()


def test_an_opinion_is_one_of_the_list(asked: Dossier) -> None:
    with pytest.raises(InvalidMove, match="opinion"):
        give(asked, "ravi")
