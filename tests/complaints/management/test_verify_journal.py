"""`manage.py verify_journal`: intact, or the first line that was touched."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from complaints.models import Dossier
from tests import factories
from tests.factories import paris

AT = paris("2026-03-30 09:00")


@pytest.fixture
def dossiers(world: Any, other_world: Any) -> list[Dossier]:
    """Two of ours, one of theirs, each with two lines."""
    ours = [factories.file(world, at=AT).dossier for _ in range(2)]
    theirs = factories.file(other_world, at=AT).dossier
    for dossier in ours:
        factories.play(world, dossier, "accuser", at=AT)
    factories.play(other_world, theirs, "accuser", at=AT, login="charlie")
    return [*ours, theirs]


def alter(dossier: Dossier, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} WHERE dossier_id = %s AND number = 2", [dossier.pk])


def test_untouched_journals_are_said_intact(
    dossiers: list[Dossier], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_journal")
    assert capsys.readouterr().out == "3 dossier(s) : journal intact.\n"


def test_the_first_touched_line_is_named(dossiers: list[Dossier]) -> None:
    alter(dossiers[1], "UPDATE complaints_event SET actor_label = 'Personne'")
    touched = dossiers[1].events.get(number=2)
    said = (
        rf"Dossier {dossiers[1].reference} : la ligne n° 2 .*événement {touched.pk}.*"
        r"1 dossier\(s\) intact\(s\) avant lui"
    )
    with pytest.raises(CommandError, match=said) as failure:
        call_command("verify_journal")
    assert failure.value.returncode == 1


def test_a_last_line_taken_away_is_missed(dossiers: list[Dossier]) -> None:
    Dossier.objects.filter(pk=dossiers[0].pk).update(event_count=3)
    with pytest.raises(CommandError, match=r"a 2 ligne\(s\), il en a eu 3"):
        call_command("verify_journal")


def test_one_organisation_may_be_verified_alone(
    dossiers: list[Dossier], capsys: pytest.CaptureFixture[str]
) -> None:
    alter(dossiers[2], "UPDATE complaints_event SET actor_label = 'Personne'")
    call_command("verify_journal", organisation="connectsens")
    assert capsys.readouterr().out == "2 dossier(s) : journal intact.\n"
    with pytest.raises(CommandError, match=dossiers[2].reference):
        call_command("verify_journal", organisation="autre")


def test_it_reads_a_bounded_number_of_rows_at_a_time(
    dossiers: list[Dossier], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(1 + 2 * len(dossiers)):
        call_command("verify_journal")
