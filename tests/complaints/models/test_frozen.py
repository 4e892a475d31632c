"""What is kept as proof is written once."""

from typing import Any

import pytest
from django.db import models

from complaints.handling.acting import act_on
from complaints.handling.actors import Actor
from complaints.handling.messages import write_note
from complaints.models import (
    Attachment,
    Calendar,
    Event,
    FormVersion,
    Holiday,
    Message,
    ProcedureVersion,
    Recusal,
    RegisterEntry,
)
from complaints.models.frozen import Frozen, FrozenError
from tests import factories
from tests.factories import paris

AT = paris("2026-03-30 09:00")
FROZEN = [
    Attachment,
    Calendar,
    Event,
    FormVersion,
    Holiday,
    Message,
    ProcedureVersion,
    Recusal,
    RegisterEntry,
]


@pytest.fixture
def row(world: Any, request: pytest.FixtureRequest) -> models.Model:
    """One row of that model, from a dossier with a note and a file, entered in the register."""
    dossier = factories.file(world, at=AT).dossier
    factories.play(world, dossier, "inscrire", at=AT)
    with act_on(dossier.pk, actor=Actor.clock(), at=AT) as act:
        write_note(act, "Appeler lundi.")
    Attachment.objects.create(dossier=dossier, file="attachment/zz/x.txt", size=1, received_at=AT)
    Recusal.objects.create(dossier=dossier, person=world.user("bob"), at=AT)
    return request.param._default_manager.first()


def test_every_proof_is_in_the_list() -> None:
    assert {model.__name__ for model in Frozen.__subclasses__()} == {
        *(model.__name__ for model in FROZEN),
        "ProcedureDocument",
    }


@pytest.mark.parametrize("row", FROZEN, indirect=True)
def test_a_proof_is_neither_changed_nor_deleted(row: models.Model) -> None:
    same = type(row)._default_manager.filter(pk=row.pk)
    name = next(field.name for field in row._meta.concrete_fields if not field.primary_key)
    value = getattr(row, name)
    doors = (
        row.save,
        row.delete,
        same.delete,
        lambda: same.update(**{name: value}),
        lambda: same.bulk_update([row], [name]),
    )
    for refused in doors:
        with pytest.raises(FrozenError):
            refused()
    assert same.exists()
