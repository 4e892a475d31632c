"""What an editor sees before anybody else: a page, its rules and its form, published or not."""

from django.test import Client
from wagtail.models import Page

from complaints.models import FormVersion, Procedure, ProcedureVersion
from pages.models import ProcedurePage, StaleDocument
from pages.views.preview import DRAFT_RULES, NO_FORM, NO_PROCEDURE, UNREADABLE_RULES
from tests.factories import World, paris
from tests.pages.composed import compose
from tests.pages.conftest import words


def seen(page: ProcedurePage) -> str:
    """What the preview says, whatever state the page is in."""
    response = page.make_preview_request()
    assert response.status_code == 200
    return words(response).replace("\u00a0", " ")


def unpublish_rules(world: World) -> None:
    ProcedureVersion.objects.all()._raw_delete("default")


def fresh(world: World) -> ProcedurePage:
    return ProcedurePage.objects.get(pk=world.page.pk)


def test_rules_never_published_are_read_in_their_draft(world: World) -> None:
    procedure = world.page.procedure
    procedure.retention_amount = 9
    procedure.save_revision()
    unpublish_rules(world)
    text = seen(fresh(world))
    assert DRAFT_RULES.replace("\u00a0", " ") in text
    assert "9 ans à compter de la clôture" in text
    assert "Inscription au registre" in text
    assert not ProcedureVersion.objects.exists()


def test_a_draft_that_cannot_be_read_hides_what_it_would_decide(world: World) -> None:
    unpublish_rules(world)
    Procedure.objects.filter(pk=world.page.procedure.pk).update(
        stakeholders=["martien"], latest_revision=None
    )
    text = seen(fresh(world))
    assert UNREADABLE_RULES.replace("\u00a0", " ") in text
    assert "Réclamations : notre procédure" in text


def test_rules_in_force_are_shown_rather_than_their_draft(world: World) -> None:
    procedure = world.page.procedure
    procedure.retention_amount = 9
    procedure.save_revision()
    text = seen(fresh(world))
    assert "7 ans à compter de la clôture" in text
    assert "Aperçu" not in text


def test_a_page_not_created_yet_is_shown(world: World, other_world: World) -> None:
    page = ProcedurePage(
        title="Neuve",
        slug="neuve",
        procedure=other_world.page.procedure,
        form=other_world.page.form,
        body=other_world.page.body,
    )
    text = seen(page)
    assert "Neuve" in text
    assert "Autre Formation" in text


def test_a_page_of_another_site_is_shown_with_its_own_organisation(
    world: World, other_world: World
) -> None:
    root = Page.get_first_root_node()
    other_world.page.unpublish()
    draft = ProcedurePage(
        title="Brouillon", slug="brouillon", procedure=other_world.page.procedure, live=False
    )
    root.add_child(instance=draft)
    text = seen(draft)
    assert "Brouillon" in text
    assert "Autre Formation" in text
    assert NO_FORM.replace("\u00a0", " ") in text


def test_a_form_never_published_is_said_to_lack(world: World) -> None:
    FormVersion.objects.all()._raw_delete("default")
    assert NO_FORM.replace("\u00a0", " ") in seen(fresh(world))


def test_without_a_procedure_the_editor_is_told_to_choose_one(world: World) -> None:
    assert NO_PROCEDURE in seen(ProcedurePage(title="Vide", slug="vide"))


def test_the_editing_screen_names_the_marks_with_their_values(client: Client, world: World) -> None:
    client.force_login(world.user("bob"))
    text = words(client.get(f"/gestion/pages/{world.page.pk}/edit/")).replace("\u00a0", " ")
    assert "{delai:mediation_ouverte} Recours à un médiateur extérieur 2 mois" in text
    assert "{conservation} la durée de conservation 7 ans à compter" in text


def test_a_new_page_says_how_to_get_them(client: Client, world: World) -> None:
    client.force_login(world.user("bob"))
    response = client.get(f"/gestion/pages/add/pages/procedurepage/{world.page.pk}/")
    assert "Choisissez une procédure et enregistrez" in words(response)


def test_the_editing_screen_tells_what_visitors_would_not_see(client: Client, world: World) -> None:
    appeal = ("appeal", {"title": "Recours", "text": "<p>{rien}</p>"})
    page = compose(world.page, appeal)
    StaleDocument.objects.filter(page=page).update(since=paris("2026-05-01 10:12"))
    client.force_login(world.user("bob"))
    text = words(client.get(f"/gestion/pages/{page.pk}/edit/"))
    assert "La partie « Recours » ne s’affiche pas" in text
    assert "le repère « rien » n’existe pas" in text
    assert "n’est pas à jour depuis le 01/05/2026 à 10:12" in text


def test_the_form_of_a_preview_goes_nowhere_and_keeps_nothing(world: World) -> None:
    page = fresh(world).make_preview_request().content.decode()
    assert '<form class="sheet" method="dialog"' in page
    assert "data-autosave" not in page
    assert '<form class="sheet" method="post" data-once data-autosave' in (
        Client().get("/", headers={"host": "localhost"}).content.decode()
    )
