"""One definition, three faces: the form of the page, the schema for programs, the copy in PDF."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from complaints import intake
from complaints.handling.dispatch import ensure_pdf
from complaints.handling.filing import file_dossier
from complaints.models import FormVersion
from tests.complaints.intake.samples import EVERY_ANSWER, EVERY_FILLED, every, filled
from tests.factories import World, submission

pytestmark = pytest.mark.django_db


def printed(world: World, definition: dict[str, Any], answers: dict[str, Any]) -> str:
    """What the receipt of these answers says, in one line, every space plain."""
    version = FormVersion.objects.create(
        form=world.page.form,
        number=99,
        reference="Formulaire d’essai",
        title="Essai",
        definition=definition,
        digest=intake.digest(definition),
        effective_at=timezone.now(),
    )
    sent = replace(submission(world), form_version=version, answers=answers)
    dossier = file_dossier(sent, at=timezone.now()).dossier
    with ensure_pdf(dossier.letters.get()).pdf.open("rb") as pdf:
        pages = PdfReader(BytesIO(pdf.read())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_form_the_schema_and_the_paper_hold_the_same_answers(world: World) -> None:
    definition = every(required=True)
    form = filled(definition, EVERY_FILLED)
    form.full_clean()
    answers = intake.answers(form)
    assert answers == EVERY_ANSWER
    schema = intake.json_schema(form.definition)
    assert Draft202012Validator(schema).is_valid(answers)
    paper = printed(world, definition, answers)
    for _, lines in intake.readable(form.definition, answers):
        for line in lines:
            assert line.label in paper
            for word in line.text.split():
                assert word in paper, (line.label, word)


def test_they_ask_the_same_questions_in_the_same_words(world: World) -> None:
    definition = intake.parse(every(help="Une aide."))
    schema = intake.json_schema(definition)["properties"]
    asked = {field.key: field for field in definition.fields if field.answers}
    assert schema.keys() == asked.keys()
    form = intake.build_form(definition)()
    for key, field in asked.items():
        assert schema[key]["title"] == form[key].label == field.label
        assert schema[key]["description"] == field.help == "Une aide."


def test_what_is_hidden_is_on_none_of_them(world: World) -> None:
    hidden = {"field": "yes_no", "is": [True]}
    definition = every()
    last = definition["sections"][0]["fields"][-1]
    last["show_if"] = hidden
    given = EVERY_ANSWER | {last["key"]: "Personne"}
    read = intake.parse(definition)
    assert last["key"] not in {field.key for field in read.shown(given)}
    assert last["label"] not in printed(world, definition, given)
