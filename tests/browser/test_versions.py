"""The versions of a procedure in Chromium: asked for, compared, followed by dossiers, sent."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from playwright.sync_api import Page, expect

from complaints.models import ProcedureDocument, ProcedureVersion
from tests.browser.desk import (
    COMPUTER,
    Axe,
    NewContext,
    log_in,
    press,
    reach,
    refused,
    sound_everywhere,
)
from tests.complaints.handling.clocked import file_under
from tests.complaints.handling.rules import limit, publish
from tests.factories import World, paris

SPACE = "wagtailsnippets_complaints_procedure"
TEN = limit(10, key="reponse", label="Réponse")


@pytest.fixture(autouse=True)
def _on_the_next_day() -> Iterator[None]:
    with time_machine.travel(paris("2026-03-31 09:00"), tick=True):
        yield


@pytest.fixture
def page(new_context: NewContext) -> Page:
    return new_context(viewport=COMPUTER).new_page()


@pytest.fixture
def newest(world: World) -> ProcedureVersion:
    """Twenty days for the answer; a dossier runs under ten. It has its PDF."""
    file_under(world, TEN)
    version = publish(world, time_limits=[limit(20, key="reponse", label="Réponse")])
    ProcedureDocument.objects.create(
        organisation=world.organisation,
        page=world.page,
        procedure_version=version,
        number=3,
        made_at=paris("2026-03-30 10:00"),
        content_digest="0" * 64,
        pdf=ContentFile(b"%PDF-1.7", "procedure.pdf"),
        sha256="a1b2c3d4" * 8,
    )
    return version


def test_a_version_is_asked_for_by_day_read_and_compared(
    page: Page, newest: ProcedureVersion, axe: Axe
) -> None:
    log_in(page).goto(reverse(f"{SPACE}:versions", args=[newest.procedure_id]))
    sound_everywhere(page, axe)
    reach(page, page.get_by_label("Qu’est-ce qui était en vigueur le"))
    page.get_by_label("Qu’est-ce qui était en vigueur le").fill("2026-01-01")
    press(page, "Chercher")
    expect(page.get_by_text("Le 1er janvier 2026")).to_be_visible()
    sound_everywhere(page, axe)
    page.get_by_role("link", name=f"Version {newest.number}", exact=True).first.click()
    expect(page.get_by_role("heading", name="Délais", exact=True)).to_be_visible()
    sound_everywhere(page, axe)
    page.get_by_role("link", name="Ce qu’elle a changé").click()
    expect(page.get_by_role("table", name="Délais")).to_be_visible()
    sound_everywhere(page, axe)


def test_the_direction_sees_what_changes_before_it_changes(
    page: Page, newest: ProcedureVersion, axe: Axe, troubles: list[str]
) -> None:
    address = reverse(f"{SPACE}:migrate", args=[newest.procedure_id, newest.number])
    log_in(page, "diane").goto(address)
    sound_everywhere(page, axe)
    with refused(troubles, 422):
        press(page, "Voir ce qui va changer")
        expect(page.get_by_role("alert")).to_contain_text("Cochez au moins un dossier.")
    sound_everywhere(page, axe)
    page.get_by_role("checkbox").check()
    page.get_by_label("Motif").fill("Décidé ensemble.")
    press(page, "Voir ce qui va changer")
    expect(page.get_by_text("9 avril 2026 devient 19 avril 2026")).to_be_visible()
    sound_everywhere(page, axe)
    press(page, f"Passer 1 dossier à la version {newest.number}")
    expect(page.get_by_text("1 dossier suit maintenant")).to_be_visible()
    sound_everywhere(page, axe)


def test_the_procedure_is_sent_to_a_person(
    page: Page, newest: ProcedureVersion, axe: Axe, troubles: list[str]
) -> None:
    log_in(page).goto(reverse(f"{SPACE}:send", args=[newest.procedure_id]))
    sound_everywhere(page, axe)
    with refused(troubles, 422):
        press(page, "Envoyer")
        expect(page.get_by_role("alert")).to_contain_text("Rien n’est parti")
    sound_everywhere(page, axe)
    page.get_by_label("Adresse électronique").fill("eve@exemple.example")
    press(page, "Envoyer")
    expect(page.get_by_text("La procédure part par courriel")).to_be_visible()
