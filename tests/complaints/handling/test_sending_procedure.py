"""The procedure leaves for a person with its PDF; the history says so, and not to whom (CS-01)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from wagtail.log_actions import registry

from complaints.handling.dispatch import send_notice
from complaints.handling.sending_procedure import (
    SENT,
    NothingToSend,
    Sending,
    document_in_force,
    send_procedure,
)
from complaints.models import Notice, Procedure, ProcedureDocument
from tests.complaints.handling.rules import publish
from tests.factories import World, paris

AT = paris("2026-05-04 09:00")
TO_EVE = Sending("une-clé", "eve@exemple.example", "Eve", "Comme convenu au téléphone.")


@pytest.fixture
def procedure(world: World) -> Procedure:
    return world.page.procedure


@pytest.fixture
def document(world: World, procedure: Procedure) -> ProcedureDocument:
    return ProcedureDocument.objects.create(
        organisation=world.organisation,
        page=world.page,
        procedure_version=procedure.current,
        number=7,
        made_at=AT,
        content_digest="0" * 64,
        pdf=ContentFile(b"%PDF-1.7 la regle", "procedure.pdf"),
        sha256="0" * 64,
    )


def test_the_mail_has_the_word_the_address_and_the_pdf(
    world: World, procedure: Procedure, document: ProcedureDocument
) -> None:
    notice = send_procedure(procedure, TO_EVE, by=world.user("alice"), at=AT)
    assert send_notice(notice.pk, AT) == Notice.State.SENT
    (message,) = mail.outbox
    assert message.to == ["eve@exemple.example"]
    for fact in ("Bonjour Eve,", "Comme convenu", world.page.full_url, "document n° 7"):
        assert fact in message.body
    assert message.attachments == [
        ("procedure-connectsens-7.pdf", b"%PDF-1.7 la regle", "application/pdf")
    ]


def test_the_history_says_who_and_what_but_not_to_whom(
    world: World, procedure: Procedure, document: ProcedureDocument
) -> None:
    notice = send_procedure(procedure, TO_EVE, by=world.user("alice"), at=AT)
    (entry,) = registry.get_logs_for_instance(procedure).filter(action=SENT)
    assert (entry.user, entry.timestamp) == (world.user("alice"), AT)
    number = procedure.current.number
    assert entry.data == {"version": number, "document": 7, "notice": notice.pk}
    assert "Envoyée à une personne" in entry.message
    assert "eve" not in str(entry.data)


def test_a_form_sent_twice_sends_once(
    world: World, procedure: Procedure, document: ProcedureDocument
) -> None:
    for seconds in range(2):
        at = AT + timedelta(seconds=seconds)
        send_procedure(procedure, TO_EVE, by=world.user("alice"), at=at)
    assert Notice.objects.filter(document=document).count() == 1
    assert registry.get_logs_for_instance(procedure).filter(action=SENT).count() == 1


def test_nothing_is_sent_while_no_pdf_says_what_is_in_force(
    world: World, procedure: Procedure, document: ProcedureDocument
) -> None:
    assert document_in_force(procedure) == document
    publish(world, review_months=18)
    with pytest.raises(NothingToSend, match="pas encore établi"):
        send_procedure(procedure, TO_EVE, by=world.user("alice"), at=AT)
    assert not Notice.objects.filter(to="eve@exemple.example").exists()


def test_an_unpublished_page_or_procedure_is_not_sent(
    world: World, procedure: Procedure, document: ProcedureDocument
) -> None:
    world.page.unpublish()
    assert document_in_force(procedure) is None
    world.page.save_revision().publish()
    assert document_in_force(procedure) == document
    procedure.unpublish()
    assert document_in_force(procedure) is None
