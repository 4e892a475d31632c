"""A form under bad luck, in Chromium: no network, no cookies, two tabs, clicks in haste, back."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from complaints.models import Dossier, Draft
from tests.browser.desk import fits, refused
from tests.browser.test_steps import go_on, who
from tests.factories import World

NewContext = Callable[..., BrowserContext]
Axe = Callable[[Page], None]
HIDE = """() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
NARROW = {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"}


@pytest.fixture
def stepped(world: World) -> World:
    form = world.page.form
    form.stepped = True
    form.save_revision().publish()
    world.page.form.__class__.objects.update(minimum_seconds=0)
    return world


def facts(page: Page) -> None:
    page.get_by_label("En une phrase").fill("Attestation jamais reçue")
    page.get_by_label("Quel contrat").fill("Gestion du stress")
    page.get_by_label("Que s’est-il passé").fill("Je n’ai rien reçu.")


def before(page: Page) -> None:
    page.get_by_role("group", name="Nous avez-vous déjà").get_by_label("Non").check()


def test_without_a_network_the_words_wait_and_are_kept_when_it_comes_back(
    new_context: NewContext, stepped: World, troubles: list[str]
) -> None:
    context = new_context()
    page = context.new_page()
    page.goto("/")
    context.set_offline(True)
    who(page)
    expect(page.get_by_text("Pas de connexion : votre texte reste sur cette page")).to_be_visible()
    assert all("ERR_INTERNET_DISCONNECTED" in trouble for trouble in troubles)
    troubles.clear()
    context.set_offline(False)
    expect(page.get_by_text("Brouillon gardé à")).to_be_visible()
    assert Draft.objects.get().typed["nom"] == ["Dora Lemaire"]


def test_a_page_that_is_left_is_kept_at_once(page: Page, stepped: World) -> None:
    page.goto("/")
    who(page)
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.evaluate(HIDE)
    assert Draft.objects.get().typed["courriel"] == ["dora@exemple.example"]


def test_two_tabs_of_one_step_are_compared(
    new_context: NewContext, stepped: World, troubles: list[str], axe: Axe
) -> None:
    context: Any = new_context(**NARROW)
    one = context.new_page()
    one.goto("/")
    who(one)
    go_on(one)
    two = context.new_page()
    two.goto(one.url)
    facts(one)
    go_on(one)
    facts(two)
    two.get_by_label("Que s’est-il passé").fill("Dit autrement.")
    expect(two.get_by_text("a été changé dans un autre onglet")).to_be_visible()
    with refused(troubles, 409):
        go_on(two)
    expect(two.locator("#form-errors")).to_be_focused()
    expect(two.locator("#form-errors")).to_contain_text("Je n’ai rien reçu.")
    expect(two.get_by_label("Que s’est-il passé")).to_have_value("Dit autrement.")
    axe(two)
    fits(two)
    go_on(two)
    expect(two.get_by_text("Étape 3 sur 5")).to_be_visible()
    assert Draft.objects.get().typed["faits"] == ["Dit autrement."]


def test_back_and_forward_with_the_arrows_of_the_browser(page: Page, stepped: World) -> None:
    page.goto("/")
    who(page)
    go_on(page)
    facts(page)
    go_on(page)
    page.go_back()
    expect(page.get_by_label("Que s’est-il passé")).to_have_value("Je n’ai rien reçu.")
    page.get_by_label("Que s’est-il passé").fill("Toujours rien.")
    go_on(page)
    page.go_back()
    page.go_back()
    expect(page.get_by_label("Vos prénom et nom")).to_have_value("Dora Lemaire")
    go_on(page)
    expect(page.get_by_label("Que s’est-il passé")).to_have_value("Toujours rien.")
    assert Draft.objects.count() == 1


def test_clicks_in_haste_without_a_script_send_once(
    new_context: NewContext, stepped: World
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/")
    who(page)
    go_on(page)
    facts(page)
    page.get_by_role("button", name="Continuer").dblclick()
    before(page)
    go_on(page)
    go_on(page)
    page.get_by_role("button", name="Envoyer", exact=True).dblclick()
    expect(page.get_by_text("Notez votre code de suivi")).to_be_visible()
    assert Dossier.objects.count() == 1


def test_cookies_deleted_in_the_middle_cost_one_click(
    new_context: NewContext, stepped: World, troubles: list[str], axe: Axe
) -> None:
    context = new_context(**NARROW)
    page = context.new_page()
    page.goto("/")
    who(page)
    go_on(page)
    context.clear_cookies()
    facts(page)
    with refused(troubles, 403):
        go_on(page)
    expect(page.get_by_text("rien n’est perdu")).to_be_visible()
    axe(page)
    fits(page)
    page.get_by_role("button", name="Envoyer de nouveau").click()
    expect(page.get_by_text("Étape 3 sur 5")).to_be_visible()
    assert Draft.objects.get().typed["faits"] == ["Je n’ai rien reçu."]


def test_a_draft_that_is_gone_begins_again_with_its_words(
    page: Page, stepped: World, troubles: list[str], axe: Axe
) -> None:
    page.goto("/")
    who(page)
    go_on(page)
    facts(page)
    Draft.objects.all().delete()
    with refused(troubles, 409):
        go_on(page)
    expect(page.locator("#form-errors")).to_be_focused()
    expect(page.locator("#form-errors")).to_contain_text("Ce brouillon n’existe plus")
    axe(page)
    who(page)
    go_on(page)
    expect(page.get_by_label("Que s’est-il passé")).to_have_value("Je n’ai rien reçu.")


def test_erasing_asks_first(page: Page, stepped: World, axe: Axe) -> None:
    page.goto("/")
    who(page)
    go_on(page)
    page.get_by_text("Continuer plus tard").click()
    page.get_by_role("link", name="Effacer ce brouillon").click()
    axe(page)
    page.get_by_role("link", name="Le garder").click()
    expect(page.get_by_text("Étape 2 sur 5")).to_be_visible()
    assert Draft.objects.exists()
