"""The register's lines: the columns the procedures name, one line an entry, at a fixed cost."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.models import Procedure, ProcedureVersion, RegisterEntry
from complaints.register.columns import COLUMNS, register_line
from complaints.register.lines import columns_of, lines
from complaints.workflow.vocabulary import Column
from tests.factories import WHOLE_LIFE, World, file, paris, play

pytestmark = pytest.mark.django_db
MONDAY = paris("2026-03-30 09:00")


def enter(world: World, count: int = 1, **answers: Any) -> list[RegisterEntry]:
    made = [
        play(world, file(world, at=MONDAY, **answers).dossier, *LIFE, at=MONDAY)
        for _ in range(count)
    ]
    return [RegisterEntry.objects.get(dossier=dossier) for dossier in made]


LIFE = WHOLE_LIFE[:7]


def test_the_columns_are_those_of_the_procedure_in_its_order(world: World) -> None:
    named = world.page.version.rules.register_columns
    assert [(c.key, c.title) for c in columns_of([world.organisation])] == [
        (column.key, column.label) for column in named
    ]
    assert len(named) == 17


def test_a_line_says_what_the_dossier_says(world: World) -> None:
    (entry,) = enter(world)
    columns = columns_of([world.organisation])
    (line,) = lines(RegisterEntry.objects.all(), columns)
    told = dict(zip([column.key for column in columns], line, strict=True))
    assert told["number"] == "R-2026-0001"
    assert told["client"] == "Dora Lemaire, Atelier Lemaire"
    assert told["outcome"] == "Favorable"
    assert told["measures"] == "Envoyer l’attestation. (30/03/2026)"
    assert told["responded_on"] == "30/03/2026"
    assert told["first_expressed_on"] == "02/03/2026"
    assert told["response_number"] == "REP-2026-0001"
    titled = dict(register_line(entry.dossier))
    assert titled == {column.title: told[column.key] for column in columns}


def test_what_is_empty_is_empty_and_no_dash(world: World) -> None:
    enter(world, tiers=None, operations=None)
    columns = columns_of([world.organisation])
    (line,) = lines(RegisterEntry.objects.all(), columns)
    told = dict(zip([column.key for column in columns], line, strict=True))
    assert (told["third_parties"], told["evidence_location"]) == ("", "")


def test_a_column_that_only_an_older_version_named_comes_last(world: World) -> None:
    procedure = world.page.procedure
    kept = list(procedure.register_columns.raw_data)[1:]
    renamed = [dict(item, value=dict(item["value"])) for item in kept]
    renamed[0]["value"]["label"] = "Reçue"
    Procedure.objects.filter(pk=procedure.pk).update(register_columns=renamed)
    ProcedureVersion.freeze(Procedure.objects.get(pk=procedure.pk), at=MONDAY)
    columns = columns_of([world.organisation])
    assert columns[0].title == "Reçue"
    assert columns[-1].key == "number"
    assert len({column.key for column in columns}) == len(columns) == 17


def test_two_organisations_are_told_apart(world: World, other_world: World) -> None:
    enter(world)
    entry = file(other_world, at=MONDAY).dossier
    play(other_world, entry, "accuser", "inscrire", at=MONDAY, login="charlie")
    columns = columns_of([world.organisation, other_world.organisation])
    assert columns[0].title == "Organisme"
    names = {line[0] for line in lines(RegisterEntry.objects.all(), columns)}
    assert names == {"Connect’Sens", "Autre Formation"}


def test_a_line_more_is_no_query_more(world: World) -> None:
    columns = columns_of([world.organisation])

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert list(lines(RegisterEntry.objects.all(), columns))
        return len(captured)

    enter(world)
    first = cost()
    enter(world, 4)
    assert cost() == first <= 4


def test_every_column_an_editor_may_choose_shows_something() -> None:
    assert COLUMNS.keys() == set(Column)
