"""Measures: planned from a dossier, done, their effect checked (CS-18, CS-21)."""

from datetime import date
from typing import Any

import pytest

from complaints.handling.moving import InvalidMove
from complaints.models import Dossier, Measure
from tests import factories
from tests.complaints.handling.conftest import FILED_AT
from tests.complaints.handling.rules import publish, with_item
from tests.factories import paris

PLANNED = (
    "prevoir_mesure",
    {
        "nature": "preventive",
        "description": "Envoyer les attestations chaque vendredi.",
        "root_cause": "Personne n’en était chargé.",
        "owner": "Secrétariat",
        "due_on": date(2026, 4, 30),
    },
)


def test_a_measure_is_planned_for_the_organisation_and_its_dossier(
    world: Any, decided: Dossier
) -> None:
    after = factories.play(world, decided, PLANNED, at=FILED_AT)
    measure = after.measures.get()
    assert (measure.organisation, measure.nature) == (world.organisation, "preventive")
    assert (measure.planned_on, measure.due_on) == (date(2026, 3, 30), date(2026, 4, 30))
    assert after.stage == "mesures"
    assert after.events.get(kind="measure_planned").data["measure"] == measure.pk


@pytest.mark.parametrize(("effect", "checked_on"), [("", None), ("Plus aucun retard.", "done")])
def test_a_measure_is_done_and_its_effect_checked_when_it_is_known(
    world: Any, decided: Dossier, effect: str, checked_on: str | None
) -> None:
    planned = factories.play(world, decided, PLANNED, at=FILED_AT)
    done = ("mesure_realisee", {"measure": planned.measures.get().pk, "effect": effect})
    factories.play(world, planned, done, at=paris("2026-04-17 16:00"))
    measure = planned.measures.get()
    assert (measure.done_on, measure.effect) == (date(2026, 4, 17), effect)
    assert measure.effect_checked_on == (date(2026, 4, 17) if checked_on else None)


def test_a_measure_of_another_dossier_cannot_be_noted_as_done(world: Any, decided: Dossier) -> None:
    of_another = Measure.objects.create(
        organisation=world.organisation,
        nature="corrective",
        description="Ailleurs",
        planned_on=date(2026, 3, 30),
    )
    with pytest.raises(InvalidMove, match="measure"):
        factories.play(world, decided, ("mesure_realisee", {"measure": of_another.pk}), at=FILED_AT)


EFFECT = {"key": "verifier", "label": "Vérifier l’effet", "deed": "check_effect", "to": ""}


def checkable(world: Any) -> None:
    """A procedure that comes back to its measures (CY-16)."""
    here = {"sources": ["mesures"], "roles": ["moderator"]}
    publish(world, moves=with_item(world, "moves", **EFFECT | here))


def test_the_effect_of_a_measure_is_checked_once_it_is_done(world: Any) -> None:
    checkable(world)
    dossier = factories.file(world, at=FILED_AT).dossier
    dossier = factories.play(world, dossier, *factories.WHOLE_LIFE[:4], PLANNED, at=FILED_AT)
    measure = dossier.measures.get()
    check = ("verifier", {"measure": measure.pk, "effect": "Plus aucun retard."})
    with pytest.raises(InvalidMove, match="measure"):
        factories.play(world, dossier, check, at=FILED_AT)
    done = ("mesure_realisee", {"measure": measure.pk, "effect": ""})
    factories.play(world, dossier, done, check, at=paris("2026-05-04 16:00"))
    measure.refresh_from_db()
    assert (measure.effect, measure.effect_checked_on) == ("Plus aucun retard.", date(2026, 5, 4))
    event = dossier.events.get(kind="effect_checked")
    assert event.data == {"measure": measure.pk}
    assert event.personal == {"description": measure.description, "effect": "Plus aucun retard."}
    with pytest.raises(InvalidMove, match="measure"):
        factories.play(world, dossier, check, at=FILED_AT)
