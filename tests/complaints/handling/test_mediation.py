"""An outside mediator was asked: the dossier waits, and nothing is erased meanwhile (CS-26)."""

from typing import Any

from complaints.models import Dossier
from tests import factories
from tests.complaints.handling.conftest import FILED_AT


def test_the_mediator_is_noted_and_the_dossier_stays_open(world: Any, answered: Dossier) -> None:
    move = ("mediateur", {"mediator": "Médiation de l’Adour"})
    referred = factories.play(world, answered, move, at=FILED_AT)
    assert (referred.stage, referred.phase, referred.is_open) == ("mediation", "mediation", True)
    assert referred.erase_on is None
    assert referred.events.get(kind="mediation_referred").personal == {
        "mediator": "Médiation de l’Adour"
    }


def test_it_is_closed_afterwards_like_any_other(world: Any, answered: Dossier) -> None:
    moves = [("mediateur", {"mediator": "Médiation de l’Adour"}), factories.WHOLE_LIFE[-1]]
    assert factories.play(world, answered, *moves, at=FILED_AT).phase == "closed"
