"""A procedure page made of other parts, and its PDF as it is read."""

import json
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from complaints.models import ProcedureDocument
from pages.models import ProcedurePage


def compose(page: ProcedurePage, *parts: tuple[str, dict[str, Any]]) -> ProcedurePage:
    """That page with these parts only, published; read afresh."""
    fresh = ProcedurePage.objects.get(pk=page.pk)
    raw = [{"type": kind, "value": value} for kind, value in parts]
    fresh.body = ProcedurePage._meta.get_field("body").to_python(json.dumps(raw))
    fresh.save_revision().publish()
    return ProcedurePage.objects.get(pk=page.pk)


def content(document: ProcedureDocument) -> bytes:
    """The bytes of the PDF."""
    with document.pdf.open("rb") as file:
        return file.read()


def reader(document: ProcedureDocument) -> PdfReader:
    """The PDF as a program opens it."""
    return PdfReader(BytesIO(content(document)))


def printed(document: ProcedureDocument) -> str:
    """What a reader of the PDF finds, in one line, every space plain."""
    return " ".join(" ".join(page.extract_text() for page in reader(document).pages).split())
