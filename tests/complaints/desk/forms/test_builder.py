"""The builder: keys nobody types, errors beside the question, models and copies to start from."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from complaints.desk.forms.starting import FormModel, read_model
from complaints.handling.form_needs import form_needs
from complaints.models import Form
from complaints.models.form import form_problems
from complaints.models.organisation import Role
from tests.complaints.desk.conftest import words
from tests.complaints.desk.procedures.test_publishing_checks import edit, said
from tests.complaints.desk.test_editing import space
from tests.complaints.models.test_form_definition import question
from tests.doors import FORM
from tests.factories import World
from tests.posted import as_posted

pytestmark = pytest.mark.django_db
INFORMATION = question("donnees", "information", help="Ce que deviennent vos données.")
TWO = [{"value": "", "label": "Oui, plutôt"}, {"value": "", "label": "2 fois"}]


def posted(form: Form) -> dict[str, Any]:
    return as_posted(form, *FORM)


def of_one_part(*fields: dict[str, Any], key: str = "tout") -> dict[str, Any]:
    part = {"key": key, "title": "Tout", "help": "", "fields": [*fields, INFORMATION]}
    return {"sections": [part]}


def typed(bob: Client, world: World, definition: dict[str, Any], **more: Any) -> Any:
    """Bob replaces the questions of his form by these."""
    form = world.page.form
    form.write(definition)
    return edit(bob, form, posted(form) | more)


def kept(world: World) -> dict[str, Any]:
    form = Form.objects.get(pk=world.page.form.pk)
    return form.get_latest_revision_as_object().definition()


def test_what_has_no_key_is_given_one_of_its_own(bob: Client, world: World) -> None:
    asked = [
        question("", "text", label="Nom"),
        question("", "email", label="Nom"),
        question("", "choice", label="2e choix", choices=TWO),
    ]
    typed(bob, world, of_one_part(*asked, key=""))
    [part] = kept(world)["sections"]
    keys = [field["key"] for field in part["fields"]]
    assert (part["key"], keys) == ("tout", ["nom", "nom_2", "q_2e_choix", "donnees"])
    values = [choice["value"] for choice in part["fields"][2]["choices"]]
    assert values == ["oui_plutot", "q_2_fois"]


def test_what_has_no_name_yet_is_told_as_such(bob: Client, world: World) -> None:
    definition = of_one_part(question("", "choice", label="", choices=[{"value": "", "label": ""}]))
    definition["sections"].append({"key": "", "title": "", "help": "", "fields": []})
    answer = said(typed(bob, world, definition))
    assert "Partie « sans_titre » : il manque un titre." in answer
    assert "question « sans_nom » : il manque un libellé." in answer
    assert "la réponse proposée « vide » doit avoir" in answer


def test_a_new_name_does_not_move_a_key(bob: Client, world: World) -> None:
    choices = [{"value": "plutot", "label": "Plutôt oui"}]
    typed(bob, world, of_one_part(question("nom", "choice", label="Autre", choices=choices)))
    [field, _information] = kept(world)["sections"][0]["fields"]
    assert (field["key"], field["choices"][0]["value"]) == ("nom", "plutot")


def errors_of(answer: Any) -> Any:
    """Those of the parts and, inside, of their questions."""
    return answer.context["form"].errors.as_data()["sections"][0]


def test_what_is_wrong_is_said_beside_its_question(bob: Client, world: World) -> None:
    wrong = question("b", "text", show_if={"field": "c", "is": ["x"]})
    definition = of_one_part(question("a", "text"), wrong)
    answer = typed(bob, world, definition, **{"action-publish": "on"})
    part = errors_of(answer).block_errors[0]
    asked = part.block_errors["fields"].block_errors
    assert list(asked) == [1]
    assert "la condition porte sur" in str(asked[1].non_block_errors)
    assert "la condition porte sur" in said(answer)


def test_what_is_wrong_with_a_part_is_said_beside_it(bob: Client, world: World) -> None:
    definition = of_one_part(question("a", "text"))
    definition["sections"].append({"key": "vide", "title": "Vide", "help": "", "fields": []})
    errors = errors_of(typed(bob, world, definition, **{"action-publish": "on"}))
    assert list(errors.block_errors) == [1]
    assert "ne contient aucune question" in str(errors.block_errors[1].non_block_errors)


def test_what_the_form_lacks_as_a_whole_is_said_above_its_parts(bob: Client, world: World) -> None:
    definition = of_one_part(question("a", "text"))
    definition["sections"][0]["fields"].pop()
    errors = errors_of(typed(bob, world, definition, **{"action-publish": "on"}))
    assert "RGPD" in str(errors.non_block_errors)


def test_two_parts_of_one_name_are_told_apart_by_their_keys() -> None:
    definition = of_one_part(question("a", "text", label="Nom"))
    definition["sections"].append(
        {"key": "suite", "title": "Tout", "help": "", "fields": [question("b", "lune", label="N")]}
    )
    [problem] = form_problems(definition)
    assert (problem.part, problem.key) == ("sections", "suite/b")


def test_what_the_procedure_needs_is_a_caution_and_stops_nothing(bob: Client, world: World) -> None:
    before = world.page.form.current.number
    answer = typed(bob, world, of_one_part(question("a", "text")), **{"action-publish": "on"})
    assert "À regarder" in said(answer)
    assert Form.objects.get(pk=world.page.form.pk).current.number == before + 1


def test_an_answer_that_nobody_would_read_is_refused_beside_its_question(
    bob: Client, world: World
) -> None:
    secret = question("a", "text", seen_by=["lune"])
    answer = typed(bob, world, of_one_part(secret), **{"action-publish": "on"})
    asked = errors_of(answer).block_errors[0].block_errors["fields"].block_errors
    assert "personne ne la lirait" in str(asked[0].non_block_errors)
    known = question("a", "text", seen_by=["lune", "direction"])
    typed(bob, world, of_one_part(known), **{"action-publish": "on"})
    [published, _information] = Form.objects.get(pk=world.page.form.pk).current.parsed().fields
    assert published.seen_by == ("lune", "direction")


def test_the_menus_hold_the_roles_of_this_organisation_only(
    bob: Client, world: World, other_world: World
) -> None:
    Role.objects.filter(organisation=other_world.organisation).update(label="Rôle d’ailleurs")
    page = bob.get(space(Form, "edit", world.page.form.pk))
    assert ("direction", "Direction") in [(key, label) for key, label in page.context["roles"]]
    assert "Rôle d’ailleurs" not in words(page)


def test_the_slug_is_made_from_the_title(bob: Client, world: World) -> None:
    form = world.page.form
    edit(bob, form, posted(form) | {"slug": "", "title": "Réclamer, tout simplement"})
    assert Form.objects.get(pk=form.pk).latest_revision.content["slug"] == (
        "reclamer-tout-simplement"
    )


def test_a_slug_that_serves_already_is_refused_next_to_it(bob: Client, world: World) -> None:
    start(bob, world, FormModel.EMPTY)
    form = world.page.form
    answer = edit(bob, form, posted(form) | {"slug": "nouveau-formulaire"})
    assert list(answer.context["form"].errors) == ["slug"]


def start(client: Client, world: World, source: str) -> Any:
    data = {"source": source, "organisation": world.organisation.pk}
    return client.post(space(Form, "add"), data)


def newest() -> Form:
    return Form.objects.latest("pk")


@pytest.mark.parametrize("model", FormModel)
def test_a_model_gives_a_draft_that_only_needs_reading(
    bob: Client, world: World, model: FormModel
) -> None:
    answer = start(bob, world, model)
    draft = newest()
    assert answer["Location"] == space(Form, "edit", draft.pk)
    assert (draft.live, draft.current, draft.title) == (False, None, read_model(model)["title"])
    assert "{organisme}" not in str(draft.definition())
    assert world.organisation.name in str(draft.definition())
    assert form_problems(draft.definition()) == []


def test_the_whole_model_lacks_little_that_the_procedure_needs(bob: Client, world: World) -> None:
    start(bob, world, FormModel.STEPPED)
    lacks = [problem.sentence for problem in form_needs(newest(), timezone.localdate())]
    assert not any("Ajoutez une question" in words for words in lacks), lacks


def test_the_same_model_twice_gives_two_forms(bob: Client, world: World) -> None:
    start(bob, world, FormModel.SIMPLE)
    first = newest()
    start(bob, world, FormModel.SIMPLE)
    assert (newest().slug, newest().reference) == (f"{first.slug}-2", f"{first.reference} (2)")


def test_a_copy_asks_the_same_under_another_name(bob: Client, world: World) -> None:
    form = world.page.form
    form.hourly_limit = 7
    form.save_revision()
    start(bob, world, f"copie-{form.pk}")
    copy = newest()
    assert (copy.definition(), copy.hourly_limit) == (form.definition(), 7)
    assert copy.title == f"Copie de {form.title}"
    assert (copy.live, copy.slug != form.slug, copy.reference != form.reference) == (
        False,
        True,
        True,
    )


def test_nothing_is_copied_from_or_started_for_others(
    bob: Client, world: World, other_world: World
) -> None:
    before = Form.objects.count()
    start(bob, world, f"copie-{other_world.page.form.pk}")
    start(bob, other_world, FormModel.SIMPLE)
    start(bob, world, "../../etc/passwd")
    assert Form.objects.count() == before


def test_the_screen_costs_the_same_however_many_forms_there_are(
    bob: Client, world: World, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _rank in range(5):
        start(bob, world, f"copie-{world.page.form.pk}")
    with django_assert_max_num_queries(25):
        page = words(bob.get(space(Form, "add")))
    assert page.count("Copie de ") >= 5
