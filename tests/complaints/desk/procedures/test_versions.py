"""The versions of a procedure: listed, asked for by day, read, compared; its PDFs."""

import hashlib
from datetime import datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from complaints.handling.approval import install_approval
from complaints.models import Procedure, ProcedureDocument, ProcedureVersion
from tests import factories
from tests.complaints.desk.conftest import words
from tests.complaints.handling.rules import limit, publish
from tests.factories import World, paris

pytestmark = pytest.mark.django_db
SPACE = "wagtailsnippets_complaints_procedure"
PDF = b"%PDF-1.7"


@pytest.fixture
def procedure(world: World) -> Procedure:
    """Version 1 since noon of the 7th of May 2024, version 2 since the 3rd of March 2026."""
    later = publish(world, time_limits=[limit(10, key="reponse", label="Réponse")])
    set_in_force(later, paris("2026-03-03 14:05"))
    return later.procedure


def set_in_force(version: ProcedureVersion, at: datetime) -> None:
    """A version is frozen; only a test tells it another hour."""
    QuerySet(ProcedureVersion).filter(pk=version.pk).update(in_force_at=at)


def screen(procedure: Procedure, name: str = "versions", *arguments: Any, **asked: str) -> str:
    return reverse(f"{SPACE}:{name}", args=[procedure.pk, *arguments], query=asked or None)


def document(world: World, version: ProcedureVersion, number: int) -> ProcedureDocument:
    return ProcedureDocument.objects.create(
        organisation=world.organisation,
        page=world.page,
        procedure_version=version,
        number=number,
        made_at=paris("2026-03-03 14:06"),
        content_digest="0" * 64,
        pdf=ContentFile(PDF, "procedure.pdf"),
        sha256=hashlib.sha256(PDF).hexdigest(),
    )


def test_each_version_says_from_when_to_when_and_who_follows_it(
    alice: Client, world: World, procedure: Procedure
) -> None:
    for _ in range(3):
        factories.file(world, at=paris("2026-03-30 09:00"))
    page = words(alice.get(screen(procedure)))
    first, second = page.partition("Version 2 En vigueur")[2], page.partition("Version 1 En")[2]
    assert first.startswith(" depuis le 3 mars 2026, 14 h 05")
    assert "Dossiers 3, dont 3 en cours" in first
    assert "du 7 mai 2024, 12 h 00, au 3 mars 2026, 14 h 05" in second
    assert "Dossiers Aucun" in second


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (
            "2024-05-06",
            "Aucune version n’était en vigueur le 6 mai 2024 : la première l’est depuis",
        ),
        ("2024-05-07", "aucune version d’abord, puis version 1 à partir de 12 h 00"),
        ("2026-03-02", "Le 2 mars 2026 : version 1 ."),
        ("2026-03-03", "version 1 d’abord, puis version 2 à partir de 14 h 05"),
        ("2026-03-04", "Le 4 mars 2026 : version 2 ."),
        ("hier", "Saisissez une date valide"),
        ("0001-01-01", "Une année de 1990 à 2100."),
    ],
)
def test_a_day_has_its_version(alice: Client, procedure: Procedure, on: str, told: str) -> None:
    assert told in words(alice.get(screen(procedure, on=on)))


def test_the_day_is_that_of_the_organisations_clock(
    alice: Client, world: World, procedure: Procedure
) -> None:
    """Five past two in the afternoon in Paris is another day in Auckland."""
    world.organisation.time_zone = "Pacific/Auckland"
    world.organisation.save()
    assert "puis version 2 à partir de 2 h 05" in words(
        alice.get(screen(procedure, on="2026-03-04"))
    )


def test_the_list_costs_the_same_with_more_versions_documents_and_dossiers(
    alice: Client,
    world: World,
    procedure: Procedure,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3, 6):
        version = publish(world, review_months=number)
        document(world, version, number)
        factories.file(world, at=paris("2026-03-30 09:00"))
    alice.get(screen(procedure))
    with django_assert_max_num_queries(20) as asked:
        alice.get(screen(procedure))
    before = len(asked)
    for number in range(6, 12):
        document(world, publish(world, review_months=number), number)
    with django_assert_max_num_queries(before):
        alice.get(screen(procedure))


def test_one_version_reads_in_french(bob: Client, world: World, procedure: Procedure) -> None:
    page = words(bob.get(screen(procedure, "version", 2)))
    for fact in (
        "Étapes",
        "Réponse dans un délai de 10 jours calendaires à compter de la réception",
        "Responsable : Modérateur",
        "Courriers",
        "Conservation",
        procedure.versions.get(number=2).rules.letters[0].subject[:20],
    ):
        assert fact in page, fact
    assert bob.get(screen(procedure, "version", 3)).status_code == 404


def test_two_versions_side_by_side(bob: Client, procedure: Procedure) -> None:
    page = words(bob.get(screen(procedure, "compare", before="2", after="1")))
    assert "De la version 1 (7 mai 2024) à la version 2 (3 mars 2026)" in page
    assert "« Réponse »" in page.replace("\u00a0", " ")
    assert "C’est la même version." in words(
        bob.get(screen(procedure, "compare", before="2", after="2"))
    )
    assert "Choisissez deux versions" in words(
        bob.get(screen(procedure, "compare", before="9", after="x"))
    )


def test_an_old_pdf_is_still_there_with_its_digest(
    alice: Client, world: World, procedure: Procedure
) -> None:
    old = document(world, procedure.versions.get(number=1), 4)
    document(world, procedure.versions.get(number=2), 5)
    assert old.sha256 in words(alice.get(screen(procedure)))
    answer = alice.get(screen(procedure, "document", 4))
    assert answer.getvalue() == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="procedure-connectsens-4.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    old.pdf.storage.delete(old.pdf.name)
    assert alice.get(screen(procedure, "document", 4)).status_code == 404


def test_the_document_of_another_procedure_is_not_under_this_one(
    alice: Client, world: World, other_world: World, procedure: Procedure
) -> None:
    document(other_world, other_world.page.version, 9)
    assert alice.get(screen(procedure, "document", 9)).status_code == 404


def test_who_approved_is_told(alice: Client, world: World, procedure: Procedure) -> None:
    procedure.review_months = 18
    procedure.save_revision().publish(user=world.user("diane"))
    page = words(alice.get(screen(procedure)))
    assert "Publiée par Diane Publication Diane, Direction, le" in page


def test_sending_says_what_is_missing_and_keeps_what_was_typed(
    alice: Client, bob: Client, world: World, procedure: Procedure
) -> None:
    form = {"email": "eve@exemple.example", "word": "Comme convenu.", "key": "0" * 32}
    answer = alice.post(screen(procedure, "send"), form)
    assert answer.status_code == 409
    assert "Rien n’est parti" in words(answer)
    assert "Comme convenu." in answer.content.decode()
    assert alice.post(screen(procedure, "send"), form | {"email": "eve"}).status_code == 422
    document(world, procedure.current, 5)
    answer = alice.post(screen(procedure, "send"), form, follow=True)
    assert "La procédure part par courriel" in answer.content.decode()
    assert "Envoyée à une personne (version 2" in words(bob.get(screen(procedure, "history")))


def test_who_unpublishes_is_told_that_the_page_goes_on(bob: Client, procedure: Procedure) -> None:
    asked = words(bob.get(screen(procedure, "unpublish")))
    assert "dépubliez aussi cette page" in asked
    bob.post(screen(procedure, "unpublish"))
    assert "continue de l’annoncer et d’ouvrir des dossiers" in words(bob.get(screen(procedure)))


def test_a_circuit_is_not_said_to_be_the_only_way(
    bob: Client, world: World, procedure: Procedure
) -> None:
    install_approval(world.organisation)
    assert "ou directement par qui en a le droit" in words(bob.get(screen(procedure)))
