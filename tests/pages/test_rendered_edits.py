"""Whatever a kept page says, an edit of it shows at once, and a draft of it never."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from wagtail.models import Page, PageViewRestriction

from complaints.models import Form, Mediator, Organisation, Procedure
from pages import rendered
from pages.documents import make_document
from pages.models import ProcedurePage
from tests.factories import World
from tests.pages.composed import compose
from tests.pages.conftest import Visitor, words


def published(thing: Any, **changed: Any) -> None:
    for name, value in changed.items():
        setattr(thing, name, value)
    thing.save_revision().publish()


def edit_page(world: World) -> None:
    published(ProcedurePage.objects.get(pk=world.page.pk), introduction="Nouveau mot.")


def edit_body(world: World) -> None:
    parts = ("text", {"title": "Autre partie", "text": "<p>Nouveau mot.</p>"})
    compose(world.page, parts, ("form", {"title": "Déposer", "text": ""}))


def edit_organisation(world: World) -> None:
    Organisation.objects.filter(pk=world.organisation.pk).update(phone="Nouveau mot.")


def edit_name(world: World) -> None:
    Organisation.objects.filter(pk=world.organisation.pk).update(name="Nouveau mot.")


def edit_rules(world: World) -> None:
    procedure = Procedure.objects.get(pk=world.page.procedure_id)
    published(procedure, reference="Nouveau mot.")


def edit_form(world: World) -> None:
    form = Form.objects.get(pk=world.page.form_id)
    definition = form.definition()
    definition["sections"][0]["fields"][0]["label"] = "Nouveau mot."
    form.write(definition)
    published(form)


EDITS = [edit_page, edit_body, edit_organisation, edit_name, edit_rules, edit_form]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_shows_at_once(world: World, edit: Callable[[World], None]) -> None:
    assert "Nouveau mot." not in words(Visitor().get("/"))
    edit(world)
    assert "Nouveau mot." in words(Visitor().get("/"))


DRAFTS = [ProcedurePage, Procedure, Form]


@pytest.mark.parametrize("model", DRAFTS)
def test_what_is_not_published_does_not_show(
    world: World, model: Any, drawn: list[HttpRequest]
) -> None:
    before = words(Visitor().get("/"))
    thing = model.objects.first()
    thing.title = "Pas encore publié"
    thing.save_revision()
    assert words(Visitor().get("/")) == before


def test_a_mediator_shows_at_once_however_it_changes(world: World) -> None:
    mediator = Mediator.objects.create(name="Médiation du Midi", website="https://midi.example")
    Visitor().get("/")
    published(Procedure.objects.get(pk=world.page.procedure_id), mediator=mediator)
    assert "https://midi.example" in words(Visitor().get("/"))
    mediator.website = "https://nord.example"
    mediator.save()
    assert "https://nord.example" in words(Visitor().get("/"))
    assert "https://midi.example" not in words(Visitor().get("/"))


def test_the_pdf_shows_as_soon_as_it_is_made(world: World) -> None:
    assert "document n° 1" not in words(Visitor().get("/"))
    make_document(world.page.pk)
    assert "document n° 1" in words(Visitor().get("/"))


@pytest.mark.parametrize(
    ("changed", "carried"),
    [({"honeypot": False}, 'name="site-web"'), ({"proof_of_work": True}, 'name="guard-proof"')],
)
def test_a_protection_is_switched_at_once(
    world: World, changed: dict[str, bool], carried: str
) -> None:
    before = carried in Visitor().get("/").content.decode()
    Form.objects.update(**changed)
    assert (carried in Visitor().get("/").content.decode()) is not before


def test_a_page_that_is_closed_is_closed_at_once(world: World) -> None:
    assert Visitor().get("/").status_code == 200
    world.page.unpublish()
    assert Visitor().get("/").status_code == 404


def test_a_page_that_is_gone_is_gone(world: World) -> None:
    Visitor().get("/")
    Page.objects.filter(pk=world.page.pk).update(live=False, path="0001ZZZZ")
    assert Visitor().get("/").status_code == 404


def test_an_address_that_leads_elsewhere_leads_there_at_once(world: World) -> None:
    Visitor().get("/")
    site = world.organisation.site
    site.root_page = Page.get_first_root_node()
    site.save()
    assert "Déposer" not in words(Visitor().get("/"))
    assert "Déposer" in words(Visitor().get(f"/{world.page.slug}/"))


def test_a_page_that_is_for_some_is_kept_from_the_others(
    world: World, drawn: list[HttpRequest]
) -> None:
    Visitor().get("/")
    PageViewRestriction.objects.create(
        page=world.page.page_ptr, restriction_type=PageViewRestriction.PASSWORD, password="sésame"
    )
    assert "Déposer" not in words(Visitor().get("/"))
    PageViewRestriction.objects.all().delete()
    assert "Déposer" in words(Visitor().get("/"))
    assert len(drawn) == 1


def test_where_some_page_is_restricted_the_others_are_still_drawn_once(
    world: World, other_world: World, drawn: list[HttpRequest]
) -> None:
    PageViewRestriction.objects.create(
        page=other_world.page.page_ptr, restriction_type=PageViewRestriction.LOGIN
    )
    assert words(Visitor().get("/")) == words(Visitor().get("/"))
    assert len(drawn) == 1


def test_a_link_to_another_page_follows_it(
    world: World, other_world: World, drawn: list[HttpRequest]
) -> None:
    link = f'<p><a linktype="page" id="{other_world.page.pk}">L’autre page</a></p>'
    compose(world.page, ("text", {"title": "Liens", "text": link}))
    Visitor().get("/")
    Visitor().get("/")
    assert len(drawn) == 2


def test_what_changes_while_it_is_drawn_is_not_kept(world: World) -> None:
    request = RequestFactory().get("/", headers={"host": "localhost"})

    def change(asked: HttpRequest, marks: rendered.Marks) -> HttpResponse:
        Organisation.objects.filter(pk=world.organisation.pk).update(phone="01 02 03 04 05")
        return HttpResponse(f"{marks.csrf} {marks.key}")

    rendered.shown(request, world.page, change)
    assert rendered.kept(request) is None
