"""What was typed for somebody comes back: by the back button, after a session that ended."""

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from complaints.models import Dossier
from pages.demonstration.accounts import PASSWORD
from tests.browser.desk import COMPUTER, Axe, NewContext, log_in, press, sound_everywhere
from tests.factories import World

CHECK, FILE = "Vérifier avant d’enregistrer", "Enregistrer le dossier"
NAME, SCAN = "Vos prénom et nom", "lettre.txt"


@pytest.fixture
def context(new_context: NewContext, world: World) -> BrowserContext:
    return new_context(viewport=COMPUTER)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A letter and its scan, typed in and not sent yet."""
    page = log_in(context.new_page())
    page.goto(reverse("entry"))
    page.locator("[name=arrival-channel][value=post]").check()
    page.get_by_label(NAME).fill("Nadia Benali")
    scan = {"name": SCAN, "mimeType": "text/plain", "buffer": b"Madame,"}
    page.locator("[name=arrival-scans]").set_input_files([scan])
    return page


def test_back_from_the_review_is_the_form_as_it_was_with_its_files(page: Page) -> None:
    press(page, CHECK)
    expect(page.get_by_role("button", name=FILE)).to_be_visible()
    page.go_back()
    expect(page.get_by_label(NAME)).to_have_value("Nadia Benali")
    expect(page.locator("[name=arrival-channel][value=post]")).to_be_checked()
    expect(page.get_by_text(SCAN)).to_be_visible()
    press(page, CHECK)
    press(page, FILE)
    expect(page.get_by_text("enregistré.")).to_be_visible()
    assert Dossier.objects.get().attachments.get().original_name == SCAN


def test_a_session_that_ended_loses_no_word(page: Page, context: BrowserContext) -> None:
    context.clear_cookies(name="sessionid")
    press(page, CHECK)
    log_in_again(page, "alice")
    expect(page.get_by_label(NAME)).to_have_value("Nadia Benali")
    # A file that never arrived is chosen again.
    expect(page.get_by_text(SCAN)).to_have_count(0)


def test_nobody_else_is_given_it(page: Page, context: BrowserContext) -> None:
    context.clear_cookies(name="sessionid")
    press(page, CHECK)
    log_in_again(page, "diane")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label(NAME)).to_have_value("")


def test_the_next_letter_begins_empty(page: Page) -> None:
    press(page, CHECK)
    press(page, FILE)
    page.get_by_role("link", name="Saisir un autre dossier").click()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label(NAME)).to_have_value("")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_second_letter_of_the_same_person_is_seen_before_it_is_filed(
    page: Page, axe: Axe
) -> None:
    press(page, CHECK)
    press(page, FILE)
    page.get_by_role("link", name="Saisir un autre dossier").click()
    page.locator("[name=arrival-channel][value=phone]").check()
    page.get_by_label(NAME).fill("nadia benali")
    press(page, CHECK)
    expect(page.get_by_text("Cette personne a déjà un dossier ouvert")).to_be_visible()
    sound_everywhere(page, axe)
    with page.expect_popup() as opened:
        page.get_by_role("link", name=Dossier.objects.get().reference).click()
    expect(
        opened.value.get_by_role("heading", name=Dossier.objects.get().reference)
    ).to_be_visible()
    press(page, FILE)
    expect(page.get_by_text("enregistré.")).to_be_visible()
    sound_everywhere(page, axe)


def log_in_again(page: Page, login: str) -> None:
    page.locator("[name=username]").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[type=submit]").click()
    page.wait_for_url(f"**{reverse('entry')}**")
