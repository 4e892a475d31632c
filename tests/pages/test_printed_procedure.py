"""The PDF as a document: its cover, its contents, its pages, its fonts, its links, its QR code."""

import re
import time
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader
from reportlab.graphics.barcode.qr import QrCodeWidget

from complaints.models import ProcedureDocument, ProcedureVersion
from pages.documents import make_document
from pages.models import ProcedurePage
from tests.complaints.register.committee import definition
from tests.factories import World, paris
from tests.pages.composed import compose, reader

DAY = paris("2026-05-01 09:00")
SECONDS = 3
APPROVALS = [
    {"step": "Vérifiée par", "name": "Camille Etxeberria", "role": "Qualité", "on": "2026-05-01"},
    {"step": "Approuvée par", "name": "Diane Lafitte", "role": "Directrice", "on": "2026-05-04"},
]
PARTS = [
    ("text", {"title": "En bref", "text": "<p>" + "Réponse en 45 jours ouvrés. " * 90 + "</p>"}),
    ("steps", {"title": "Les étapes", "text": ""}),
    ("time_limits", {"title": "Les délais", "text": ""}),
    ("appeal", {"title": "Recours interne", "text": ""}),
    ("channels", {"title": "Nous joindre", "text": ""}),
]


@pytest.fixture
def document(world: World) -> ProcedureDocument:
    current = world.page.version
    ProcedureVersion.objects.create(
        procedure=current.procedure,
        number=2,
        reference="ESSAI",
        title=current.title,
        definition=definition() | {"recipients": "La direction\nLes formateurs"},
        digest="d" * 64,
        in_force_at=current.in_force_at,
        approvals=APPROVALS,
    )
    page = compose(world.page, *PARTS)
    begun = time.perf_counter()
    make_document(page.pk, DAY)
    assert time.perf_counter() - begun < SECONDS
    return ProcedurePage.objects.get(pk=page.pk).document


def lines(pdf: PdfReader, number: int) -> str:
    return " ".join(pdf.pages[number].extract_text().split())


def test_a_printed_procedure_can_be_trusted(document: ProcedureDocument) -> None:
    """One layout, looked at from every side: each takes a second."""
    pdf = reader(document)
    _the_cover_says_what_it_is(pdf)
    _each_page_is_numbered_and_headed(pdf)
    _it_is_described(pdf)
    _its_fonts_travel_with_it(pdf)
    _its_links_live(pdf)
    _its_bookmarks_are_its_titles(pdf)
    _no_number_is_torn_from_its_unit(pdf)
    _its_qr_code_says(pdf, "http://localhost/")


def _the_cover_says_what_it_is(pdf: PdfReader) -> None:
    cover = lines(pdf, 0)
    for fact in (
        "Connect’Sens",
        "Réclamations : notre procédure",
        "Référence ESSAI",
        "Version publiée n° 2",
        "En vigueur depuis le 7 mai 2024",
        "Vérifiée par Camille Etxeberria, Qualité, le 1er mai 2026",
        "Approuvée par Diane Lafitte, Directrice, le 4 mai 2026",
        "Destinataires La direction Les formateurs",
        "n° 1, établi le 1er mai 2026",
        "d" * 64,
    ):
        assert fact in cover, fact


def _each_page_is_numbered_and_headed(pdf: PdfReader) -> None:
    total = len(pdf.pages)
    assert total >= 4
    for number in range(total):
        text = lines(pdf, number)
        assert f"page {number + 1} / {total}" in text
        assert text.count("Réclamations : notre procédure") == 1
        assert "ESSAI, n° 2" in text


def _it_is_described(pdf: PdfReader) -> None:
    assert pdf.metadata.title == "Réclamations\u00a0: notre procédure – Connect’Sens"
    assert pdf.metadata.author == "Connect’Sens"
    assert pdf.root_object["/Lang"] == "fr"


def _its_fonts_travel_with_it(pdf: PdfReader) -> None:
    fonts: dict[str, Any] = {}
    for page in pdf.pages:
        fonts |= page["/Resources"]["/Font"].get_object()
    described = [font.get_object() for font in fonts.values()]
    assert {str(font["/BaseFont"]).partition("+")[2] for font in described} == {
        "SourceSansPro-Regular",
        "SourceSansPro-Bold",
    }
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in described)


def _its_links_live(pdf: PdfReader) -> None:
    actions = [
        annotation.get_object().get("/A", {})
        for page in pdf.pages
        for annotation in page.get("/Annots", [])
    ]
    assert "http://localhost/" in {action.get("/URI") for action in actions}
    assert "mailto:hello.connectsens@gmail.com" in {action.get("/URI") for action in actions}
    contents = [a for a in pdf.pages[1]["/Annots"] if a.get_object()["/Subtype"] == "/Link"]
    assert len(contents) >= len(PARTS)


def _its_bookmarks_are_its_titles(pdf: PdfReader) -> None:
    titles = [item.title for item in pdf.outline if not isinstance(item, list)]
    assert titles == [part["title"] for _kind, part in PARTS]


def _no_number_is_torn_from_its_unit(pdf: PdfReader) -> None:
    for page in pdf.pages:
        assert not re.search(r"\d\s*\n\s*(jours|mois|ans)\b", page.extract_text())


def _its_qr_code_says(pdf: PdfReader, address: str) -> None:
    """The squares drawn on the cover are those of that address, and of no other."""
    drawn = _drawn_runs(pdf.pages[0].get_contents().get_data())
    assert drawn == _dark_runs(address)
    assert drawn != _dark_runs(address.replace("t", "s"))


def _drawn_runs(contents: bytes) -> set[tuple[int, int, int]]:
    """The dark runs of the code: row from the top, first column, length, in modules."""
    found = re.findall(rb"([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re\b", contents)
    boxes = [tuple(map(float, box)) for box in found]
    side = min(height for *_rest, height in boxes)
    runs = [box for box in boxes if abs(box[3] - side) < side / 100]  # and not the ground
    left, top = min(x for x, *_ in runs), max(y for _x, y, *_ in runs)
    return {
        (round((top - y) / side), round((x - left) / side), round(width / side))
        for x, y, width, _height in runs
    }


def _dark_runs(address: str) -> set[tuple[int, int, int]]:
    widget = QrCodeWidget(address)
    widget.qr.make()
    rows = ("".join("x" if dark else " " for dark in row) for row in widget.qr.modules)
    return {
        (number, run.start(), len(run[0]))
        for number, row in enumerate(rows)
        for run in re.finditer("x+", row)
    }


def test_a_day_in_words_is_printed_as_a_day() -> None:
    from pages.documents import _approval

    assert _approval({"step": "Lu par", "on": "2026-05-01"})["on"] == date(2026, 5, 1)
    assert _approval({"step": "Lu par"}) == {"step": "Lu par", "name": "", "role": "", "on": None}
