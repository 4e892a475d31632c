"""What a condition reads and is thrown away, or moved below it, is told in words on the screen."""

from django.urls import reverse
from playwright.sync_api import Page, expect

from complaints.models import Form
from tests.browser.desk import COMPUTER, NewContext, log_in, press
from tests.browser.test_editor import publish, tab
from tests.complaints.models.test_form_definition import question
from tests.factories import World

TWO = [{"value": "v_1", "label": "Avant la session"}, {"value": "v_2", "label": "Après"}]
CHOSEN = "[id$='-show_if-tests-0-value-field-menu'] option:checked"


def with_a_condition(form: Form) -> None:
    """One part: what becomes of the data, a choice, then a question that reads it."""
    shown = {"field": "moment", "is": ["v_1"]}
    fields = [
        question("donnees", "information", help="Ce que deviennent vos données."),
        question("moment", "choice", label="À quel moment", choices=TWO),
        question("session", "text", label="Quelle session", show_if=shown),
    ]
    form.write({"sections": [{"key": "tout", "title": "Tout", "help": "", "fields": fields}]})
    form.save_revision().publish()


def edited(new_context: NewContext, world: World) -> Page:
    with_a_condition(world.page.form)
    page = log_in(new_context(viewport=COMPUTER).new_page(), "bob")
    page.goto(reverse("wagtailsnippets_complaints_form:edit", args=[world.page.form.pk]))
    tab(page, "Questions")
    return page


def test_a_question_moved_below_what_reads_it_still_exists(
    new_context: NewContext, world: World
) -> None:
    page = edited(new_context, world)
    chosen = page.locator(CHOSEN)
    expect(chosen).to_have_text("À quel moment")
    page.get_by_role("button", name="Descendre").nth(2).click()
    expect(chosen).to_have_text("À quel moment (placée plus bas)")


def test_a_question_thrown_away_is_named_then_and_when_the_form_is_opened_again(
    new_context: NewContext, world: World
) -> None:
    page = edited(new_context, world)
    page.get_by_role("button", name="Supprimer").nth(2).click()
    chosen = page.locator(CHOSEN)
    sentence = page.locator(".doleances-sentence", has_text="Affiché seulement si")
    for _time in range(2):
        expect(chosen).to_have_text("À quel moment (n’existe plus)")
        expect(sentence).to_contain_text("À quel moment (n’existe plus)")
        press(page, "Enregistrer le brouillon")
        expect(page.locator(".messages .warning")).to_contain_text("« À quel moment », qui")
        tab(page, "Questions")
    publish(page)
    expect(page.locator(".messages .error")).to_contain_text("qui n’existe plus")
