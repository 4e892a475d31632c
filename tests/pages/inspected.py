"""A printed procedure looked at from every side: its pages, its fonts, its links, its QR code."""

import re
from typing import Any

from pypdf import PdfReader
from reportlab.graphics.barcode.qr import QrCodeWidget


def plain(text: str) -> str:
    """Every space as one."""
    return " ".join(text.split())


def lines(pdf: PdfReader, number: int) -> str:
    """The words of that page, in one line."""
    return " ".join(pdf.pages[number].extract_text().split())


def each_page_is_numbered_and_headed(pdf: PdfReader, title: str, reference: str) -> None:
    """« page 2 / 8 », under the title and the reference; the cover and the contents included."""
    total = len(pdf.pages)
    for number in range(total):
        text = lines(pdf, number)
        assert f"page {number + 1} / {total}" in text
        assert text.count(title) == 1
        assert reference in text


def it_is_described(pdf: PdfReader, title: str, author: str) -> None:
    """What a reader’s window and a screen reader are told."""
    assert plain(pdf.metadata.title) == f"{title} – {author}"
    assert plain(pdf.metadata.author) == author
    assert pdf.root_object["/Lang"] == "fr"


def its_fonts_travel_with_it(pdf: PdfReader) -> None:
    """Only the free ones, whole inside."""
    fonts: dict[str, Any] = {}
    for page in pdf.pages:
        fonts |= page["/Resources"]["/Font"].get_object()
    described = [font.get_object() for font in fonts.values()]
    assert {str(font["/BaseFont"]).partition("+")[2] for font in described} == {
        "SourceSansPro-Regular",
        "SourceSansPro-Bold",
    }
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in described)


def no_number_is_torn_from_its_unit(pdf: PdfReader) -> None:
    """No line ends between « 45 » and « jours »."""
    for page in pdf.pages:
        assert not re.search(r"\d\s*\n\s*(jours|mois|ans)\b", page.extract_text())


def its_qr_code_says(pdf: PdfReader, address: str) -> None:
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
