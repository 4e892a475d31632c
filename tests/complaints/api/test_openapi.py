"""One OpenAPI document describes Wagtail's addresses and ours; a change in it is a decision."""

from typing import Any

import pytest
from django.test import Client

PREFIX = "/api/v3/"
OURS = {
    "complaints/forms/{slug}/",
    "complaints/procedures/",
    "complaints/procedures/{slug}/",
}
WAGTAILS = {
    "documents/",
    "documents/{document_id}/",
    "images/",
    "images/{image_id}/",
    "pages/",
    "pages/find/",
    "pages/{page_id}/",
    "pages/{page_id}/actions/convert_alias/",
    "pages/{page_id}/actions/copy/",
    "pages/{page_id}/actions/copy_for_translation/",
    "pages/{page_id}/actions/create_alias/",
    "pages/{page_id}/actions/delete/",
    "pages/{page_id}/actions/move/",
    "pages/{page_id}/actions/publish/",
    "pages/{page_id}/actions/revert/",
    "pages/{page_id}/actions/unpublish/",
    "pages/{page_id}/revisions/",
    "pages/{page_id}/revisions/{revision_id}/",
    "redirects/",
    "redirects/find/",
    "redirects/{redirect_id}/",
    "schema/",
    "schema/{type_name}/",
    "sites/",
    "sites/{site_id}/",
    "snippets/{type}/",
    "snippets/{type}/{pk}/",
    "snippets/{type}/{pk}/actions/copy_for_translation/",
    "snippets/{type}/{pk}/actions/delete/",
    "snippets/{type}/{pk}/actions/publish/",
    "snippets/{type}/{pk}/actions/revert/",
    "snippets/{type}/{pk}/actions/unpublish/",
    "snippets/{type}/{pk}/revisions/",
    "snippets/{type}/{pk}/revisions/{revision_id}/",
    "whoami/",
}


@pytest.fixture
def document(client: Client, db: None) -> dict[str, Any]:
    return client.get(f"{PREFIX}openapi.json").json()


def ours(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [document["paths"][PREFIX + path]["get"] for path in sorted(OURS)]


def test_every_address_is_known(document: dict[str, Any]) -> None:
    assert {path.removeprefix(PREFIX) for path in document["paths"]} == OURS | WAGTAILS


def test_ours_are_only_read(document: dict[str, Any]) -> None:
    assert {path: set(document["paths"][PREFIX + path]) for path in OURS} == {
        path: {"get"} for path in OURS
    }


def test_ours_are_described_in_french_under_one_heading(document: dict[str, Any]) -> None:
    for operation in ours(document):
        assert operation["tags"] == ["Réclamations"]
        assert operation["summary"]
        assert operation["description"]
        assert operation["responses"].keys() == {"200", "404", "429"}


def test_a_refusal_is_described_as_it_is_sent(client: Client, document: dict[str, Any]) -> None:
    path = f"{PREFIX}complaints/forms/{{slug}}/"
    described = document["paths"][path]["get"]["responses"]["404"]["content"]
    assert described["application/problem+json"]["example"] == (
        client.get(f"{PREFIX}complaints/forms/inconnu/").json()
    )


def test_every_value_comes_with_an_example(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    told = {"boolean", "array"}
    silent = [
        f"{name}.{field}"
        for name in ("ProcedureOut", "FormOut", "StepOut", "TimeLimitOut", "QuestionOut")
        for field, shape in schemas[name]["properties"].items()
        if not shape.get("examples")
        and shape.get("type") not in told
        and shape.get("format") != "date-time"
        and not {"$ref", "anyOf"} & shape.keys()
    ]
    assert silent == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "dossiers/", "complaints/", "complaints/dossiers/"])
def test_an_address_that_is_not_in_the_document_is_not_there(client: Client, path: str) -> None:
    assert client.get(PREFIX + path).status_code == 404
