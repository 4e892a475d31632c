"""Measures: planned from a dossier, done, their effect checked (CS-18, CS-21)."""

from datetime import date
from typing import Any

import pytest

from complaints.handling.moving import InvalidMove
from complaints.models import Dossier, Measure
from tests import factories
from tests.complaints.handling.conftest import FILED_AT
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
