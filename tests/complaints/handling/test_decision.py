"""Deciding: what the organisation makes of the complaint, and why."""

from typing import Any

import pytest

from complaints.handling.moving import InvalidMove
from complaints.models import Dossier
from complaints.workflow.vocabulary import Outcome
from tests import factories
from tests.complaints.handling.conftest import FILED_AT


@pytest.fixture
def studied(world: Any, registered: Dossier) -> Dossier:
    return factories.play(world, registered, ("recevable", {"breaches": ""}), at=FILED_AT)


@pytest.mark.parametrize("outcome", Outcome.values)
def test_the_outcome_and_its_reasons_are_kept(world: Any, studied: Dossier, outcome: str) -> None:
    decision = ("decider", {"outcome": outcome, "decision": "Voici pourquoi."})
    decided = factories.play(world, studied, decision, at=FILED_AT)
    assert (decided.stage, decided.outcome, decided.decision) == (
        "mesures",
        outcome,
        "Voici pourquoi.",
    )
    event = decided.events.get(kind="decided")
    assert (event.data, event.personal) == ({"outcome": outcome}, {"decision": "Voici pourquoi."})


@pytest.mark.parametrize("data", [{"outcome": "favourable"}, {"outcome": "oui", "decision": "Car"}])
def test_a_decision_has_an_outcome_of_the_list_and_reasons(
    world: Any, studied: Dossier, data: dict[str, str]
) -> None:
    with pytest.raises(InvalidMove):
        factories.play(world, studied, ("decider", data), at=FILED_AT)
