"""The moderator's part in Chromium: from the home page to the closed dossier, by buttons."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from complaints.models import Event, Notice
from complaints.workflow.vocabulary import EventKind, Phase
from tests.browser.desk import (
    COMPUTER,
    PHONE,
    Axe,
    NewContext,
    go_by_the_menu,
    log_in,
    open_dossier,
    reach,
    refused,
    sound,
)
from tests.factories import WHOLE_LIFE, World, file, play

TABLET = {"width": 820, "height": 1180}
LOOKS = [
    pytest.param({"viewport": COMPUTER}, id="computer"),  # by day and by night: see `seen`
    pytest.param({"viewport": TABLET, "color_scheme": "light"}, id="tablet"),
    pytest.param({"viewport": PHONE, "color_scheme": "light"}, id="phone"),
]


def seen(page: Page, axe: Axe) -> None:
    """As it is; on a computer in the dark too, which needs no second life."""
    if page.viewport_size == COMPUTER:
        page.emulate_media(color_scheme="dark")
        sound(page, axe)
        page.emulate_media(color_scheme="light")
    sound(page, axe)


def press(page: Page, move: str, typed: dict[str, str], axe: Axe) -> None:
    """Open the form of a move, write that under those labels, do it."""
    page.get_by_role("link", name=move, exact=True).click()
    for label, text in typed.items():
        field = page.get_by_label(label)
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)
    seen(page, axe)
    page.get_by_role("button", name=move, exact=True).click()
    expect(page.get_by_text(f"« {move} » : c’est fait.")).to_be_visible()


LIFE: list[tuple[str, dict[str, str]]] = [
    ("Accuser réception", {"Objet du courrier": "Bien reçu"}),
    ("Demander un complément", {}),
    ("Enregistrer le complément reçu", {"Réponse du réclamant": "C’était la session de mars."}),
    ("Inscrire au registre", {}),
    ("Déclarer recevable", {"Manquements relevés": "L’envoi n’est suivi par personne."}),
    (
        "Décider",
        {"Sens de la décision": "Favorable", "Décision et motifs": "L’attestation était due."},
    ),
    ("Prévoir une mesure", {"Mesure": "Envoyer l’attestation le dernier jour."}),
    ("Passer à la réponse", {}),
    ("Répondre", {"Résolution": "Attestation envoyée."}),
    ("Clore le dossier", {"Lieu de conservation": "Dossier électronique"}),
]


@pytest.mark.parametrize("look", LOOKS)
def test_from_the_home_page_to_the_closed_dossier(
    look: dict[str, Any], new_context: NewContext, world: World, axe: Axe
) -> None:
    dossier = file(world, at=timezone.now() - timedelta(days=12)).dossier
    page = log_in(new_context(**look).new_page())
    panel = page.get_by_role("region", name="Mes dossiers")
    expect(panel.get_by_text("en retard de")).to_be_visible()
    seen(page, axe)
    page.get_by_role("link", name="Tous les dossiers ouverts").click()
    expect(page.get_by_role("heading", name="Dossiers", exact=True)).to_be_visible()
    expect(page.get_by_text("en retard de")).to_be_in_viewport(ratio=1)
    seen(page, axe)
    page.get_by_role("link", name=dossier.reference).click()
    page.get_by_role("button", name="Prendre en charge").click()
    expect(page.get_by_text("Dossier attribué.")).to_be_visible()
    seen(page, axe)
    for move, typed in LIFE:
        press(page, move, typed, axe)
    seen(page, axe)
    dossier.refresh_from_db()
    assert (dossier.phase, dossier.assigned_to) == (Phase.CLOSED, world.user("alice"))
    assert str(dossier.register_entry) in page.locator(".desk-head").inner_text()


def test_a_move_is_made_with_the_keyboard_alone(new_context: NewContext, world: World) -> None:
    at = timezone.now()
    dossier = play(world, file(world, at=at).dossier, "inscrire", at=at)
    page = log_in(new_context(viewport=COMPUTER).new_page())
    open_dossier(page, dossier)
    reach(page, page.get_by_role("link", name="Déclarer recevable"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("Manquements relevés"))
    page.keyboard.type("Relances sans réponse.")
    reach(page, page.get_by_role("button", name="Déclarer recevable"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("« Déclarer recevable » : c’est fait.")).to_be_visible()
    dossier.refresh_from_db()
    assert (dossier.stage, dossier.breaches) == ("evaluation", "Relances sans réponse.")


def test_two_clicks_do_it_once(new_context: NewContext, world: World) -> None:
    dossier = file(world).dossier
    page = log_in(new_context(viewport=COMPUTER).new_page())
    open_dossier(page, dossier)
    page.get_by_role("link", name="Inscrire au registre").click()
    page.get_by_role("button", name="Inscrire au registre").dblclick()
    expect(page.get_by_text("« Inscrire au registre » : c’est fait.")).to_be_visible()
    assert Event.objects.filter(dossier=dossier, kind=EventKind.REGISTERED).count() == 1


def test_who_comes_second_is_told_and_keeps_their_words(
    new_context: NewContext, world: World, axe: Axe, troubles: list[str]
) -> None:
    dossier = file(world).dossier
    alice = log_in(new_context(viewport=COMPUTER).new_page())
    diane = log_in(new_context(viewport=TABLET).new_page(), "diane")
    for page in (alice, diane):
        open_dossier(page, dossier)
        page.get_by_role("link", name="Accuser réception").click()
        page.get_by_label("Texte du courrier").fill(f"De la part de {page.viewport_size}")
    alice.get_by_role("button", name="Accuser réception").click()
    expect(alice.get_by_text("c’est fait")).to_be_visible()
    with refused(troubles, 409):
        diane.get_by_role("button", name="Accuser réception").click()
        expect(diane.get_by_role("alert")).to_contain_text("Ce dossier a changé")
    expect(diane.get_by_label("Texte du courrier")).to_have_value(f"De la part de {TABLET}")
    sound(diane, axe)
    assert Event.objects.filter(dossier=dossier, kind=EventKind.ACKNOWLEDGED).count() == 1


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_missing_is_shown_at_its_field(
    look: dict[str, Any], new_context: NewContext, world: World, axe: Axe, troubles: list[str]
) -> None:
    at = timezone.now()
    dossier = play(world, file(world, at=at).dossier, *WHOLE_LIFE[:3], at=at)
    page = log_in(new_context(**look).new_page())
    open_dossier(page, dossier)
    page.get_by_role("link", name="Décider").click()
    with refused(troubles, 422):
        page.get_by_role("button", name="Décider").click()
        expect(page.get_by_role("alert")).to_contain_text("voyez les champs signalés")
    expect(page.get_by_label("Décision et motifs")).to_have_attribute("aria-invalid", "true")
    seen(page, axe)


def test_the_search_field_finds_a_number_as_it_is_typed(
    new_context: NewContext, world: World, axe: Axe
) -> None:
    found, other = file(world, objet="Celui-ci").dossier, file(world, objet="Un autre").dossier
    page = log_in(new_context(viewport=COMPUTER).new_page())
    page.goto(reverse("dossiers:list"))
    page.get_by_role("searchbox").or_(page.locator("#id_q")).first.fill(found.reference)
    expect(page.get_by_role("link", name=other.reference)).to_have_count(0)
    expect(page.get_by_role("link", name=found.reference)).to_be_visible()
    seen(page, axe)


@pytest.mark.parametrize("look", LOOKS)
def test_the_register_and_the_outbox_are_sound(
    look: dict[str, Any], new_context: NewContext, world: World, axe: Axe
) -> None:
    at = timezone.now()
    dossier = play(world, file(world, at=at).dossier, *WHOLE_LIFE, at=at)
    failed = Notice.objects.filter(dossier=dossier).first()
    Notice.objects.filter(pk=failed.pk).update(state="failed", next_attempt_at=None)
    page = log_in(new_context(**look).new_page())
    go_by_the_menu(page, "Registre")
    seen(page, axe)
    page.get_by_role("link", name=str(dossier.register_entry)).click()
    expect(page.get_by_text("Dossier électronique")).to_be_visible()
    seen(page, axe)
    go_by_the_menu(page, "Envois")
    seen(page, axe)
    page.get_by_role("button", name="Renvoyer maintenant").click()
    expect(page.get_by_text("Nouvel essai d’envoi")).to_be_visible()
    open_dossier(page, dossier)
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF du courrier REP").click()
    assert download.value.suggested_filename.startswith("REP-")
