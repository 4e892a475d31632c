"""The procedure page as programs read it: the editor's words, and what the rules say."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import APIToken, Page

from pages.blocks import PageBlocks
from pages.models import ProcedurePage
from tests.factories import OTHER_HOST, World

PAGES = "/api/v3/pages/"


def read(client: Client, page: ProcedurePage, **query: str) -> dict[str, Any]:
    response = client.get(f"{PAGES}{page.pk}/", query)
    assert response.status_code == 200, response.content
    return response.json()


def test_a_program_finds_the_page_without_knowing_its_number(client: Client, world: World) -> None:
    found = client.get(f"{PAGES}find/", {"html_path": "/"}, follow=True)
    assert found.json()["id"] == world.page.pk


def test_a_site_lists_its_own_page_only(client: Client, world: World, other_world: World) -> None:
    for one, host in ((world, "localhost"), (other_world, OTHER_HOST)):
        items = client.get(PAGES, headers={"host": host}).json()["items"]
        assert [item["id"] for item in items] == [one.page.pk]
    assert client.get(f"{PAGES}{other_world.page.pk}/").status_code == 404


def test_the_editor_s_words_are_there_in_order(client: Client, world: World) -> None:
    answer = read(client, world.page)
    assert answer["introduction"] == world.page.introduction
    assert [(block["type"], block["value"]["title"]) for block in answer["body"]] == [
        (block.block_type, block.value["title"]) for block in world.page.body
    ]
    assert {block["type"] for block in answer["body"]} <= set(PageBlocks().child_blocks)


def test_a_block_holds_words_and_nothing_of_how_it_is_drawn(client: Client, world: World) -> None:
    keys = {frozenset(block["value"]) for block in read(client, world.page)["body"]}
    assert keys == {frozenset({"title", "text"}), frozenset({"title", "text", "definitions"})}


def test_text_comes_as_html_or_as_markdown(client: Client, world: World) -> None:
    def first(rich_text_format: str) -> str:
        answer = read(client, world.page, rich_text_format=rich_text_format)
        return answer["body"][0]["value"]["text"]

    assert first("html").startswith("<p>")
    assert "<p>" not in first("markdown")


def test_what_the_rules_say_comes_with_it(client: Client, world: World) -> None:
    answer = read(client, world.page)
    procedure = client.get("/api/v3/complaints/procedures/cs-proc-rec/").json()
    assert answer["procedure_version"] == "CS-PROC-REC V1"
    assert answer["steps"] == procedure["steps"]
    assert answer["time_limits"] == procedure["time_limits"]


def test_an_internal_target_is_not_in_the_page(client: Client, world: World) -> None:
    hidden = {limit.label for limit in world.page.version.rules.time_limits if limit.internal}
    text = client.get(f"{PAGES}{world.page.pk}/").content.decode()
    assert hidden
    assert [label for label in hidden if label in text] == []


def test_a_draft_stays_inside(client: Client, world: World) -> None:
    world.page.introduction = "Pas encore relu."
    world.page.save_revision()
    assert read(client, world.page, version="draft")["introduction"] != "Pas encore relu."


def test_an_editor_s_program_reads_the_draft_of_its_own_page_only(
    client: Client, world: World, other_world: World
) -> None:
    _, key = APIToken.create_token(user=world.user("bob"), name="Essai")
    world.page.introduction = "Pas encore relu."
    world.page.save_revision()
    headers = {"Authorization": f"Bearer {key}"}
    draft = client.get(f"{PAGES}{world.page.pk}/", {"version": "draft"}, headers=headers)
    assert draft.json()["introduction"] == "Pas encore relu."
    other = client.get(f"{PAGES}{other_world.page.pk}/", {"version": "draft"}, headers=headers)
    assert other.status_code == 404


@pytest.mark.parametrize("login", ["alice", "bob", "root"])
def test_a_program_cannot_make_a_procedure_page(client: Client, world: World, login: str) -> None:
    if login == "root":
        get_user_model().objects.create_superuser("root", "root@exemple.example", "root")
    _, key = APIToken.create_token(user=world.user(login), name="Essai")
    before = Page.objects.count()
    meta = {"type": "pages.ProcedurePage", "parent_id": world.page.pk}
    answer = client.post(
        PAGES,
        {"meta": meta, "title": "Autre page", "slug": "autre-page"},
        "application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert answer.status_code in {403, 422}
    assert Page.objects.count() == before
