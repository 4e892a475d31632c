"""The procedure as a PDF: the page's own parts, printed when it or its rules are published."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.utils import timezone

from complaints.handling.documents import Printing, archive_document
from complaints.letters.pdf import render_pdf
from complaints.models import ProcedureDocument
from pages.models import ProcedurePage

TEMPLATE = "pages/print/procedure.html"


def make_document(page_id: int, at: datetime | None = None) -> str:
    """Print and archive that page if what it says has changed; returns the document's name.

    A task of Django-Q. When it fails the page stays published, the former PDF stays in force and
    the failure is listed; once its cause is mended, publishing again makes the document.
    """
    page = ProcedurePage.objects.filter(pk=page_id, live=True).first()
    if page is None or page.version is None:
        return "rien à imprimer"
    return str(document_of(page, at or timezone.now()))


def document_of(page: ProcedurePage, at: datetime) -> ProcedureDocument:
    """The PDF that says what this page says now."""
    form_version = page.form.current if page.form else None
    facts = _facts(page) | {"form": str(form_version or "")}
    printing = Printing(
        organisation=page.organisation,
        page=page,
        procedure_version=page.version,
        form_version=form_version,
        content_digest=_digest(facts),
    )

    def print_it(number: int) -> bytes:
        document = {"number": number, "made_on": timezone.localdate(at)}
        return render_pdf(TEMPLATE, facts | {"document": document})

    return archive_document(printing, print_it, at=at)


def _facts(page: ProcedurePage) -> dict[str, Any]:
    """All that is printed, but for the number and the day."""
    organisation, version = page.organisation, page.version
    return {
        "organisation": {
            name: getattr(organisation, name)
            for name in ("name", "legal_name", "postal_address", "email", "phone")
        },
        "page": {"title": page.title, "introduction": page.introduction},
        "address": page.full_url or "",
        "procedure": {
            "reference": version.reference,
            "number": version.number,
            "in_force_on": timezone.localdate(version.in_force_at),
            "digest": version.digest,
        },
        "sections": [
            {"title": part.title, "html": _printed(page, part.block)}
            for part in page.parts
            if part.block.block.printed
        ],
    }


def _printed(page: ProcedurePage, block: Any) -> str:
    """The part as the page shows it, less its title and what paper cannot do."""
    return str(block.render({"page": page, "printed": True}))


def _digest(facts: dict[str, Any]) -> str:
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
