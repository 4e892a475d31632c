"""What editors build and what is frozen say the same: a definition comes out as it went in."""

import json
from typing import Any

import pytest
from django.template import Context
from wagtail import blocks

from complaints import intake
from complaints.intake.checks import AUTOCOMPLETE as TOKENS
from complaints.intake.limit_checks import STARTED
from complaints.models import Form
from complaints.models.form_blocks import QUESTIONS
from complaints.models.form_definition import sections_of
from complaints.models.form_question_blocks import AUTOCOMPLETE, CODED
from complaints.models.form_samples import SAMPLES
from pages.demonstration.organisations import ORGANISATIONS, read

TWO = [{"value": "a", "label": "Oui, plutôt"}, {"value": "b_2", "label": "Non, pas du tout"}]
GUARDED = {"sensitive": True, "seen_by": ["direction", "moderator"]}


def question(key: str, kind: str, **settings: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "label": f"Question {key}"} | settings


# Every kind, and every setting at least once.
EVERYTHING: dict[str, Any] = {
    "steps": True,
    "sections": [
        {
            "key": "courtes",
            "title": "Réponses courtes",
            "help": "Pour commencer.",
            "fields": [
                question("texte", "text", required=True, max_length=80, example="Atelier"),
                question("recit", "long_text", help="Les faits.", default="Bonjour", **GUARDED),
                question("courriel", "email", maps_to="complainant.email", autocomplete="email"),
                question("telephone", "phone", maps_to="complainant.phone"),
                question("ferme", "yes_no", default="no"),
                question("choix", "choice", choices=TWO, default="a"),
                question("plusieurs", "choices", choices=TWO, maps_to="dossier.operations"),
            ],
        },
        {
            "key": "personnes",
            "title": "Personnes et lieux",
            "help": "",
            "show_if": {"field": "choix", "is_not": ["a"]},
            "fields": [
                question(
                    "qualite",
                    "choice",
                    maps_to="complainant.stakeholder",
                    choices=[{"value": "trainee", "label": "Apprenant"}],
                ),
                question(
                    "nature",
                    "choice",
                    maps_to="dossier.kind",
                    choices=[{"value": "complaint", "label": "Réclamation"}],
                ),
                question(
                    "moyen",
                    "choice",
                    maps_to="dossier.first_expressed_channel",
                    choices=[{"value": "oral", "label": "De vive voix"}],
                ),
                question("gens", "persons", max_rows=3),
                question("adresse", "address", show_if={"field": "ferme", "is": [True]}),
                question("formation", "training"),
            ],
        },
        {
            "key": "suite",
            "title": "Nombres et preuves",
            "help": "",
            "show_if": {
                "any": [
                    {"field": "ferme", "is": [False]},
                    {"field": "texte", "answered": True},
                    {"field": "recit", "answered": False},
                ]
            },
            "fields": [
                question("jour", "date", default="today", maps_to="dossier.facts_on"),
                question("duree", "period"),
                question("nombre", "number", example="7,5"),
                question("montant", "amount"),
                question("pieces", "files", max_files=2, max_weight=4, file_types=["pdf", "image"]),
                question(
                    "accord",
                    "consent",
                    required=True,
                    show_if={
                        "all": [
                            {"field": "choix", "is": ["a", "b_2"]},
                            {"field": "plusieurs", "is": ["b_2"]},
                        ]
                    },
                ),
                question("signature", "signature", required=True),
                question("donnees", "information", help="Ce que deviennent vos données."),
            ],
        },
    ],
}


def written(definition: dict[str, Any]) -> Form:
    """The form with these blocks, as it comes back from the database."""
    form = Form(title="Essai")
    form.write(json.loads(json.dumps(definition)))
    return form


def sections_and_steps(definition: dict[str, Any]) -> dict[str, Any]:
    steps = {"steps": True} if definition.get("steps") else {}
    return {"sections": definition["sections"]} | steps


@pytest.mark.parametrize("slug", ORGANISATIONS)
def test_the_forms_of_the_five_organisations_come_out_as_they_went_in(slug: str) -> None:
    definition = read(slug)["form"]
    assert written(definition).definition() == sections_and_steps(definition)


def test_every_kind_and_every_setting_comes_out_as_it_went_in() -> None:
    assert written(EVERYTHING).definition() == EVERYTHING
    kinds = {field["kind"] for part in EVERYTHING["sections"] for field in part["fields"]}
    assert kinds == {*intake.Kind}
    assert {*intake.Kind} - {"choice"} <= {name for name, _block in QUESTIONS}


def test_what_an_editor_saves_without_a_change_is_the_same_form() -> None:
    form = written(EVERYTHING)
    form.sections = form.sections.stream_block.clean(form.sections)
    assert form.definition() == EVERYTHING


def test_what_is_kept_by_the_database_is_the_same_form() -> None:
    """List items come back each with an identifier."""
    form = written(EVERYTHING)
    kept = json.dumps(form.sections.stream_block.get_prep_value(list_of_values(form)))
    again = Form(title="Essai", stepped=True)
    again.sections = json.loads(kept)
    assert again.definition() == EVERYTHING


def list_of_values(form: Form) -> Any:
    """The stream with each of its blocks read, as a page that shows them does."""
    for part in form.sections:
        assert all(child.value["key"] for child in part.value["fields"])
    return form.sections


def test_a_choice_that_feeds_a_closed_list_is_a_type_of_its_own() -> None:
    fields = sections_of(EVERYTHING)[1]["value"]["fields"]
    assert [item["type"] for item in fields[:3]] == ["stakeholder", "nature", "first_channel"]
    assert all("maps_to" not in item["value"] for item in fields[:3])


def test_a_closed_list_lends_its_words_where_the_editor_gives_none() -> None:
    form = written(EVERYTHING)
    form.sections[1].value["fields"][0].value["choices"][0]["label"] = ""
    [choice] = form.definition()["sections"][1]["fields"][0]["choices"]
    assert choice == {"value": "trainee", "label": "Stagiaire"}


@pytest.mark.parametrize(("typed", "kept"), [("oui", True), ("yes", True), ("non", False)])
def test_yes_and_no_may_be_typed(typed: str, kept: bool) -> None:
    form = written(EVERYTHING)
    adresse = form.sections[1].value["fields"][4].value
    adresse["show_if"]["tests"][0]["values"] = [typed]
    assert form.definition()["sections"][1]["fields"][4]["show_if"]["is"] == [kept]


def test_only_what_accepts_a_kind_is_offered_to_it() -> None:
    for name, block in QUESTIONS:
        if "maps_to" not in block.child_blocks:
            continue
        offered = {key for key, _words in block.child_blocks["maps_to"].field.choices if key}
        assert offered
        for key in offered:
            assert name in intake.MAPPINGS[key].kinds
            assert key not in CODED.values()


def test_the_browser_fills_in_what_the_form_may_ask_for() -> None:
    assert {*AUTOCOMPLETE} == TOKENS


@pytest.mark.parametrize(("name", "block"), QUESTIONS, ids=[name for name, _block in QUESTIONS])
def test_every_type_is_shown_and_told_before_it_is_chosen(name: str, block: Any) -> None:
    assert block.is_previewable
    assert block.get_description().endswith(".")
    shown = block.get_preview_context(block.get_preview_value(), {})["form"]
    assert SAMPLES[name][0] in str(shown.helper.render_layout(shown, Context()))


def test_whatever_is_typed_may_have_an_example_beside_it() -> None:
    """What is ticked shows its answers; a text to read expects none."""
    ticked = {"yes_no", "choice", "choices", "consent", "information", *CODED}
    with_example = {name for name, block in QUESTIONS if "example" in block.child_blocks}
    assert with_example == {name for name, _ in QUESTIONS} - ticked


def test_what_may_be_filled_in_beforehand_is_what_the_form_accepts() -> None:
    started = {name for name, block in QUESTIONS if "default" in block.child_blocks}
    assert started == {*STARTED, *CODED}


def test_a_long_text_may_start_with_several_lines() -> None:
    block = dict(QUESTIONS)["long_text"]
    for name in ("example", "default"):
        assert isinstance(block.child_blocks[name], blocks.TextBlock)
