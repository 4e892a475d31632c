"""The printed procedure: made when something is published, numbered only when it says more."""

import hashlib
from typing import Any

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from complaints.handling import documents as archive
from complaints.handling.documents import Overtaken
from complaints.letters import pdf
from complaints.letters.pdf import PdfError
from complaints.models import Mediator, ProcedureDocument
from complaints.models.frozen import FrozenError
from pages.documents import make_document
from pages.models import ProcedurePage
from tests.factories import World, paris
from tests.pages.composed import content, printed
from tests.pages.conftest import Visitor, words

DAY = paris("2026-05-01 09:00")


@pytest.fixture(autouse=True)
def _an_empty_queue(db: None) -> None:
    OrmQ.objects.all().delete()


def queued() -> list[tuple[str, tuple[Any, ...]]]:
    """What waits for Django-Q: the function and its arguments."""
    return [(task.func(), task.args()) for task in OrmQ.objects.order_by("pk")]


def made(world: World) -> ProcedureDocument:
    make_document(world.page.pk, DAY)
    return ProcedureDocument.objects.filter(page=world.page).order_by("-number").first()


def retitle(page: ProcedurePage, title: str) -> None:
    page.title = title
    page.save_revision().publish()


def test_the_document_says_what_the_page_says(world: World) -> None:
    text = printed(made(world))
    for fact in (
        "CS-PROC-REC",
        "FORMULAIRE RÉCLAMATION – V1 07052024",
        "Document n° 1, établi le 1er mai 2026",
        "En vigueur depuis le 7 mai 2024",
        "demander par écrit qu’un droit soit respecté",
        "Sous-traitant",
        "1. Recueil",
        "8. Dossier et conservation",
        "sans délai chiffré",
        "au bout de 2 mois à compter de l’envoi de votre réclamation écrite",
        "06 15 41 75 17",
        "7 ans à compter de la clôture du dossier",
        "jamais un passage obligé",
    ):
        assert fact in text, fact


def test_the_form_and_the_download_are_not_printed(world: World) -> None:
    text = printed(made(world))
    assert "Vos prénom et nom" not in text
    assert "à télécharger" not in text


def test_a_document_is_archived_with_what_it_was_made_from(world: World) -> None:
    document = made(world)
    assert document.number == 1
    assert document.made_at == DAY
    assert document.organisation == world.organisation
    assert document.procedure_version == world.page.version
    assert document.form_version == world.page.form.current
    assert document.sha256 == hashlib.sha256(content(document)).hexdigest()
    with pytest.raises(FrozenError):
        document.save()


def test_publishing_without_change_gives_no_new_number(world: World) -> None:
    made(world)
    world.page.save_revision().publish()
    world.page.procedure.save_revision().publish()
    assert made(world).number == 1
    assert ProcedureDocument.objects.count() == 1


@pytest.mark.parametrize("change", ["title", "rules", "mediator", "form", "contact"])
def test_whatever_is_printed_makes_a_new_document(world: World, change: str) -> None:
    made(world)
    page, procedure, form = world.page, world.page.procedure, world.page.form
    if change == "title":
        retitle(page, "Vous plaindre")
    elif change == "rules":
        procedure.retention_amount = 5
        procedure.save_revision().publish()
    elif change == "mediator":
        procedure.mediator = Mediator.objects.create(name="AME", website="https://ame.example/")
        procedure.save_revision().publish()
    elif change == "form":
        form.reference = "NOUVEAU"
        form.save_revision().publish()
    else:
        type(world.organisation).objects.update(phone="05 00 00 00 00")
    document = made(world)
    assert document.number == 2
    assert "Document n° 2" in printed(document)


def test_each_organisation_numbers_its_own(world: World, other_world: World) -> None:
    made(world)
    assert made(other_world).number == 1


def test_publishing_a_page_queues_its_document(world: World) -> None:
    world.page.save_revision().publish()
    assert queued() == [("pages.documents.make_document", (world.page.pk,))]


@pytest.mark.parametrize("kind", ["procedure", "form"])
def test_publishing_the_rules_or_the_form_queues_each_published_page(
    world: World, other_world: World, kind: str
) -> None:
    getattr(world.page, kind).save_revision().publish()
    assert queued() == [("pages.documents.make_document", (world.page.pk,))]


def test_saving_a_mediator_queues_the_pages_that_name_them(
    world: World, other_world: World
) -> None:
    procedure = world.page.procedure
    mediator = procedure.mediator = Mediator.objects.create(name="AME", website="https://a.example")
    procedure.save_revision().publish()
    OrmQ.objects.all().delete()
    mediator.save()
    assert queued() == [("pages.documents.make_document", (world.page.pk,))]


def test_saving_an_organisation_queues_its_pages(world: World, other_world: World) -> None:
    world.organisation.save()
    assert queued() == [("pages.documents.make_document", (world.page.pk,))]


def test_a_page_out_of_sight_is_not_printed(world: World) -> None:
    world.page.unpublish()
    OrmQ.objects.all().delete()
    world.page.procedure.save_revision().publish()
    assert queued() == []
    assert make_document(world.page.pk) == "rien à imprimer"
    assert make_document(0) == "rien à imprimer"


def test_a_failure_leaves_the_page_and_the_former_document(
    world: World, visitor: Visitor, monkeypatch: Any
) -> None:
    former = made(world)

    def fail(_html: str) -> bytes:
        raise RuntimeError("no layout")

    retitle(world.page, "Nouveau titre")
    monkeypatch.setattr(pdf, "_lay_out", fail)
    with pytest.raises(PdfError):
        make_document(world.page.pk)
    assert "Nouveau titre" in words(visitor.get("/"))
    assert visitor.download("/procedure.pdf")[1] == content(former)
    monkeypatch.undo()
    assert made(world).number == 2


def test_a_number_taken_meanwhile_is_never_printed_twice(world: World, monkeypatch: Any) -> None:
    """While the first document is being laid out, another process archives the same one."""
    lay_out, seen = pdf._lay_out, []

    def overtaken(html: str) -> bytes:
        seen.append(html)
        if len(seen) == 1:
            make_document(world.page.pk, DAY)
        return lay_out(html)

    monkeypatch.setattr(pdf, "_lay_out", overtaken)
    assert made(world).number == 1
    assert ProcedureDocument.objects.count() == 1


def test_being_overtaken_for_ever_is_a_failure(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(archive, "_next_number", lambda _organisation: 99)
    with pytest.raises(Overtaken):
        make_document(world.page.pk)
    assert not ProcedureDocument.objects.exists()


def test_the_document_in_force_is_served(world: World, visitor: Visitor) -> None:
    document = made(world)
    response, served = visitor.download("/procedure.pdf")
    assert served == content(document)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="procedure-connectsens-1.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["ETag"] == f'"{document.sha256}"'
    assert response["Cache-Control"] == "no-cache"


def test_a_browser_that_has_it_is_not_sent_it_again(world: World, visitor: Visitor) -> None:
    document = made(world)
    response = visitor.get("/procedure.pdf", **{"If-None-Match": f'"{document.sha256}"'})
    assert response.status_code == 304


def test_while_there_is_none_the_answer_is_a_page_in_french(visitor: Visitor) -> None:
    response = visitor.get("/procedure.pdf")
    assert response.status_code == 404
    assert "Cette page n’existe pas" in words(response)


def test_each_site_serves_its_own(
    world: World, other_world: World, visitor: Visitor, elsewhere: Visitor
) -> None:
    made(world)
    assert elsewhere.get("/procedure.pdf").status_code == 404
    made(other_world)
    response, _ = elsewhere.download("/procedure.pdf")
    assert response["Content-Disposition"] == 'inline; filename="procedure-autre-1.pdf"'


def test_a_document_made_later_takes_its_place(world: World, visitor: Visitor) -> None:
    made(world)
    retitle(world.page, "Vous plaindre")
    second = make_document(world.page.pk, timezone.now())
    assert second.endswith("document n° 2")
    response, _ = visitor.download("/procedure.pdf")
    assert 'filename="procedure-connectsens-2.pdf"' in response["Content-Disposition"]
