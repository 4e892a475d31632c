"""A new procedure starts from a model: a draft of one's own organisation, nothing published."""

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from complaints.desk.procedures.starting import TAKEN, StartForm
from complaints.handling.presets import Preset, read_preset
from complaints.models import Procedure
from tests.complaints.desk.conftest import words
from tests.complaints.desk.test_editing import rules_as_posted, space
from tests.factories import World

pytestmark = pytest.mark.django_db
START = "/gestion/snippets/complaints/procedure/add/"


def filled(world: World, **changes: str) -> dict[str, str]:
    """What an editor sends."""
    return {
        "preset": Preset.SIMPLE,
        "organisation": str(world.organisation.pk),
        "title": "",
        "reference": "PROC-NEUVE",
    } | changes


def test_every_model_is_offered_with_what_it_is_for(bob: Client) -> None:
    said = words(bob.get(START))
    for preset in Preset:
        assert preset.label in said
        assert " ".join(read_preset(preset)["help"].split()) in said


@pytest.mark.parametrize("preset", Preset)
def test_a_model_gives_a_draft_that_names_the_organisation(
    bob: Client, world: World, preset: Preset
) -> None:
    answer = bob.post(START, filled(world, preset=preset))
    procedure = Procedure.objects.get(reference="PROC-NEUVE")
    edit = reverse("wagtailsnippets_complaints_procedure:edit", args=[procedure.pk])
    assert (answer.status_code, answer["Location"]) == (302, edit)
    assert (procedure.live, procedure.current) == (False, None)
    assert procedure.title == read_preset(preset)["title"]
    definition = procedure.definition()
    assert len(definition["stages"]) == len(read_preset(preset)["stages"])
    public = [
        definition[part] for part in ("stages", "time_limits", "criteria") if part in definition
    ]
    assert "{organisme}" not in str(public)


def test_a_reference_that_serves_already_is_refused_next_to_it(bob: Client, world: World) -> None:
    taken = world.page.procedure.reference
    answer = bob.post(START, filled(world, reference=taken, title="Mon titre"))
    assert answer.status_code == 200
    said = words(answer)
    assert "porte déjà cette référence" in said
    assert 'value="Mon titre"' in answer.content.decode()
    assert Procedure.objects.filter(reference=taken, organisation=world.organisation).count() == 1


def test_no_procedure_is_started_for_another_organisation(
    bob: Client, world: World, other_world: World
) -> None:
    answer = bob.post(START, filled(world, organisation=str(other_world.organisation.pk)))
    assert answer.status_code == 200
    assert not Procedure.objects.filter(reference="PROC-NEUVE").exists()


def test_who_writes_nothing_starts_nothing(alice: Client, world: World) -> None:
    assert alice.post(START, filled(world)).status_code in (302, 403, 404)
    assert not Procedure.objects.filter(reference="PROC-NEUVE").exists()


def test_the_same_form_sent_twice_at_once_is_told_so(
    bob: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have found the reference free."""
    monkeypatch.setattr(StartForm, "clean", forms.Form.clean)
    answer = bob.post(START, filled(world, reference=world.page.procedure.reference))
    assert answer.context["form"].errors == {"reference": [TAKEN]}


@pytest.mark.parametrize("button", ["action-publish", "draft"])
def test_an_editor_is_told_next_to_it_that_a_reference_serves_already(
    bob: Client, world: World, button: str
) -> None:
    bob.post(START, filled(world))
    draft = Procedure.objects.get(reference="PROC-NEUVE")
    data = rules_as_posted(draft) | {"reference": world.page.procedure.reference, button: "on"}
    answer = bob.post(space(Procedure, "edit", draft.pk), data)
    assert answer.context["form"].errors == {"reference": [TAKEN]}
