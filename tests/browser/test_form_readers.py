"""An editor says in Chromium who may read an answer, among the roles of the organisation."""

from django.urls import reverse

from complaints.models import Form
from tests.browser.desk import COMPUTER, NewContext, log_in, unfold
from tests.browser.test_editor import publish, tab
from tests.browser.test_form_builder import add_part, add_question
from tests.factories import World


def test_a_question_is_kept_for_a_role(new_context: NewContext, world: World) -> None:
    form = world.page.form
    part = len(form.definition()["sections"])
    page = log_in(new_context(viewport=COMPUTER).new_page(), "bob")
    page.goto(reverse("wagtailsnippets_complaints_form:edit", args=[form.pk]))
    tab(page, "Questions")
    add_part(page, part, "Votre santé")
    prefix = add_question(page, part, "Texte long", "Votre état de santé")
    example = page.locator(f"[name='{prefix}-example']")
    settings = example.locator("xpath=ancestor::section[1]")
    unfold(settings)
    example.fill("Une allergie.\nUn traitement.")
    readers = settings.get_by_role("group", name="Visible seulement par")
    readers.get_by_role("checkbox", name="Direction").check()
    publish(page)
    page.locator(".messages .success").wait_for()
    [asked] = Form.objects.get(pk=form.pk).current.definition["sections"][part]["fields"]
    assert asked["seen_by"] == ["direction"]
    assert asked["example"].split() == ["Une", "allergie.", "Un", "traitement."]
