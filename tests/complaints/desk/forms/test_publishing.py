"""No form or page asks for data without saying what becomes of them, and pages say what is so."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from complaints.models import Form
from complaints.models.unpublishable import Unpublishable
from pages.models import ProcedurePage
from tests.complaints.desk.procedures.test_publishing_checks import edit, said
from tests.doors import FORM
from tests.factories import World
from tests.posted import as_posted

pytestmark = pytest.mark.django_db


def without_information(form: Form) -> Form:
    sections = form.definition()["sections"]
    for section in sections:
        section["fields"] = [one for one in section["fields"] if one["kind"] != "information"]
        for one in section["fields"]:
            one.pop("show_if", None)
    form.write({"sections": sections})
    return form


def form_as_posted(form: Form) -> dict[str, Any]:
    return as_posted(form, *FORM)


def test_no_form_asks_for_data_without_saying_what_becomes_of_them(
    bob: Client, world: World
) -> None:
    form = without_information(world.page.form)
    before = form.versions.count()
    answer = edit(bob, form, form_as_posted(form), "action-publish")
    assert "RGPD, article 13" in said(answer)
    assert "sections" in answer.context["form"].errors
    assert form.versions.count() == before
    draft = edit(bob, form, form_as_posted(form))
    assert "Enregistré. Avant de publier :" in said(draft)
    with pytest.raises(Unpublishable):
        form.save_revision().publish()


def page_as_posted(page: ProcedurePage) -> dict[str, Any]:
    """With one part, whose rich text is as the browser's editor sends it."""
    page.body = page.body.stream_block.to_python(
        [{"type": "steps", "value": {"title": "Les étapes", "text": ""}}]
    )
    data = as_posted(page, "title", "slug", "introduction", "procedure", "form", "body")
    data |= {"body-0-value-text": '{"blocks": [], "entityMap": {}}'}
    return data | {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}


def test_a_page_says_what_its_procedure_does_not(bob: Client, world: World) -> None:
    page = world.page
    page.introduction = "Nous répondons sous dix jours."
    data = page_as_posted(page)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = said(bob.post(url, data | {"action-publish": "on"}, follow=True))
    assert "« dix jours » n’est aucune durée de la procédure en vigueur" in answer


def test_a_page_with_a_silent_form_is_not_published(bob: Client, world: World) -> None:
    page = world.page
    current = page.form.current
    definition = without_information(page.form).definition()
    type(current).objects.create(
        form=current.form,
        number=current.number + 1,
        reference=current.reference,
        title=current.title,
        definition=definition,
        digest="",
        effective_at=current.effective_at,
    )
    data = page_as_posted(page)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = bob.post(url, data | {"action-publish": "on"})
    assert list(answer.context["form"].errors) == ["form"]
    assert bob.post(url, data).status_code == 302
