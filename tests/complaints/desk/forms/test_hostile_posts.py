"""What no screen posts to the builder is refused calmly; two drafts are compared in words."""

from typing import Any

import pytest
from django.test import Client

from complaints.desk.forms.starting import FormModel, read_model
from complaints.models import Form, Procedure
from tests.complaints.desk.conftest import words
from tests.complaints.desk.forms.test_builder import kept, of_one_part, posted, question
from tests.complaints.desk.forms.test_trial import sent, trial_of
from tests.complaints.desk.test_editing import rules_as_posted, space
from tests.factories import World

pytestmark = pytest.mark.django_db
CHOICES = [{"value": "plutot", "label": "Plutôt"}, {"value": "non", "label": "Non"}]
WHEN = {"field": "nom", "is": ["plutot"]}


@pytest.fixture
def form(world: World) -> Form:
    asked = question("nom", "choice", label="Est-ce arrivé", choices=CHOICES)
    world.page.form.write(of_one_part(asked, question("b", "text", label="Quand", show_if=WHEN)))
    return world.page.form


FIELD = "sections-0-value-fields"
LACKING: list[Any] = [
    {"sections-count": None},
    {"sections-count": "x"},
    {"sections-count": "9" * 20},
    {f"{FIELD}-count": None},
    {f"{FIELD}-0-type": None},
    {f"{FIELD}-0-order": "premier"},
    {f"{FIELD}-0-value-choices-count": None},
    {f"{FIELD}-0-value-choices-0-order": "1"},  # as the second one's
    {f"{FIELD}-1-value-show_if-tests-count": None},
    {f"{FIELD}-0-id": "a\0"},
]


@pytest.mark.parametrize("change", LACKING, ids=str)
@pytest.mark.parametrize("screen", ["edit", "preview_on_edit"])
def test_lists_without_what_their_page_counts_are_a_bad_request(
    bob: Client, form: Form, screen: str, change: dict[str, str | None]
) -> None:
    data = {k: v for k, v in (posted(form) | change).items() if v is not None}
    before = form.revisions.count()
    answer = bob.post(space(Form, screen, form.pk), data)
    assert answer.status_code == 400
    assert form.revisions.count() == before


def test_so_is_a_procedure(bob: Client, world: World) -> None:
    procedure = world.page.procedure
    data = rules_as_posted(procedure)
    del data["stages-count"]
    assert bob.post(space(Procedure, "edit", procedure.pk), data).status_code == 400


@pytest.mark.parametrize("name", ["seen_by", "show_if-tests-0-value-values"])
def test_a_null_among_keys_is_left_out(bob: Client, form: Form, world: World, name: str) -> None:
    data = posted(form) | {f"{FIELD}-1-value-{name}": "plu\0tot"}
    assert bob.post(space(Form, "edit", form.pk), data).status_code == 302
    field = kept(world)["sections"][0]["fields"][1]
    assert "plutot" in str(field.get("seen_by", field["show_if"]))


def test_a_new_title_alone_makes_a_version_since_it_is_printed_with_it(
    bob: Client, form: Form
) -> None:
    data = posted(form) | {"action-publish": "Publier"}
    bob.post(space(Form, "edit", form.pk), data)
    before = form.current.number
    for _ in range(2):
        bob.post(space(Form, "edit", form.pk), data | {"title": "Nous écrire"})
    assert (form.current.number, form.current.title) == (before + 1, "Nous écrire")


def test_the_history_compares_two_drafts_in_sentences(bob: Client, form: Form) -> None:
    former = form.save_revision()
    unless = {"field": "nom", "is_not": ["plutot"]}
    asked = question("nom", "choice", label="Est-ce arrivé", choices=CHOICES)
    form.write(of_one_part(asked, question("b", "text", label="Quand", show_if=unless)))
    form.title = "Nous écrire"
    draft = form.save_revision()
    page = words(bob.get(space(Form, "revisions_compare", form.pk, former.pk, draft.pk)))
    assert "Nous écrire" in page
    assert "« Est-ce arrivé » n’est pas « Plutôt »" in page.replace("\u00a0", " ")
    assert "plutot" not in page


def test_drafts_that_are_no_form_yet_are_compared_as_they_are(bob: Client, form: Form) -> None:
    former = form.save_revision()
    form.write(of_one_part(question("b", "text", label="Où cela", show_if=WHEN)))
    draft = form.save_revision()
    answer = bob.get(space(Form, "revisions_compare", form.pk, former.pk, draft.pk))
    assert "Où cela" in words(answer)


def test_nobody_of_another_organisation_compares_them(charlie: Client, form: Form) -> None:
    pair = form.save_revision().pk, form.save_revision().pk
    answer = charlie.get(space(Form, "revisions_compare", form.pk, *pair))
    assert answer.status_code in (302, 403, 404)
    assert "Est-ce arrivé" not in answer.content.decode()


def test_a_new_form_without_its_organisation_is_no_crash_of_its_preview(
    bob: Client, form: Form
) -> None:
    preview = space(Form, "preview_on_add")
    for typed in ({"sections-count": "0"}, posted(form) | {"organisation": "", "slug": ""}):
        assert bob.post(preview, typed).json() == {"is_valid": False, "is_available": False}
        assert bob.get(preview).status_code == 200


@pytest.mark.parametrize(
    "more",
    [
        {"-files": ["x", ":", "\0:\0"]},
        {"add-row": "zzz"},
        {"personnes-999999999-name": "x", "dates-from": "9" * 40},
        {"-go": "zz", "-step": "\0"},
        {"nom": "<script>alert(1)</script>\0"},
    ],
    ids=str,
)
@pytest.mark.parametrize("go", ["on", "back"])
def test_a_trial_takes_whatever_is_sent(
    bob: Client, form: Form, more: dict[str, Any], go: str
) -> None:
    form.write(read_model(FormModel.STEPPED, "Exemple"))
    form.save_revision()
    answer = bob.get(trial_of(form))
    answer = bob.post(trial_of(form), sent(answer) | {"-go": go} | more)
    assert answer.status_code == 200
    assert "<script>alert(1)" not in answer.content.decode()
