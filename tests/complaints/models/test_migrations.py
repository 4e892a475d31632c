"""What an upgrade does to the rows that are already there."""

from importlib import import_module

import pytest
from django.apps import apps

from complaints.handling import counting
from tests import factories
from tests.factories import World, paris

INPUTS_OF_BEFORE = ("counting", "started_at", "calendar", "procedure_version", "pauses")


@pytest.mark.django_db
def test_a_deadline_of_an_earlier_version_can_be_counted_again(world: World) -> None:
    dossier = factories.file(world, at=paris("2026-03-30 09:00")).dossier
    deadline = dossier.deadlines.get(key="accuse_interne")
    known = {name: deadline.inputs[name] for name in INPUTS_OF_BEFORE}
    type(deadline).objects.filter(pk=deadline.pk).update(inputs=known)
    import_module("complaints.migrations.0003_complete_inputs").complete(apps, None)
    upgraded = dossier.deadlines.get(pk=deadline.pk)
    counting.compute(upgraded, upgraded.limit, paris("2026-03-31 09:00"))
    assert (upgraded.due_on, upgraded.sentence) == (deadline.due_on, deadline.sentence)
