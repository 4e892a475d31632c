"""The rehearsal in Chromium: beside the editor it follows what is typed, in a tab it is a page."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.desk import COMPUTER, PHONE, Axe, NewContext, fits, log_in, reach
from tests.factories import World, paris

SPACE = "wagtailsnippets_complaints_procedure"


@pytest.fixture(autouse=True)
def _on_a_day_of_spring() -> Iterator[None]:
    with time_machine.travel(paris("2026-03-31 09:00"), tick=True):
        yield


def test_it_follows_what_is_typed_and_keeps_its_scenario(
    new_context: NewContext, world: World
) -> None:
    page = log_in(new_context(viewport=COMPUTER).new_page(), "bob")
    page.goto(reverse(f"{SPACE}:edit", args=[world.page.procedure.pk]))
    page.locator("[data-side-panel-toggle=preview], [data-side-panel=preview]").first.click()
    frame = page.frame_locator("#w-preview-iframe")
    frame.get_by_label("Ce qui se passe").select_option(label="L’organisme ne répond pas")
    frame.get_by_label("Reçue le").fill("2026-04-30")
    frame.get_by_role("button", name="Rejouer").click()
    late = "«\u00a0Accusé de réception (repère interne)\u00a0» est dépassé"
    expect(frame.get_by_text(late)).to_be_visible()

    page.locator("#id_title").fill("Nos réclamations")
    # Wagtail looks at the form once in a while, sends it, then draws the page again.
    title = frame.get_by_role("heading", level=1)
    expect(title).to_have_text("Nos réclamations", timeout=20_000)
    expect(frame.get_by_text(late)).to_be_visible()
    expect(frame.get_by_label("Ce qui se passe")).to_have_value("silent_organisation")


def test_in_a_tab_it_is_sound_in_the_dark_on_a_phone_and_without_a_mouse(
    new_context: NewContext, world: World, axe: Axe
) -> None:
    page = log_in(new_context(viewport=COMPUTER).new_page(), "bob")
    page.goto(reverse(f"{SPACE}:preview_on_edit", args=[world.page.procedure.pk]))
    expect(page.get_by_role("heading", name="La vie du dossier")).to_be_visible()
    fits(page)
    axe(page)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    why = page.get_by_text("Pourquoi ce jour").first
    reach(page, why)
    page.keyboard.press("Enter")
    expect(page.get_by_text("jours ouvrés après le").first).to_be_visible()
    fits(page)
    axe(page)
