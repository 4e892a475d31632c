"""What an upgrade does to the rows that are already there."""

import json
from importlib import import_module

import pytest
from django.apps import apps

from complaints.handling import counting
from complaints.models import Form
from complaints.models.form_definition import written_sections
from tests import factories
from tests.factories import World, paris

FORM_OF_BEFORE = """[{"type": "item", "id": "a", "value": {
 "key": "vous", "title": "Vous", "help": "", "fields": [
  {"type": "item", "id": "b", "value": {"key": "deja", "kind": "yes_no", "label": "Déjà ?",
   "help": "", "required": true, "maps_to": "", "autocomplete": "", "choices": [],
   "show_if": {"field": "", "values": []}}},
  {"type": "item", "id": "c", "value": {"key": "qui", "kind": "choice", "label": "Vous êtes",
   "help": "", "required": false, "maps_to": "complainant.stakeholder", "autocomplete": "",
   "choices": [{"type": "item", "id": "d", "value": {"value": "trainee", "label": "Stagiaire"}}],
   "show_if": {"field": "deja", "values": [{"type": "item", "id": "e", "value": "yes"}]}}}
 ]}}]"""
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


def test_a_form_of_the_first_editor_is_asked_in_the_same_words() -> None:
    """As that editor kept it: questions and options in lists, their kind among their settings."""
    before = json.loads(FORM_OF_BEFORE)
    module = import_module("complaints.migrations.0006_forms_of_before")
    rewritten = module.rewritten(before)
    assert written_sections(rewritten) == [
        {
            "key": "vous",
            "title": "Vous",
            "help": "",
            "fields": [
                {"key": "deja", "kind": "yes_no", "label": "Déjà ?", "required": True},
                {
                    "key": "qui",
                    "kind": "choice",
                    "label": "Vous êtes",
                    "maps_to": "complainant.stakeholder",
                    "choices": [{"value": "trainee", "label": "Stagiaire"}],
                    "show_if": {"field": "deja", "is": [True]},
                },
            ],
        }
    ]
    assert module.rewritten(rewritten) == rewritten


def test_the_forms_there_are_keep_their_words_through_the_migration(world: World) -> None:
    form = Form.objects.get(pk=world.page.form.pk)
    before = form.definition()
    import_module("complaints.migrations.0006_forms_of_before").rewrite(apps, None)
    again = Form.objects.get(pk=form.pk)
    assert again.definition() == before
    assert again.latest_revision.as_object().definition() == before
