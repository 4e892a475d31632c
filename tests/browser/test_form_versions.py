"""The versions of a form in Chromium: listed, read, compared, on a phone and on a computer."""

from playwright.sync_api import Page, expect

from complaints.models import Form
from tests.browser.desk import COMPUTER, Axe, NewContext, log_in, reach, sound_everywhere
from tests.complaints.desk.forms.test_versions import Json, freeze, question, screen
from tests.factories import World, paris


def changed(definition: Json) -> None:
    """A little of everything that a version may change."""
    definition["steps"] = True
    question(definition, "telephone")["label"] = "Téléphone"
    question(definition, "structure")["required"] = True
    question(definition, "deja")["seen_by"] = ["moderator"]
    question(definition, "deja")["sensitive"] = True
    question(definition, "deja_le").pop("show_if")
    question(definition, "operations")["choices"].append({"value": "apres", "label": "Après"})
    question(definition, "faits")["help"] = "Racontez avec vos mots, dans l’ordre. " * 6
    del definition["sections"][1]["fields"][-1]


def test_the_versions_of_a_form_are_read_and_compared(
    new_context: NewContext, world: World, axe: Axe
) -> None:
    form: Form = world.page.form
    freeze(form, paris("2026-03-03 14:05"), changed)
    page: Page = new_context(viewport=COMPUTER).new_page()
    log_in(page).goto(screen(form))
    sound_everywhere(page, axe)
    folded = page.get_by_text("autres changements")
    reach(page, folded)
    page.keyboard.press("Enter")
    expect(page.get_by_text("« Votre téléphone » s’intitule désormais")).to_be_visible()
    sound_everywhere(page, axe)
    page.get_by_role("link", name="Version 2", exact=True).click()
    expect(page.get_by_role("heading", name="Ce que vous avez déjà fait")).to_be_visible()
    sound_everywhere(page, axe)
    page.get_by_role("link", name="Ce qu’elle a changé").click()
    expect(page.get_by_role("table", name="Votre réclamation")).to_be_visible()
    sound_everywhere(page, axe)
