"""How days are counted is said in the words that the procedure needs, and no others."""

from dataclasses import replace
from typing import Any

import pytest

from complaints.register.conventions import BEGINNING, LAW, SEVERAL, counting_words
from complaints.workflow import TimeLimit
from complaints.workflow.vocabulary import EventKind
from tests.factories import World


def said(world: World, *limits: TimeLimit) -> list[str]:
    rules = replace(world.page.version.rules, time_limits=limits)
    return [s.replace("\u00a0", " ") for s in counting_words(rules, world.organisation)]


def limit(*readings: tuple[int, str], **changes: Any) -> TimeLimit:
    counting = {"readings": [{"amount": amount, "unit": unit} for amount, unit in readings]}
    counting["roll_over"] = changes.pop("roll_over", False)
    return TimeLimit("reponse", "Réponse", EventKind.RECEIVED, counting, **changes)


MONTHS = (
    "Un délai en mois ou en années finit à la même date du mois (le 12 s’il part un 12)"
    " ou, si elle n’existe pas, le dernier jour du mois."
)
REGION = "Les jours fériés sont ceux de la région « Métropole »."


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        (
            "jours_ouvres",
            [
                "Les jours ouvrés sont ceux où nous travaillons : du lundi au vendredi, sans les"
                " jours fériés.",
                REGION,
            ],
        ),
        (
            "jours_ouvrables",
            ["Les jours ouvrables vont du lundi au samedi, sans les jours fériés.", REGION],
        ),
        ("jours_calendaires", ["Les jours calendaires sont tous les jours, fériés compris."]),
        ("mois", [MONTHS]),
        ("ans", [MONTHS]),
    ],
)
def test_only_the_units_in_use_are_explained(world: World, unit: str, words: list[str]) -> None:
    assert said(world, limit((10, unit))) == [BEGINNING, *words, LAW]


def test_a_report_names_the_holidays(world: World) -> None:
    assert REGION in said(world, limit((10, "jours_calendaires"), roll_over=True))


@pytest.mark.parametrize(
    ("week", "words"),
    [("0111110", "du mardi au samedi"), ("1101100", "lundi, mardi, jeudi et vendredi")],
)
def test_a_week_is_said_as_it_is_worked(world: World, week: str, words: str) -> None:
    world.organisation.working_week = week
    assert f"nous travaillons : {words}, sans les jours fériés." in " ".join(
        said(world, limit((5, "jours_ouvres")))
    )


def test_two_readings_say_which_one_binds(world: World) -> None:
    assert SEVERAL in said(world, limit((5, "jours_ouvres"), (10, "jours_calendaires")))


def test_without_a_number_there_is_nothing_to_count(world: World) -> None:
    assert said(world, limit((0, "aucun")), limit((2, "jours_ouvres"), internal=True)) == []
