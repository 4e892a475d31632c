"""Archiving the printed procedure: a new number only when what it says has changed."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Page

from complaints.models import FormVersion, Organisation, ProcedureDocument, ProcedureVersion
from complaints.models import Sequence as Numbering

SERIES, ALL_YEARS = "document", 0
TRIES = 5


class Overtaken(Exception):
    """Another process archived a document meanwhile: the number just printed is taken."""


@dataclass(frozen=True)
class Printing:
    """What is to be printed: whose, made from which versions, and a digest of all that it says."""

    organisation: Organisation
    page: Page
    procedure_version: ProcedureVersion
    form_version: FormVersion | None
    content_digest: str


def archive_document(
    printing: Printing, print_it: Callable[[int], bytes], *, at: datetime
) -> ProcedureDocument:
    """The document that says this: the one in force if it already does, else a new one.

    `print_it` is given the number to print and returns the PDF. It is called outside of any
    transaction, since a layout takes seconds; when it fails, nothing has changed.
    """
    for _ in range(TRIES):
        current = printing.page.procedure_documents.order_by("-number").first()
        if current and current.content_digest == printing.content_digest:
            return current
        number = _next_number(printing.organisation)
        try:
            return _archive(printing, number, print_it(number), at)
        except Overtaken:
            continue
    raise Overtaken(f"Document n° {number} : le numéro a été pris {TRIES} fois de suite.")


def _next_number(organisation: Organisation) -> int:
    given = Numbering.objects.filter(organisation=organisation, series=SERIES, year=ALL_YEARS)
    return (given.values_list("last_number", flat=True).first() or 0) + 1


@transaction.atomic
def _archive(printing: Printing, number: int, pdf: bytes, at: datetime) -> ProcedureDocument:
    if Numbering.take(printing.organisation, SERIES, ALL_YEARS) != number:
        raise Overtaken
    return ProcedureDocument.objects.create(
        organisation=printing.organisation,
        page=printing.page,
        procedure_version=printing.procedure_version,
        form_version=printing.form_version,
        number=number,
        made_at=at,
        content_digest=printing.content_digest,
        pdf=ContentFile(pdf, name=f"procedure-{number}.pdf"),
        sha256=hashlib.sha256(pdf).hexdigest(),
    )
