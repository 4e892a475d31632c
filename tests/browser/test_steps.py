"""A form in steps, in Chromium: by keyboard, on narrow and enlarged screens, left and resumed."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from complaints.models import Dossier, Draft
from tests.browser.desk import fits, refused
from tests.factories import World

NewContext = Callable[..., BrowserContext]
Axe = Callable[[Page], None]
# 1280 px at 200 % are 640; the narrowest phone in the dark is the other end.
LOOKS = [
    pytest.param({"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"}, id="narrow"),
    pytest.param({"viewport": {"width": 640, "height": 450}, "color_scheme": "light"}, id="200 %"),
]


@pytest.fixture
def stepped(world: World) -> World:
    form = world.page.form
    form.stepped, form.minimum_seconds = True, 0
    form.save_revision().publish()
    return world


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_load_state()


def who(page: Page) -> None:
    page.get_by_label("Vos prénom et nom").fill("Dora Lemaire")
    page.get_by_label("Vous êtes").select_option(label="Stagiaire")
    page.get_by_role("group", name="Comment voulez-vous").get_by_label("Par courriel").check()
    page.get_by_label("Votre adresse électronique").fill("dora@exemple.example")


@pytest.mark.parametrize("look", LOOKS)
def test_step_by_step_with_errors_and_back(
    look: dict[str, Any], new_context: NewContext, stepped: World, axe: Axe, troubles: list[str]
) -> None:
    page = new_context(**look).new_page()
    page.goto("/#deposer")
    expect(page.get_by_text("Étape 1 sur 5 : Vous")).to_be_visible()
    who(page)
    go_on(page)
    expect(page.get_by_text("Étape 2 sur 5")).to_be_visible()
    axe(page)
    fits(page)
    with refused(troubles, 422):
        go_on(page)
    expect(page.locator("#form-errors")).to_be_focused()
    axe(page)
    fits(page)
    page.get_by_label("En une phrase").fill("Attestation jamais reçue")
    page.get_by_label("Quel contrat").fill("Gestion du stress")
    page.get_by_label("Que s’est-il passé").fill("Je n’ai rien reçu.")
    go_on(page)
    page.get_by_role("button", name="Revenir").click()
    expect(page.get_by_label("Que s’est-il passé")).to_have_value("Je n’ai rien reçu.")
    go_on(page)
    page.get_by_role("group", name="Nous avez-vous déjà").get_by_label("Non").check()
    go_on(page)
    axe(page)
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Relire et envoyer")
    axe(page)
    fits(page)
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_text("Votre réclamation est arrivée")).to_be_visible()
    assert Dossier.objects.get().description == "Je n’ai rien reçu."


def test_the_keyboard_alone_goes_through_a_step(page: Page, stepped: World) -> None:
    page.goto("/")
    page.get_by_label("Vos prénom et nom").focus()
    page.keyboard.type("Dora Lemaire")
    page.keyboard.press("Tab")
    page.keyboard.type("St")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("dora@exemple.example")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Étape 2 sur 5")).to_be_visible()
    assert Draft.objects.get().typed["courriel"] == ["dora@exemple.example"]


def test_what_is_typed_is_kept_by_itself_and_found_on_another_device(
    page: Page, new_context: NewContext, stepped: World, axe: Axe
) -> None:
    page.goto("/")
    who(page)
    expect(page.get_by_text("Brouillon gardé à")).to_be_visible()
    page.goto("/suivi/")
    page.goto("/")
    expect(page.get_by_text("Vous avez un brouillon commencé le")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Reprendre ce brouillon").click()
    expect(page.get_by_label("Vos prénom et nom")).to_have_value("Dora Lemaire")
    page.get_by_role("button", name="Enregistrer et finir plus tard").click()
    axe(page)
    code = page.locator("#resume-code").inner_text()

    phone = new_context(java_script_enabled=False).new_page()
    phone.goto("/reprendre/")
    phone.get_by_label("Code de reprise").fill(code.lower())
    phone.get_by_role("button", name="Reprendre mon brouillon").click()
    resumed = "Vous reprenez un brouillon de « Déposer une réclamation », commencé le"
    expect(phone.get_by_text(resumed)).to_be_visible()
    expect(phone.get_by_label("Vos prénom et nom")).to_have_value("Dora Lemaire")
    phone.get_by_text("Continuer plus tard").click()
    phone.get_by_role("link", name="Effacer ce brouillon").click()
    phone.get_by_role("button", name="Effacer ce brouillon").click()
    expect(phone.get_by_text("Votre brouillon est effacé")).to_be_visible()
    assert not Draft.objects.exists()


def test_a_page_to_correct_opens_at_once_at_what_is_wrong_and_shows_the_question(
    new_context: NewContext, world: World, troubles: list[str]
) -> None:
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.emulate_media(reduced_motion="no-preference")
    page.goto("/")
    page.locator("#site-web").evaluate("box => { box.value = 'x' }")
    with refused(troubles, 429):
        page.get_by_role("button", name="Relire avant d’envoyer").click()
        page.wait_for_load_state()
    expect(page.locator("#form-errors")).to_be_in_viewport()
    expect(page.get_by_text("Videz la case")).to_be_in_viewport()
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.get_by_role("link", name="Que s’est-il passé").click()
    expect(page.locator("label[for=id_faits]")).to_be_in_viewport(ratio=1)
