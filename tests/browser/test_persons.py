"""A person more is added without a mouse, with and without a script: one writes on at once."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import COMPUTER, NewContext, reach
from tests.factories import World


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_keyboard_goes_on_in_the_row_that_is_added(
    script: bool, new_context: NewContext, world: World
) -> None:
    form = world.page.form
    definition = form.definition()
    who = {"key": "qui", "kind": "persons", "label": "Qui était là ?", "max_rows": 3}
    definition["sections"][0]["fields"].insert(0, who)
    form.write(definition)
    form.save_revision().publish()
    page = new_context(viewport=COMPUTER, java_script_enabled=script).new_page()
    page.goto("/#deposer")
    page.get_by_label("Nom ou fonction").fill("Paul")
    for number in (2, 3):
        reach(page, page.get_by_role("button", name="Ajouter une personne"))
        page.keyboard.press("Enter")
        group = page.get_by_role("group", name=f"Personne {number}", exact=True)
        expect(group.get_by_label("Nom ou fonction")).to_be_focused()
    page.keyboard.type("Léa")
    expect(page.get_by_label("Nom ou fonction").first).to_have_value("Paul")
    expect(page.get_by_label("Nom ou fonction").last).to_have_value("Léa")
    expect(page.get_by_role("button", name="Ajouter une personne")).to_have_count(0)
