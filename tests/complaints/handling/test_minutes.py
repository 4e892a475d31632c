"""Minutes: which body, when, who was there, what it decided, the proof; all of it stays inside."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from complaints.handling.moving import InvalidMove, blank_form, perform
from complaints.models import Dossier
from tests.complaints.handling.committee import ANSWERED, RECEIVED, file_under_committee
from tests.complaints.handling.composed import do, file_with
from tests.factories import World

SAT = {
    "body": "comite",
    "held_on": "2026-03-31",
    "members": "Mme A., présidente ; M. B.",
    "decision": "Recevable.",
}


def record(world: World, dossier: Dossier, **changes: Any) -> Dossier:
    paper = SimpleUploadedFile("pv.txt", b"Proces-verbal.")
    return perform(
        dossier, "verser", SAT | changes,
        actor=world.staff("diane"), at=ANSWERED, files=MultiValueDict({"files": [paper]}),
    )  # fmt: skip


def test_minutes_are_an_internal_note_with_their_files(world: World) -> None:
    dossier = record(world, file_under_committee(world))
    note = dossier.messages.get()
    assert (note.direction, note.author_label) == ("internal", "Diane")
    assert note.body == (
        "Comité d’impartialité, réunion du 31 mars 2026.\n\n"
        "Membres présents\u00a0: Mme A., présidente ; M. B.\n\nRecevable."
    )
    assert [file.original_name for file in note.attachments.all()] == ["pv.txt"]
    assert dossier.stage == "recu"


def test_the_journal_names_the_body_and_the_day_and_can_forget_the_people(world: World) -> None:
    dossier = record(world, file_under_committee(world))
    event = dossier.events.get(kind="minutes_recorded")
    assert event.data == {
        "body": "comite",
        "body_label": "Comité d’impartialité",
        "held_on": "2026-03-31",
        "files": [dossier.attachments.get().sha256],
    }
    assert event.personal == {"members": SAT["members"], "decision": "Recevable."}


def test_the_bodies_have_the_names_the_procedure_gives_them(world: World) -> None:
    dossier = file_under_committee(world)
    form = blank_form(dossier, "verser", actor=world.staff("diane"), at=RECEIVED)
    assert form.fields["body"].choices == [
        ("", "Choisissez…"),
        ("ctrp", "CTRP"),
        ("comite", "Comité d’impartialité"),
    ]


def test_a_procedure_without_bodies_asks_for_none(world: World) -> None:
    """Rules published before they had to name one: the proof is kept all the same."""
    dossier = do(world, file_with(world, "record_minutes", checked=False), **SAT)
    assert dossier.messages.get().body.startswith("Réunion du 31 mars 2026.")


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"held_on": "2026-04-02"}, "held_on"),
        ({"held_on": ""}, "held_on"),
        ({"body": "inventée"}, "body"),
        ({"body": ""}, "body"),
        ({"members": ""}, "members"),
        ({"decision": ""}, "decision"),
    ],
    ids=lambda value: str(value),
)
def test_what_lacks_is_said(world: World, changes: dict[str, str], refused: str) -> None:
    dossier = file_under_committee(world)
    with pytest.raises(InvalidMove) as invalid:
        record(world, dossier, **changes)
    assert list(invalid.value.form.errors) == [refused]
    assert not dossier.messages.exists()
