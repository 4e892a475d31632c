"""A font that draws nothing leaves the document; one that draws stays, whatever is written."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from complaints.letters.embedding import drop_idle_fonts


def finished(*steps: tuple[str, str]) -> PdfReader:
    """One page that chooses each font in turn, and writes its text if there is one."""
    drawn = BytesIO()
    canvas = Canvas(drawn, pageCompression=0)
    writing = canvas.beginText(50, 700)
    for font, text in steps:
        writing.setFont(font, 10)
        if text:
            writing.textOut(text)
    canvas.drawText(writing)
    canvas.save()
    writer, written = PdfWriter(clone_from=BytesIO(drawn.getvalue())), BytesIO()
    drop_idle_fonts(writer)
    writer.write(written)
    return PdfReader(BytesIO(written.getvalue()))


def fonts(reader: PdfReader) -> set[str]:
    found = reader.pages[0]["/Resources"]["/Font"].get_object().values()
    return {str(font.get_object()["/BaseFont"]) for font in found}


def test_a_font_chosen_for_nothing_is_dropped() -> None:
    reader = finished(("Courier", ""), ("Times-Roman", "Bonjour"))
    assert "/Courier" not in fonts(reader)
    assert reader.pages[0].extract_text() == "Bonjour"


def test_a_font_that_draws_stays() -> None:
    reader = finished(("Courier", "a"), ("Times-Roman", "b"))
    assert {"/Courier", "/Times-Roman"} <= fonts(reader)


@pytest.mark.parametrize("text", ["/F2 10 Tf", "(/F2 10 Tf)", "a\\) /F2 10 Tf ("])
def test_a_text_that_looks_like_a_choice_is_written_as_it_is(text: str) -> None:
    reader = finished(("Courier", ""), ("Times-Roman", text))
    assert reader.pages[0].extract_text() == text
