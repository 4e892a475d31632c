"""A form that is unpublished, by hand or on its last day, closes: its page says so, drafts end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from complaints.handling.schedules import publish_scheduled
from complaints.models import Dossier, Form
from pages.checking import page_findings
from pages.models import ProcedurePage, StaleDocument
from tests.factories import World
from tests.pages.conftest import Visitor, words
from tests.pages.stepping import begin, marks, to_review

pytestmark = pytest.mark.django_db
CLOSED = "Le formulaire en ligne n’est pas ouvert pour le moment."


def form_of(world: World) -> Form:
    return Form.objects.get(pk=world.page.form_id)


def test_a_form_that_is_unpublished_leaves_its_page_until_it_is_published_again(
    world: World, visitor: Visitor
) -> None:
    assert CLOSED not in words(visitor.get("/"))
    form_of(world).unpublish()
    assert CLOSED in words(visitor.get("/"))
    assert StaleDocument.objects.filter(page=world.page).exists()
    page = ProcedurePage.objects.get(pk=world.page.pk)
    found = [str(problem) for problem in page_findings(page, timezone.localdate())]
    assert "Le formulaire est dépublié\u00a0: la page ne reçoit rien." in found
    form_of(world).save_revision().publish()
    assert CLOSED not in words(visitor.get("/"))


def test_the_words_of_who_was_writing_are_given_back(world: World, visitor: Visitor) -> None:
    page = visitor.get("/")
    form_of(world).unpublish()
    answer = visitor.file(faits="Mes mots", **marks(page))
    assert answer.status_code == 409
    assert "Que s’est-il passé ? Mes mots" in words(answer)


def test_who_had_begun_finishes(world: World, stepped: Form, visitor: Visitor) -> None:
    before = Dossier.objects.count()
    review = to_review(visitor, begin(visitor))
    stepped.unpublish()
    assert visitor.post(review)["Location"].startswith("/recu/")
    assert Dossier.objects.count() == before + 1


def test_the_last_day_of_a_form_closes_it(world: World, visitor: Visitor) -> None:
    past = timezone.now() - timedelta(minutes=1)
    Form.objects.filter(pk=world.page.form_id).update(expire_at=past)
    versions = form_of(world).versions.count()
    publish_scheduled()
    assert form_of(world).expired
    assert form_of(world).versions.count() == versions
    assert CLOSED in words(visitor.get("/"))
