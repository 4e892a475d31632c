"""The procedure sent to a person who asks for it, or who is dissatisfied (CS-01)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from wagtail.log_actions import log

from complaints.handling import dispatch
from complaints.models import Notice, Procedure, ProcedureDocument

# In Wagtail's own log. An address is personal and this history is kept for ever: only the row of
# the outbox knows it, and the history says which row.
SENT = "complaints.procedure_sent"


class NothingToSend(Exception):
    """No PDF says what is in force; the message is a French sentence."""


@dataclass(frozen=True)
class Sending:
    """To whom, with which words; `key` is the same when a form is sent twice."""

    key: str
    email: str
    name: str = ""
    word: str = ""


def document_in_force(procedure: Procedure) -> ProcedureDocument | None:
    """The PDF of the procedure as it is published today; None when none says that."""
    version = procedure.current
    if version is None or not procedure.live:
        return None
    made = ProcedureDocument.objects.filter(procedure_version=version, page__live=True)
    return made.select_related("page").order_by("-number").first()


@transaction.atomic
def send_procedure(procedure: Procedure, sending: Sending, *, by: Any, at: datetime) -> Notice:
    """Queue the mail, its PDF attached, and note it in the history; once for one form.

    Raises NothingToSend.
    """
    document = document_in_force(procedure)
    if document is None:
        raise NothingToSend(
            "Le PDF de la version en vigueur n’est pas encore établi : il l’est d’ordinaire dans la"
            " minute qui suit la publication de la page. Réessayez ensuite."
        )
    notice = dispatch.post_apart(
        procedure.organisation,
        key=f"procedure:{procedure.pk}:{sending.key}",
        to=sending.email,
        subject=f"{document.procedure_version.title} – {procedure.organisation}",
        body=_body(procedure, document, sending),
        at=at,
        document=document,
    )
    if notice.created_at == at:
        _note(procedure, document, notice, by, at)
    return notice


def _body(procedure: Procedure, document: ProcedureDocument, sending: Sending) -> str:
    facts = {
        "organisation": procedure.organisation,
        "version": document.procedure_version,
        "document": document,
        "sending": sending,
        "address": document.page.full_url,
    }
    return render_to_string("complaints/notices/procedure.txt", facts)


def _note(
    procedure: Procedure, document: ProcedureDocument, notice: Notice, by: Any, at: datetime
) -> None:
    data = {
        "version": document.procedure_version.number,
        "document": document.number,
        "notice": notice.pk,
    }
    log(instance=procedure, action=SENT, user=by, data=data, timestamp=at)
