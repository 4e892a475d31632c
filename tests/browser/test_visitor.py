"""The visitor's part in Chromium: phone and computer, light and dark, with and without a script."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from complaints.models import Dossier
from pages.documents import make_document
from tests.browser.desk import refused
from tests.factories import World, file, play

PHONE, COMPUTER = {"width": 375, "height": 740}, {"width": 1280, "height": 800}
NARROWEST = {"width": 320, "height": 640}
LOOKS = [
    pytest.param({"viewport": PHONE, "color_scheme": "light", "is_mobile": True}, id="phone-light"),
    pytest.param({"viewport": PHONE, "color_scheme": "dark", "is_mobile": True}, id="phone-dark"),
    pytest.param({"viewport": COMPUTER, "color_scheme": "light"}, id="computer-light"),
    pytest.param({"viewport": COMPUTER, "color_scheme": "dark"}, id="computer-dark"),
]
CODE = re.compile(r"(?:[A-Z2-7]{5}-){3}[A-Z2-7]{5}")

NewContext = Callable[..., BrowserContext]
Axe = Callable[[Page], None]


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    path = tmp_path / "échange du 2 mars.txt"
    path.write_text("Bonjour, où est mon attestation ?")
    return path


def fits(page: Page) -> None:
    """Nothing sticks out on the side."""
    widths = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert widths[0] <= widths[1], page.url


def fill(page: Page) -> None:
    """Everything the form requires, but what happened."""
    page.get_by_label("Vos prénom et nom").fill("Dora Lemaire")
    page.get_by_label("Vous êtes").select_option(label="Stagiaire")
    page.get_by_role("group", name="Comment voulez-vous").get_by_label("Par courriel").check()
    page.get_by_label("Votre adresse électronique").fill("dora@exemple.example")
    page.get_by_label("En une phrase").fill("Attestation jamais reçue")
    page.get_by_label("Quel contrat").fill("Gestion du stress, mars 2026")
    page.get_by_role("group", name="Nous avez-vous déjà").get_by_label("Non").check()


def review(page: Page) -> None:
    page.get_by_role("button", name="Relire avant d’envoyer").click()
    page.wait_for_load_state()


def send(page: Page) -> None:
    """Read it again, then send it."""
    review(page)
    page.get_by_role("button", name="Envoyer", exact=True).click()
    page.wait_for_load_state()


@pytest.mark.parametrize("look", LOOKS)
def test_from_the_page_to_the_answer(
    look: dict[str, Any],
    new_context: NewContext,
    world: World,
    axe: Axe,
    proof: Path,
    troubles: list[str],
) -> None:
    make_document(world.page.pk)
    page = new_context(**look).new_page()
    page.goto("/")
    axe(page)
    fits(page)

    page.get_by_role("link", name="Déposer une réclamation").click()
    fill(page)
    page.get_by_label("Documents à joindre").set_input_files(proof)
    expect(page.get_by_text(f"{proof.name} (1 Ko)")).to_be_visible()
    with refused(troubles, 422):
        review(page)
    summary = page.locator("#form-errors")
    expect(summary).to_be_focused()
    axe(page)
    fits(page)

    summary.get_by_role("link").click()
    expect(page.get_by_label("Que s’est-il passé")).to_be_focused()
    page.keyboard.type("Je n’ai rien reçu malgré deux relances.")
    review(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Relire et envoyer")
    axe(page)
    fits(page)
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_text("Votre réclamation est arrivée")).to_be_visible()
    axe(page)
    fits(page)
    dossier = Dossier.objects.get()
    assert [sent.original_name for sent in dossier.attachments.all()] == [proof.name]
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger le récépissé").click()
    assert download.value.suggested_filename == f"RECU-{dossier.reference}.pdf"

    play(world, dossier, "accuser", "demander_complement", at=timezone.now())
    page.get_by_role("main").get_by_role("link", name="Suivre mon dossier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Nous attendons un complément de votre part"
    )
    axe(page)
    fits(page)
    page.get_by_label("Votre réponse").fill("Voici l’échange.")
    page.locator("#recevoir_complement").get_by_label("Documents").set_input_files(proof)
    page.get_by_role("button", name="Envoyer le complément").click()
    expect(page.get_by_text("Vos précisions sont arrivées. Merci.")).to_be_visible()
    axe(page)
    assert dossier.messages.get().attachments.count() == 1

    page.get_by_role("button", name="Refermer mon dossier").click()
    expect(page.get_by_text("refermé sur cet appareil")).to_be_visible()
    axe(page)


def test_everything_works_without_a_script(
    new_context: NewContext, world: World, proof: Path, troubles: list[str]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/")
    expect(page.get_by_text("À remplir si vous avez répondu « Par courriel »")).to_be_visible()
    fill(page)
    page.get_by_label("Documents à joindre").set_input_files(proof)
    with refused(troubles, 422):
        review(page)
    expect(page.locator("#form-errors")).to_be_in_viewport()
    expect(page.get_by_label(proof.name)).to_be_checked()
    page.get_by_label("Que s’est-il passé").fill("Je n’ai rien reçu.")
    send(page)
    text = page.get_by_role("main").inner_text()
    code, dossier = CODE.search(text)[0], Dossier.objects.get()
    assert dossier.attachments.count() == 1

    page.get_by_role("button", name="Refermer mon dossier").click()
    page.get_by_label("Numéro de dossier").fill(dossier.reference)
    page.get_by_label("Code de suivi").fill(code)
    page.get_by_role("button", name="Ouvrir mon dossier").click()
    page.get_by_text("Écrire un message").click()
    page.get_by_label("Votre message").fill("Où en êtes-vous ?")
    page.get_by_role("button", name="Envoyer le message").click()
    expect(page.get_by_text("Votre message est arrivé.")).to_be_visible()
    assert dossier.messages.get().body == "Où en êtes-vous ?"


def test_a_question_shows_when_its_answer_calls_for_it(page: Page, world: World) -> None:
    page.goto("/")
    email, address = (
        page.get_by_label("Votre adresse électronique"),
        page.get_by_label("Votre adresse postale"),
    )
    expect(email).to_be_hidden()
    expect(address).to_be_hidden()
    ways = page.get_by_role("group", name="Comment voulez-vous")
    ways.get_by_label("Par courriel").check()
    expect(email).to_be_visible()
    ways.get_by_label("Par courrier postal").check()
    expect(email).to_be_hidden()
    expect(address).to_be_visible()


def test_two_clicks_file_once(page: Page, world: World) -> None:
    page.goto("/")
    fill(page)
    page.get_by_label("Que s’est-il passé").fill("Je n’ai rien reçu.")
    page.get_by_role("button", name="Relire avant d’envoyer").dblclick()
    page.get_by_role("button", name="Envoyer", exact=True).dblclick()
    expect(page.get_by_text("Votre réclamation est arrivée")).to_be_visible()
    assert Dossier.objects.count() == 1


def test_files_chosen_one_by_one_add_up_and_can_be_taken_back(
    page: Page, world: World, tmp_path: Path
) -> None:
    page.goto("/")
    control = page.get_by_label("Documents à joindre")
    for name in ("un.txt", "deux.txt"):
        (tmp_path / name).write_text(name)
        control.set_input_files(tmp_path / name)
    assert control.evaluate("input => [...input.files].map(file => file.name)") == [
        "un.txt",
        "deux.txt",
    ]
    page.get_by_role("button", name="Retirer un.txt").click()
    assert control.evaluate("input => [...input.files].map(file => file.name)") == ["deux.txt"]
    expect(control).to_be_focused()


def test_the_keyboard_skips_to_the_content(page: Page, world: World) -> None:
    page.goto("/suivi/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Aller au contenu")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Numéro de dossier")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_goes_wrong_is_readable_too(
    scheme: str, new_context: NewContext, world: World, axe: Axe, troubles: list[str]
) -> None:
    page = new_context(viewport=PHONE, color_scheme=scheme).new_page()
    with refused(troubles, 404):
        page.goto("/nulle-part/")
    axe(page)
    page.goto("/suivi/")
    page.get_by_label("Numéro de dossier").fill("CS-2026-0001")
    page.get_by_label("Code de suivi").fill("AAAAA")
    with refused(troubles, 404):
        page.get_by_role("button", name="Ouvrir mon dossier").click()
        page.wait_for_load_state()
    expect(page.get_by_text("n’ouvrent aucun dossier")).to_be_visible()
    expect(page.get_by_label("Numéro de dossier")).to_have_value("CS-2026-0001")
    expect(page.get_by_label("Code de suivi")).to_have_value("")
    axe(page)
    with refused(troubles, 405):
        page.goto("/suivi/quitter/")
    axe(page)


def test_the_narrowest_screen_scrolls_one_way_only(
    new_context: NewContext, world: World, troubles: list[str]
) -> None:
    make_document(world.page.pk)
    page = new_context(viewport=NARROWEST).new_page()
    page.goto("/")
    fits(page)
    filed = file(world, objet="Anticonstitutionnellement" * 4)
    page.goto("/suivi/")
    fits(page)
    page.get_by_label("Numéro de dossier").fill(filed.dossier.reference)
    page.get_by_label("Code de suivi").fill(filed.code)
    page.get_by_role("button", name="Ouvrir mon dossier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre réclamation est arrivée")
    for task in page.locator("details").all():
        task.evaluate("task => task.open = true")
    fits(page)
    with refused(troubles, 404):
        page.goto("/nulle-part/")
    fits(page)


def test_every_target_is_large_enough_for_a_finger(page: Page, world: World) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/")
    small = page.evaluate(
        """() => [...document.querySelectorAll("nav a, .btn, summary, .contact a, .quiet, input")]
            .filter((target) => target.checkVisibility() && target.type !== "hidden")
            .filter((target) => target.getBoundingClientRect().height < 24)
            .map((target) => target.outerHTML)"""
    )
    assert small == []


def test_the_page_prints_without_its_screens_parts(page: Page, world: World) -> None:
    page.goto("/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Les huit étapes")).to_be_visible()
    expect(page.get_by_role("button", name="Relire avant d’envoyer")).to_be_hidden()
    expect(page.get_by_role("link", name="Déposer une réclamation")).to_be_hidden()
