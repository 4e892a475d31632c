"""What could not be counted is refused as the procedure is written, not when a dossier needs it."""

from typing import Any

import pytest

from complaints.models import ProcedureVersion
from complaints.models.procedure import procedure_problems
from tests.complaints.workflow.raw import procedure, time_limit
from tests.factories import World, paris


@pytest.mark.parametrize(
    ("retention", "problem"),
    [
        (
            {"amount": 200, "unit": "ans"},
            "La conservation : 200 ans, c’est trop : le plus long délai est de 100.",
        ),
        (
            {"amount": 2, "unit": "aucun"},
            "La conservation : Un délai non chiffré ne porte pas de durée.",
        ),
        (
            {"amount": 20, "unit": "jours_ouvres"},
            "La conservation se compte en jours calendaires, en mois ou en ans.",
        ),
    ],
    ids=str,
)
def test_a_retention_whose_end_cannot_be_counted_is_refused(
    retention: dict[str, Any], problem: str
) -> None:
    found = procedure_problems(procedure(retention=retention))
    assert [str(found).replace("\u00a0", " ") for found in found] == [problem]


@pytest.mark.parametrize("unit", ["jours_calendaires", "mois", "ans"])
def test_a_retention_is_counted_in_days_months_or_years(unit: str) -> None:
    assert procedure_problems(procedure(retention={"amount": 7, "unit": unit})) == []


@pytest.mark.parametrize("amount", [0, 1], ids=["no ceiling", "a ceiling"])
def test_an_extension_in_no_known_unit_is_refused(amount: int) -> None:
    prolonged = {"allowed": True, "amount": amount, "unit": "lunes"}
    (problem,) = procedure_problems(procedure(time_limits=[time_limit(extension=prolonged)]))
    assert "L’unité «\u00a0lunes\u00a0» n’existe pas" in problem.sentence


@pytest.mark.django_db
def test_boxes_ticked_in_another_order_are_no_new_version(world: World) -> None:
    procedure, at = world.page.procedure, paris("2026-03-30 09:00")
    before = procedure.current
    procedure.stakeholders = [*reversed(procedure.stakeholders)]
    for move in procedure.moves:
        move.value["roles"] = [*reversed(move.value["roles"])]
    assert ProcedureVersion.freeze(procedure, at=at) == before
    procedure.stakeholders = procedure.stakeholders[1:]
    assert ProcedureVersion.freeze(procedure, at=at).number == before.number + 1
