"""Under each condition of the builder, in Chromium: the whole of it as one plain sentence."""

from typing import Any

from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.desk import COMPUTER, NewContext, log_in
from tests.browser.test_editor import tab
from tests.factories import World

Json = dict[str, Any]

PROPOSED = [{"value": value, "label": value.upper()} for value in "abc"]
ASKED: list[Json] = [
    {"key": "choix", "kind": "choice", "label": "Choix", "choices": PROPOSED},
    {"key": "cases", "kind": "choices", "label": "Cases", "choices": PROPOSED},
    {"key": "mots", "kind": "text", "label": "Mots"},
]
SAID: list[tuple[Json, str]] = [
    ({"field": "choix", "is": ["a"]}, "« Choix » est « A »"),
    ({"field": "choix", "is": ["a", "b", "c"]}, "« Choix » est « A », « B » ou « C »"),
    ({"field": "choix", "is_not": ["a"]}, "« Choix » n’est pas « A »"),
    ({"field": "choix", "is_not": ["a", "b"]}, "« Choix » n’est ni « A » ni « B »"),
    ({"field": "cases", "is": ["a", "b"]}, "« Cases » comprend « A » ou « B »"),
    ({"field": "cases", "is_not": ["b"]}, "« Cases » ne comprend pas « B »"),
    ({"field": "cases", "is_not": ["a", "b"]}, "« Cases » ne comprend ni « A » ni « B »"),
    ({"field": "mots", "answered": True}, "« Mots » a une réponse"),
    ({"field": "mots", "answered": False}, "« Mots » n’a pas de réponse"),
    (
        {"any": [{"field": "mots", "answered": True}, {"field": "choix", "is": ["c"]}]},
        "« Mots » a une réponse ou si « Choix » est « C »",
    ),
    (
        {"all": [{"field": "mots", "answered": True}, {"field": "choix", "is": ["c"]}]},
        "« Mots » a une réponse et si « Choix » est « C »",
    ),
]


def test_every_condition_reads_as_a_sentence(new_context: NewContext, world: World) -> None:
    form = world.page.form
    definition = form.definition()
    asking = [
        {"key": f"suite_{n}", "kind": "text", "label": f"Suite {n}", "show_if": show_if}
        for n, (show_if, _) in enumerate(SAID)
    ]
    part = {"key": "essai", "title": "Essai", "help": "", "fields": [*ASKED, *asking]}
    form.write({"sections": [part, *definition["sections"]]})
    form.save_revision()
    page = log_in(new_context(viewport=COMPUTER).new_page(), "bob")
    page.goto(reverse("wagtailsnippets_complaints_form:edit", args=[form.pk]))
    tab(page, "Questions")
    lines = page.locator(".doleances-sentence:not([hidden])")
    expect(lines.first).to_be_attached()
    read = [line.replace("\u00a0", " ") for line in lines.all_text_contents()]
    assert read[: len(SAID)] == [f"Affiché seulement si {said}." for _, said in SAID]
