"""What the columns that not every organisation has show: two facts in one, the journal, the dates.

`test_lines` plays the seventeen of Connect’Sens.
"""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.handling.acting import act_on
from complaints.handling.actors import Actor
from complaints.handling.erasure import erase
from complaints.models import Dossier, RegisterEntry
from complaints.register.columns import COLUMNS
from complaints.register.lines import Column as Shown
from complaints.register.lines import lines
from complaints.workflow.vocabulary import Column
from tests.complaints.handling.rules import limit, publish
from tests.factories import WHOLE_LIFE, World, file, paris, play

pytestmark = pytest.mark.django_db
MONDAY, LATER = paris("2026-03-30 09:00"), paris("2026-04-15 09:00")

SAID = {
    Column.NUMBER_AND_COMPLETED_ON: "R-2026-0001, 30/03/2026",
    Column.FIRST_CHANNEL_AND_REFERENCE: "Courriel, n° CS-2026-0001",
    Column.CHANNEL: "Formulaire en ligne",
    Column.KIND: "Réclamation",
    Column.MARKERS: "Nature humaine, Image",
    Column.SEVERITY: "Urgente",
    Column.CLIENT: "Dora Lemaire, tutrice, Atelier Lemaire",
    Column.TRAINEE: "Marc Vidal",
    Column.TRAINING_DATES: "du 3 au 5 mars 2026",
    Column.ACKNOWLEDGED_ON: "30/03/2026",
    Column.RESPONSE_DUE_ON: "29/04/2026",
    Column.EXCHANGES: (
        "30/03/2026 Accusé de réception envoyé ; 30/03/2026 Réponse envoyée ; "
        "30/03/2026 Avis demandé au réclamant"
    ),
    Column.ROOT_CAUSE: "Personne ne suit les envois.",
    Column.CLOSED_ON: "30/03/2026",
    Column.MEASURES_DONE_ON: "15/04/2026",
    Column.SATISFACTION: "",
}
PERSONAL = {Column.ROOT_CAUSE, Column.CLIENT, Column.TRAINEE, Column.TRAINING_DATES}


@pytest.fixture
def dossier(world: World) -> Dossier:
    """Closed, its one measure done, under rules that name levels and marks and promise 30 days."""
    reponse = limit(30, key="reponse", met_by=["response_sent"])
    publish(
        world,
        severities=[{"key": "high", "label": "Urgente"}],
        markers=[{"key": "humaine", "label": "Nature humaine"}, {"key": "image", "label": "Image"}],
        time_limits=[reponse],
    )
    dossier = play(world, file(world, at=MONDAY).dossier, *WHOLE_LIFE, at=MONDAY)
    dossier.measures.update(done_on=LATER.date())
    marked = {
        "severity": "high",
        "markers": ["humaine", "image"],
        "root_cause": "Personne ne suit les envois.",
        "trainee": "Marc Vidal",
        "training_dates": "du 3 au 5 mars 2026",
    }
    dossier.parties.update(function="tutrice")
    Dossier.objects.filter(pk=dossier.pk).update(**marked)
    return Dossier.objects.get(pk=dossier.pk)


@pytest.mark.parametrize(("column", "words"), SAID.items())
def test_a_column_says_what_the_dossier_says(dossier: Dossier, column: str, words: str) -> None:
    assert COLUMNS[column](dossier) == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, ""),
        ({"name": "Dora"}, "Dora"),
        ({"name": "Dora", "function": "Tutrice"}, "Dora, Tutrice"),
        ({"name": "Dora", "organisation_name": "Atelier"}, "Dora, Atelier"),
        ({"function": "Tutrice", "organisation_name": "Atelier"}, "Tutrice, Atelier"),
    ],
)
def test_a_client_is_named_by_what_was_given(
    dossier: Dossier, given: dict[str, str], words: str
) -> None:
    dossier.parties.update(**({"name": "", "function": "", "organisation_name": ""} | given))
    assert COLUMNS[Column.CLIENT](dossier) == words
    dossier.parties.all().delete()
    assert COLUMNS[Column.CLIENT](dossier) == ""


def test_as_long_as_a_measure_is_left_there_is_no_day(world: World, dossier: Dossier) -> None:
    dossier.measures.create(
        organisation=world.organisation, nature="preventive", planned_on=MONDAY.date()
    )
    assert COLUMNS[Column.MEASURES_DONE_ON](dossier) == ""


def test_what_the_journal_says_is_said_after_the_erasure(dossier: Dossier) -> None:
    with act_on(dossier.pk, actor=Actor.clock(), at=LATER) as act:
        erase(act)
    forgotten = Dossier.objects.get(pk=dossier.pk)
    kept = {column for column in SAID if COLUMNS[column](forgotten) == SAID[column]}
    assert kept == SAID.keys() - PERSONAL
    assert {COLUMNS[column](forgotten) for column in PERSONAL} == {""}


def test_the_journal_and_the_deadlines_are_read_once_for_all_the_lines(
    world: World, dossier: Dossier
) -> None:
    columns = [Shown(key, key) for key in SAID]

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            told: list[Any] = list(lines(RegisterEntry.objects.all(), columns))
        assert all(told)
        return len(captured)

    first = cost()
    for _more in range(3):
        play(world, file(world, at=MONDAY).dossier, *WHOLE_LIFE[:3], at=MONDAY)
    assert cost() == first <= 6
