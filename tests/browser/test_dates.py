"""Dates in Chromium: why each one, how the team moves it, the calendars behind the counts."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.urls import reverse
from django_q.models import Schedule
from playwright.sync_api import Page, expect

from complaints.models import Calendar, Deadline, Procedure
from pages.demonstration.accounts import PASSWORD
from tests.browser.desk import (
    COMPUTER,
    PHONE,
    Axe,
    NewContext,
    fits,
    go_by_the_menu,
    log_in,
    open_dossier,
    press,
    reach,
    refused,
    sound,
    sound_everywhere,
)
from tests.complaints.handling.clocked import GRADE, OTHERS, UNGRADED, file_under
from tests.complaints.handling.rules import limit
from tests.factories import World, paris

NARROWEST, BETWEEN = {"width": 320, "height": 640}, {"width": 1030, "height": 800}
WORKED = limit(5, "jours_ouvres", key="accuse", label="Accuser réception", met_by=["acknowledged"])
CALENDAR = "wagtailsnippets_complaints_calendar"


@pytest.fixture(autouse=True)
def _on_the_next_day() -> Iterator[None]:
    with time_machine.travel(paris("2026-03-31 09:00"), tick=True):
        yield


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """On a computer."""
    return new_context(viewport=COMPUTER).new_page()


@pytest.fixture
def root(world: World) -> str:
    """Who installs the site."""
    get_user_model().objects.create_superuser("root", None, PASSWORD, first_name="Ruth")
    return "root"


# A dossier.


def test_why_each_date_is_told_to_the_keyboard_in_a_narrow_column(
    page: Page, world: World, axe: Axe
) -> None:
    open_dossier(log_in(page), file_under(world, GRADE, UNGRADED, WORKED))
    panel = page.get_by_role("region", name="Échéances")
    count = panel.get_by_role("table", name="Décompte, étape par étape")
    expect(count).to_have_count(0)
    reach(page, panel.locator("summary").filter(has_text="Accuser réception"))
    page.keyboard.press("Enter")
    expect(panel.get_by_text("au plus tard le mardi 7 avril 2026")).to_be_visible()
    row = count.get_by_role("row", name="lundi 6 avril 2026")
    expect(row).to_contain_text("Jour férié, non compté")
    sound_everywhere(page, axe)
    for other in ("Évaluer la gravité", "Réponse, gravité inconnue"):
        panel.locator("summary").filter(has_text=other).click()
    expect(count).to_have_count(3)
    for size in (NARROWEST, BETWEEN):
        page.set_viewport_size(size)
        fits(page)


def test_on_a_phone_the_next_date_leads_to_the_others(page: Page, world: World) -> None:
    page.set_viewport_size(PHONE)
    open_dossier(log_in(page), file_under(world, GRADE, UNGRADED))
    page.get_by_role("link", name="Toutes les échéances").click()
    expect(page.get_by_role("heading", name="Échéances")).to_be_in_viewport(ratio=1)


def type_day(page: Page, figures: str) -> None:
    """The same figure for the day and for the month: browsers ask for them in either order."""
    reach(page, page.get_by_label("Nouvelle échéance"))
    page.keyboard.type(figures)


def enter(page: Page, name: str) -> None:
    """The button of that move, then its form; both with the keyboard."""
    reach(page, page.get_by_role("link", name=name, exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()


def send(page: Page, name: str) -> None:
    reach(page, page.get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")


def test_graded_brought_nearer_and_prolonged_with_the_keyboard_alone(
    page: Page, world: World, axe: Axe, troubles: list[str]
) -> None:
    dossier = file_under(world, GRADE, OTHERS)
    open_dossier(log_in(page), dossier)
    enter(page, "Evaluer")
    reach(page, page.get_by_label("Fort"))
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Faible")).to_be_checked()
    sound_everywhere(page, axe)
    send(page, "Evaluer")
    expect(page.get_by_text("« Evaluer » : c’est fait.")).to_be_visible()

    enter(page, "Fixer")
    type_day(page, "06062026")
    reach(page, page.get_by_label("Motif"))
    page.keyboard.type("Congés d’été")
    with refused(troubles, 422):
        send(page, "Fixer")
        expect(page.get_by_role("alert")).to_contain_text("voyez les champs signalés")
    day = page.get_by_label("Nouvelle échéance")
    expect(day).to_have_accessible_description(re.compile("elle ne l’allonge jamais"))
    expect(day).to_have_value("2026-06-06")
    expect(page.get_by_label("Motif")).to_have_value("Congés d’été")
    sound_everywhere(page, axe)
    type_day(page, "05052026")
    send(page, "Fixer")
    expect(page.get_by_text("« Fixer » : c’est fait.")).to_be_visible()

    enter(page, "Prolonger")
    type_day(page, "06062026")
    reach(page, page.get_by_label("Motif"))
    page.keyboard.type("le formateur est absent.")
    sound_everywhere(page, axe)
    send(page, "Prolonger")
    expect(page.get_by_text("« Prolonger » : c’est fait.")).to_be_visible()
    expect(page.get_by_text("Nouvelle échéance : 6 juin 2026")).to_be_visible()
    page.get_by_role("region", name="Échéances").locator("summary").last.click()
    sound_everywhere(page, axe)
    assert Deadline.objects.get(dossier=dossier, key="reponse").due_on == date(2026, 6, 6)


# The calculator.


def fill_in(page: Page) -> None:
    """Five worked days over the first of May."""
    page.get_by_role("textbox", name="Jour").fill("2026-04-30")
    page.get_by_role("textbox", name="Durée").first.fill("5")
    page.get_by_text("Deuxième lecture du délai").first.click()
    page.get_by_role("textbox", name="Autre durée").fill("20")


def test_a_question_is_asked_put_right_answered_and_passed_on(
    page: Page, world: World, axe: Axe, troubles: list[str]
) -> None:
    page.set_viewport_size(PHONE)
    go_by_the_menu(log_in(page), "Calculer une échéance")
    expect(page.get_by_role("button", name="Calculer l’échéance")).to_be_visible()
    sound_everywhere(page, axe)
    fill_in(page)
    with refused(troubles, 422):
        press(page, "Calculer l’échéance")
        expect(page.get_by_role("alert")).to_contain_text("Rien n’a été calculé")
    unit = page.get_by_role("combobox", name="Unité").last
    expect(unit).to_have_accessible_description("Indiquez aussi l’unité.")
    expect(page.get_by_role("textbox", name="Autre durée")).to_have_value("20")
    sound_everywhere(page, axe)
    unit.select_option(label="jours calendaires")
    press(page, "Calculer l’échéance")
    day = page.get_by_role("heading", name="Échéance Lundi 11 mai 2026")
    expect(day).to_be_in_viewport(ratio=1)
    sound_everywhere(page, axe)
    colleague = page.context.new_page()
    colleague.goto(page.url)
    expect(colleague.get_by_role("heading", name="Échéance Lundi 11 mai 2026")).to_be_visible()


def test_it_answers_without_a_script(new_context: NewContext, world: World) -> None:
    page = log_in(new_context(viewport=PHONE, java_script_enabled=False).new_page())
    page.goto(reverse("calculator"))
    fill_in(page)
    page.get_by_role("textbox", name="Autre durée").fill("")
    press(page, "Calculer l’échéance")
    expect(page.get_by_role("heading", name="Échéance Lundi 11 mai 2026")).to_be_visible()


# The calendars.


def test_a_calendar_is_corrected_without_fear(
    page: Page, world: World, root: str, axe: Axe, troubles: list[str]
) -> None:
    log_in(page, root).goto(reverse(f"{CALENDAR}:list"))
    sound_everywhere(page, axe)
    page.get_by_role("link", name="Métropole, version 1", exact=True).click()
    sound_everywhere(page, axe)
    page.get_by_role("link", name="Corriger ce calendrier").click()
    page.get_by_label("Jour", exact=True).first.fill("2026-06-01")
    page.get_by_label("Retirer le vendredi 1er mai").first.check()
    page.get_by_label("Pourquoi").fill("Arrêté du 2 mars")
    with refused(troubles, 422):
        press(page, "Voir ce qui va changer")
        expect(page.get_by_role("alert")).to_contain_text("voyez les champs signalés")
    name = page.get_by_label("Nom", exact=True).first
    expect(name).to_have_accessible_description("Donnez un nom à ce jour.")
    page.get_by_text("Ajouter d’autres jours").click()
    sound_everywhere(page, axe)
    name.fill("Fermeture")
    press(page, "Voir ce qui va changer")
    expect(page.get_by_text("rien n’est encore changé")).to_be_visible()
    expect(page.get_by_text("Le lundi 1er juin 2026 sera férié")).to_be_visible()
    sound_everywhere(page, axe)
    assert Calendar.objects.current("metropole").version == 1
    press(page, "Corriger le calendrier")
    expect(page.get_by_text("la version 2 est en vigueur")).to_be_visible()
    expect(page.get_by_text("Retiré : vendredi 1er mai 2026")).to_be_visible()
    expect(page.get_by_text("lundi 1er juin : Fermeture")).to_be_visible()
    sound_everywhere(page, axe)


def test_who_only_reads_a_calendar_is_told_whom_to_ask(page: Page, world: World, axe: Axe) -> None:
    calendar = Calendar.objects.current("metropole")
    log_in(page).goto(reverse(f"{CALENDAR}:inspect", args=[calendar.pk]))
    expect(page.get_by_text("Demandez à l’administrateur du site")).to_be_visible()
    expect(page.get_by_role("link", name="Corriger ce calendrier")).to_have_count(0)
    page.get_by_text("Années suivantes").click()
    expect(page.get_by_role("heading", name="2038")).to_be_visible()
    sound(page, axe)


# The procedure and the site.


def test_an_editor_says_that_the_procedure_was_read(page: Page, world: World, axe: Axe) -> None:
    procedure = world.page.procedure
    late = {"review_months": 12, "reviewed_on": date(2025, 3, 16)}
    Procedure.objects.filter(pk=procedure.pk).update(**late)
    address = reverse("wagtailsnippets_complaints_procedure:edit", args=[procedure.pk])
    log_in(page, "bob").goto(address)
    page.get_by_role("link", name="Relecture", exact=True).click()
    expect(page.get_by_text("en retard de 15 jours")).to_be_visible()
    sound_everywhere(page, axe)
    press(page, "Je l’ai relue : rien à changer")
    expect(page.get_by_text("Elle a été relue aujourd’hui.")).to_be_visible()
    sound_everywhere(page, axe)


def test_what_is_broken_is_told_at_the_top_of_the_administrators_home(
    page: Page, world: World, root: str, axe: Axe
) -> None:
    Schedule.objects.filter(name="Effacement").delete()
    log_in(page, root)
    panel = page.get_by_role("region", name="Ce qui ne va pas")
    expect(panel.get_by_text("La tâche planifiée « Effacement » manque.")).to_be_visible()
    expect(panel.get_by_text("Lancez « manage.py prepare »")).to_be_visible()
    sound_everywhere(page, axe)
