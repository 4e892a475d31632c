"""What could not be counted is refused as the procedure is written, not when a dossier needs it."""

from typing import Any

import pytest

from complaints.models.procedure import procedure_problems
from tests.complaints.workflow.raw import procedure, time_limit


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
