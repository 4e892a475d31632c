"""« Saisir un dossier » in Chromium: by the keyboard alone, then what its complainant reads."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from complaints.handling.filing import tracking_code
from complaints.models import Dossier
from tests.browser.desk import (
    COMPUTER,
    PHONE,
    TOO_WIDE,
    Axe,
    NewContext,
    go_by_the_menu,
    log_in,
    reach,
    refused,
    sound_everywhere,
)
from tests.factories import World

CHECK, FILE = "Vérifier avant d’enregistrer", "Enregistrer le dossier"


def press(page: Page, name: str) -> None:
    """By the keyboard: Tab until the button, then Enter."""
    button = page.get_by_role("button", name=name, exact=True)
    reach(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    reach(page, page.get_by_label(label))
    page.keyboard.type(text)


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_the_questions_that_apply_appear(
    new_context: NewContext, world: World, scripted: bool
) -> None:
    """Without a script all of them are there, each saying when it counts."""
    log_in(page := new_context(viewport=COMPUTER).new_page())
    if not scripted:
        page.route("**/entry.js*", lambda route: route.fulfill(body=""))
    page.goto(reverse("entry"))
    address, when = page.get_by_label("Votre adresse électronique"), "À remplir si vous"
    if scripted:
        expect(address).to_be_hidden()
        page.get_by_label("Par courriel").first.check()
        expect(page.get_by_text(when).first).to_be_hidden()
    else:
        expect(page.get_by_text(when).first).to_be_visible()
    expect(address).to_be_visible()


def test_a_call_is_written_down_and_confirmed(
    new_context: NewContext, world: World, troubles: list[str], axe: Axe
) -> None:
    page: Page = log_in(new_context(viewport=COMPUTER).new_page())
    go_by_the_menu(page, "Saisir un dossier")
    sound_everywhere(page, axe)
    with refused(troubles, 422):
        press(page, CHECK)
    sound_everywhere(page, axe)
    expect(page.get_by_text("Champ requis.")).to_be_visible()

    reach(page, page.locator("[name=arrival-channel]").first)
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    write(page, "Vos prénom et nom", "Nadia Benali")
    write(page, "En une phrase", "Salle fermée")
    press(page, CHECK)
    expect(page.get_by_role("heading", name="Vérifiez avant d’enregistrer")).to_be_visible()
    expect(page.get_by_text("Téléphone")).to_be_visible()
    sound_everywhere(page, axe)
    press(page, FILE)
    expect(page.get_by_text("pas encore confirmé par le réclamant")).to_be_visible()
    sound_everywhere(page, axe)

    dossier = Dossier.objects.get(parties__name="Nadia Benali")
    visit(page, dossier)
    for size, mode in ((PHONE, "dark"), (COMPUTER, "light")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=mode)
        axe(page)
        assert page.evaluate(TOO_WIDE) == []
    page.get_by_role("button", name="C’est exact").click()
    expect(page.get_by_text("C’est confirmé. Merci.")).to_be_visible()
    dossier.refresh_from_db()
    assert dossier.confirmed_at is not None


def visit(page: Page, dossier: Dossier) -> None:
    """She opens it with the number and the code of her copy."""
    page.goto(reverse("pages:tracking"))
    page.get_by_label("Numéro de dossier").fill(dossier.reference)
    page.get_by_label("Code de suivi").fill(tracking_code(dossier.submission_key))
    page.locator("main [type=submit]").click()
    page.wait_for_load_state("networkidle")
