"""A complaint or not, with reasons (CS-04, CS-16)."""

from typing import Any

import pytest

from complaints.handling.moving import InvalidMove
from complaints.models import Dossier
from tests import factories
from tests.complaints.handling.conftest import FILED_AT

REFUSAL = ("hors_reclamation", {"reason": "C’est une demande d’information."})


def test_declaring_it_admissible_notes_the_breaches_for_the_register(
    world: Any, registered: Dossier
) -> None:
    move = ("recevable", {"breaches": "Envoi non suivi."})
    taken = factories.play(world, registered, move, at=FILED_AT)
    assert (taken.stage, taken.breaches) == ("evaluation", "Envoi non suivi.")
    event = taken.events.get(kind="declared_admissible")
    assert (event.personal, event.data) == ({"breaches": "Envoi non suivi."}, {"letter": ""})


def test_refusing_closes_it_with_a_letter_and_its_reason(world: Any, dossier: Dossier) -> None:
    refused = factories.play(world, dossier, REFUSAL, at=FILED_AT)
    assert (refused.stage, refused.phase, refused.closed_at) == (
        "hors_reclamation",
        "closed",
        FILED_AT,
    )
    assert refused.decision == "C’est une demande d’information."
    assert [event.kind for event in refused.events.order_by("number")] == [
        "received",
        "declared_inadmissible",
        "closed",
    ]
    assert refused.letters.get(document="letter").notices.count() == 1


def test_a_refusal_answers_what_was_due(world: Any, dossier: Dossier) -> None:
    refused = factories.play(world, dossier, REFUSAL, at=FILED_AT)
    duties = refused.deadlines.filter(is_duty=True)
    assert set(duties.values_list("state", flat=True)) == {"met"}


def test_a_refusal_without_reason_is_refused(world: Any, dossier: Dossier) -> None:
    with pytest.raises(InvalidMove, match="reason"):
        factories.play(world, dossier, ("hors_reclamation", {"reason": " "}), at=FILED_AT)
