"""The procedure as a PDF: the page's own parts, printed whenever what they say has changed."""

import hashlib
import json
import logging
from datetime import datetime
from typing import Any

from django.utils import timezone

from complaints.handling.documents import Printing, archive_document
from complaints.letters.pdf import PdfError, render_pdf
from complaints.models import ProcedureDocument, ProcedureVersion
from pages.marks import filled
from pages.models import ProcedurePage, StaleDocument

TEMPLATE = "pages/print/procedure.html"
NOTHING = "rien à imprimer"
UNEXPECTED = "Le PDF n’a pas pu être produit ({kind}) : le journal du serveur dit pourquoi."

logger = logging.getLogger(__name__)


def make_document(page_id: int, at: datetime | None = None) -> str:
    """Print and archive that page if what it says has changed; returns the document's name.

    A task of Django-Q. When it fails the page stays published, the former PDF stays in force, the
    page is noted as having a stale one, and `make_missing` tries again.
    """
    page = _published().filter(pk=page_id).first()
    if page is None or page.version is None:
        StaleDocument.objects.filter(page=page_id).delete()
        return NOTHING
    now = at or timezone.now()
    try:
        document = document_of(page, now)
    except Exception as failure:
        note_stale(page_id, now, _reason(failure))
        raise
    StaleDocument.objects.filter(page=page_id).delete()
    return str(document)


def make_missing(at: datetime | None = None) -> str:
    """Make each PDF that lacks or is stale, whatever the reason; says how many, and how many fail.

    A scheduled task: nothing is printed where the content has the digest of the last document, and
    the failure of one page stops no other.
    """
    now, made, failed = at or timezone.now(), 0, 0
    StaleDocument.objects.exclude(page__live=True).delete()
    for page in _published():
        try:
            if not _is_printed(page):
                make_document(page.pk, now)
                made += 1
        except Exception:
            logger.exception("The PDF of the page %s could not be made", page.pk)
            failed += 1
    return f"{made} PDF fait(s), {failed} en échec"


def note_stale(page_id: int, since: datetime, reason: str = "") -> None:
    """The PDF of that page is to be made again; the first moment since which it is, stays."""
    row, _new = StaleDocument.objects.get_or_create(page_id=page_id, defaults={"since": since})
    if row.reason != reason:
        StaleDocument.objects.filter(pk=row.pk).update(reason=reason)


def document_of(page: ProcedurePage, at: datetime) -> ProcedureDocument:
    """The PDF that says what this page says now."""
    facts = _facts(page)
    printing = Printing(
        organisation=page.organisation,
        page=page,
        procedure_version=page.version,
        form_version=page.form_version,
        content_digest=_digest(facts),
    )

    def print_it(number: int) -> bytes:
        document = {"number": number, "made_on": timezone.localdate(at)}
        return render_pdf(TEMPLATE, facts | {"document": document})

    return archive_document(printing, print_it, at=at)


def _published() -> Any:
    return ProcedurePage.objects.live().select_related("procedure__organisation__site", "form")


def _is_printed(page: ProcedurePage) -> bool:
    """Whether the PDF in force says what the page says now, and nobody noted the contrary."""
    if page.version is None:
        return True
    documents = page.procedure_documents.order_by("-number")
    digest = documents.values_list("content_digest", flat=True).first()
    late = StaleDocument.objects.filter(page=page).exists()
    return not late and digest == _digest(_facts(page))


def _reason(failure: Exception) -> str:
    """A sentence that quotes nothing of what was printed."""
    if isinstance(failure, PdfError):
        return str(failure)[:300]
    return UNEXPECTED.format(kind=type(failure).__name__)


def _facts(page: ProcedurePage) -> dict[str, Any]:
    """All that is printed, but for the number and the day."""
    organisation = page.organisation
    return {
        "organisation": {
            name: getattr(organisation, name)
            for name in ("name", "legal_name", "postal_address", "email", "phone")
        },
        "page": {
            "title": filled(page.title, page.marks),
            "introduction": filled(page.introduction, page.marks),
        },
        "address": page.full_url or "",
        "procedure": _procedure(page.version),
        "form": str(page.form_version or ""),
        "sections": [
            {"title": part.title, "html": _printed(page, part.block)}
            for part in page.parts
            if part.block.block.printed
        ],
    }


def _procedure(version: ProcedureVersion) -> dict[str, Any]:
    return {
        "reference": version.reference,
        "number": version.number,
        "in_force_on": timezone.localdate(version.in_force_at),
        "digest": version.digest,
        "approvals": [_approval(raw) for raw in version.approvals],
        "recipients": version.rules.recipients,
    }


def _approval(raw: dict[str, Any]) -> dict[str, Any]:
    """Who verified or approved it, and the day as a day."""
    on = datetime.fromisoformat(raw["on"]).date() if raw.get("on") else None
    return {name: raw.get(name, "") for name in ("step", "name", "role")} | {"on": on}


def _printed(page: ProcedurePage, block: Any) -> str:
    """The part as the page shows it, less its title and what paper cannot do."""
    return str(block.render({"page": page, "printed": True}))


def _digest(facts: dict[str, Any]) -> str:
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
