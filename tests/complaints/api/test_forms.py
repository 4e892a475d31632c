"""What a program reads of the form in force: its texts, its proof, the shape of its answers."""

from typing import Any

import pytest
from django.test import Client

from complaints import intake
from complaints.models import Form
from tests.factories import OTHER_HOST, World

ADDRESS = "/api/v3/complaints/forms/reclamation/"


@pytest.fixture
def form(world: World) -> Form:
    return world.page.form


def read(client: Client) -> dict[str, Any]:
    response = client.get(ADDRESS)
    assert response.status_code == 200, response.content
    return response.json()


def test_it_says_which_version_this_is(client: Client, form: Form) -> None:
    answer, version = read(client), form.current
    assert answer["reference"] == "Connect’Sens – FORMULAIRE RÉCLAMATION"
    assert (answer["slug"], answer["version"], answer["digest"]) == (
        "reclamation",
        version.number,
        version.digest,
    )
    assert answer["effective_at"].startswith("2024-05-07")


def test_its_schema_is_the_one_that_the_page_s_form_obeys(client: Client, form: Form) -> None:
    answer = read(client)
    assert answer["schema"] == intake.json_schema(form.current.parsed())
    assert "schema_" not in answer


def test_its_texts_are_there_in_order(client: Client, form: Form) -> None:
    sections = read(client)["sections"]
    asked = form.current.parsed().sections
    assert [section["title"] for section in sections] == [section.title for section in asked]
    assert [q["label"] for section in sections for q in section["questions"]] == [
        field.label for section in asked for field in section.fields
    ]


def test_a_choice_says_what_is_sent_and_what_is_read(client: Client, form: Form) -> None:
    questions = {q["key"]: q for section in read(client)["sections"] for q in section["questions"]}
    assert questions["qualite"]["kind"] == "choice"
    assert questions["qualite"]["required"] is True
    assert {"value": "trainee", "label": "Stagiaire"} in questions["qualite"]["choices"]


def test_it_is_shown_by_a_program_as_on_the_page(client: Client, form: Form) -> None:
    definition = form.definition()
    fields = definition["sections"][0]["fields"]
    fields[0] |= {"example": "Dora Lemaire"}
    fields.append(
        {"key": "preuve", "kind": "files", "label": "Preuves", "max_files": 2, "max_weight": 3}
        | {"file_types": ["pdf"]}
    )
    form.write(definition | {"steps": True})
    form.save_revision().publish()
    answer = read(client)
    assert answer["steps"] is True
    [named, *_, proofs] = answer["sections"][0]["questions"]
    assert named["example"] == "Dora Lemaire"
    assert (proofs["max_files"], proofs["max_weight"]) == (2, 3)
    assert proofs["file_types"] == ["pdf"]


def test_a_program_knows_when_each_thing_is_asked(client: Client, form: Form) -> None:
    """The schema says it of the answers; of files and of texts to read, only this does."""
    definition = form.definition()
    asked = definition["sections"][0]["fields"][1]["key"]
    first = {"field": asked, "is": ["trainee"]}
    proof = {"key": "preuve", "kind": "files", "label": "Preuves", "show_if": first}
    told = {"key": "dit", "kind": "yes_no", "label": "Dit ?"}
    tests = [{"field": "dit", "is_not": [True]}, {"field": "preuve_de", "answered": False}]
    late = {"key": "fin", "title": "Fin", "help": "", "show_if": {"any": tests}}
    late["fields"] = [{"key": "mot", "kind": "text", "label": "Un mot"}]
    definition["sections"][0]["fields"] += [
        proof,
        told,
        {"key": "preuve_de", "kind": "persons", "label": "Qui ?", "max_rows": 3},
    ]
    definition["sections"].append(late)
    form.write(definition)
    form.save_revision().publish()
    sections = read(client)["sections"]
    questions = {q["key"]: q for section in sections for q in section["questions"]}
    assert questions["preuve"]["show_if"] == {
        "any": False,
        "tests": [{"field": asked, "test": "is", "values": ["trainee"]}],
    }
    assert questions["dit"]["show_if"] is sections[0]["show_if"] is None
    assert questions["preuve_de"]["max_rows"] == 3
    assert sections[-1]["show_if"] == {
        "any": True,
        "tests": [
            {"field": "dit", "test": "is_not", "values": [True]},
            {"field": "preuve_de", "test": "answered", "values": [False]},
        ],
    }


def test_where_an_answer_goes_is_our_own_business(client: Client, form: Form) -> None:
    assert "maps_to" not in client.get(ADDRESS).content.decode()


def test_a_new_version_replaces_the_old_one(client: Client, form: Form) -> None:
    before = read(client)
    form.reference = "FORMULAIRE RÉCLAMATION BIS"
    form.save_revision().publish()
    after = read(client)
    assert (before["version"], after["version"]) == (1, 2)
    assert after["reference"] == "FORMULAIRE RÉCLAMATION BIS"


def test_a_form_taken_off_line_is_not_there_any_more(client: Client, form: Form) -> None:
    form.unpublish()
    assert client.get(ADDRESS).status_code == 404


def test_an_unknown_form_is_refused_in_french(client: Client, world: World) -> None:
    response = client.get("/api/v3/complaints/forms/inconnu/")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == (
        "Aucun formulaire publié ne porte cet identifiant sur ce site."
    )


def test_another_organisation_s_form_is_not_on_this_site(
    client: Client, world: World, other_world: World
) -> None:
    Form.objects.filter(pk=other_world.page.form.pk).update(slug="ailleurs")
    address = "/api/v3/complaints/forms/ailleurs/"
    assert client.get(address, headers={"host": OTHER_HOST}).status_code == 200
    assert client.get(address).status_code == 404
    assert client.get(ADDRESS, headers={"host": OTHER_HOST}).status_code == 404


def test_a_form_is_read_in_three_queries(
    client: Client, form: Form, django_assert_num_queries: Any
) -> None:
    read(client)
    with django_assert_num_queries(3):
        read(client)
