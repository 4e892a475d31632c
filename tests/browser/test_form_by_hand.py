"""The builder on a phone, where the words of each question are read, and without a mouse."""

from django.urls import reverse
from playwright.sync_api import expect

from complaints.models import Form
from tests.browser.desk import PHONE, Axe, NewContext, log_in, press
from tests.browser.test_editor import tab
from tests.browser.test_form_losses import edited
from tests.complaints.models.test_form_definition import question
from tests.factories import World

LONG = "Avant la formation, avez-vous reçu par écrit le programme, les dates et le règlement ?"


def labels(world: World) -> list[str]:
    """The questions of the only part, in the order that is kept."""
    form = Form.objects.get(pk=world.page.form_id)
    [part] = form.get_latest_revision_as_object().definition()["sections"]
    return [asked["label"] for asked in part["fields"]]


def test_the_words_of_a_question_are_read_on_a_phone(
    new_context: NewContext, world: World, axe: Axe
) -> None:
    form = world.page.form
    fields = [question("a", "yes_no", label=LONG), question("b", "text", label="Bref")]
    form.write({"sections": [{"key": "tout", "title": "Tout", "help": "", "fields": fields}]})
    form.save_revision()
    page = log_in(new_context(viewport=PHONE).new_page(), "bob")
    page.goto(reverse("wagtailsnippets_complaints_form:edit", args=[form.pk]))
    tab(page, "Questions")
    title = page.locator(".c-sf-block__title", has_text=LONG[:40])
    words = title.locator("..")
    assert words.bounding_box()["width"] > 200
    assert words.evaluate("element => element.scrollWidth <= element.clientWidth")
    buttons = page.locator("section", has=title).last.locator("[data-panel-controls]").first
    assert buttons.bounding_box()["y"] >= words.bounding_box()["y"] + 15
    axe(page)


def test_a_question_goes_up_and_down_by_the_keyboard(new_context: NewContext, world: World) -> None:
    page = edited(new_context, world)
    before = ["Question donnees", "À quel moment", "Quelle session"]
    title = page.locator(".c-sf-block__title", has_text="Quelle session")
    moved = page.locator("section", has=title).last
    moved.locator("[data-streamfield-action=MOVE_UP]").first.focus()
    page.keyboard.press("Enter")
    expect(moved.locator("[data-streamfield-action=MOVE_UP]:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    # At the top there is no further up.
    expect(moved.locator("[data-streamfield-action=MOVE_DOWN]:focus")).to_have_count(1)
    press(page, "Enregistrer le brouillon")
    expect(page.locator(".messages .success")).to_be_visible()
    assert labels(world) == [before[2], *before[:2]]
