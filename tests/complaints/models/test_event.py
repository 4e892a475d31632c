"""The journal: whoever alters it, even behind the program's back, is found and located."""

import json
from typing import Any

import pytest
from django.db import connection

from complaints.models import Dossier, Event
from complaints.models.event import first_broken_event
from complaints.workflow.vocabulary import EventKind
from tests import factories
from tests.factories import paris

AT = paris("2026-03-30 09:00")


@pytest.fixture
def dossier(world: Any) -> Dossier:
    """Its journal has five lines."""
    filed = factories.file(world, at=AT).dossier
    return factories.play(world, filed, *factories.WHOLE_LIFE[:4], at=AT)


def sql(statement: str, *values: Any) -> None:
    """Behind the program's back."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_untouched_journal_is_intact(dossier: Dossier) -> None:
    numbers = list(dossier.events.order_by("number").values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4, 5]
    assert dossier.event_count == 5
    assert first_broken_event(dossier) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "withdrawn"),
        ("at", "2026-03-29 09:00:00+00:00"),
        ("actor_label", "Personne"),
        ("data", json.dumps({"letter": "C-2026-9999"})),
        ("personal", json.dumps({"breaches": "Aucun."})),
        ("salt", "0" * 32),
        ("personal_digest", "0" * 64),
        ("previous_hash", "0" * 64),
        ("hash", "0" * 64),
        ("number", 9),
    ],
)
def test_a_line_altered_by_sql_is_found_and_located(
    dossier: Dossier, column: str, value: Any
) -> None:
    third = dossier.events.get(number=3)
    sql(f"UPDATE complaints_event SET {column} = %s WHERE id = %s", value, third.pk)  # noqa: S608
    broken = first_broken_event(dossier)
    assert broken is not None
    # A line that was moved away is missed where the next one stands.
    assert broken.number == (4 if column == "number" else 3)


def test_a_line_taken_out_is_missed_by_the_next_one(dossier: Dossier) -> None:
    sql("DELETE FROM complaints_event WHERE dossier_id = %s AND number = 3", dossier.pk)
    assert first_broken_event(dossier).number == 4


def test_a_line_slipped_in_is_found(dossier: Dossier) -> None:
    last = dossier.events.get(number=5)
    forged = Event(
        dossier=dossier,
        number=6,
        kind=EventKind.CLOSED,
        at=AT,
        actor_label="Horloge",
        previous_hash=last.hash,
        personal={},
        personal_digest="0" * 64,
        hash="0" * 64,
    )
    forged.save()
    assert first_broken_event(dossier) == forged


def test_the_lines_of_another_dossier_do_not_fit(world: Any, dossier: Dossier) -> None:
    other = factories.file(world, at=AT).dossier
    sql("DELETE FROM complaints_event WHERE dossier_id = %s", other.pk)
    sql("UPDATE complaints_event SET dossier_id = %s WHERE dossier_id = %s", other.pk, dossier.pk)
    assert first_broken_event(other).number == 1


def test_equal_words_have_different_digests(world: Any) -> None:
    """Or one could try words until the digest that stays after the erasure is found."""
    events = [factories.file(world, at=AT).dossier.events.get() for _ in range(2)]
    assert events[0].personal == events[1].personal
    assert events[0].personal_digest != events[1].personal_digest


def test_forgetting_the_words_leaves_the_chain_whole(dossier: Dossier) -> None:
    assert dossier.events.all().erase_personal() == 5
    assert set(dossier.events.values_list("personal", "salt")) == {(None, "")}
    assert first_broken_event(dossier) is None


def test_a_chain_reads_the_same_whatever_the_time_zone(dossier: Dossier, settings: Any) -> None:
    settings.TIME_ZONE = "Pacific/Noumea"
    assert first_broken_event(Dossier.objects.get(pk=dossier.pk)) is None
