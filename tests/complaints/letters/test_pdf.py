"""From a template to a PDF: the same bytes, its own fonts, its name, and nothing half done."""

import hashlib
import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from django.template import TemplateDoesNotExist
from pypdf import PdfReader

from complaints.letters.pdf import PdfError, render_pdf

LETTER = "complaints/letters/letter.html"
PROCEDURE = "pages/print/procedure.html"


@pytest.mark.parametrize("sheet", ["letter", "receipt", "procedure"])
def test_equal_contents_give_equal_bytes(sheet: str, request: pytest.FixtureRequest) -> None:
    template = PROCEDURE if sheet == "procedure" else f"complaints/letters/{sheet}.html"
    facts = request.getfixturevalue(sheet)
    digests = {hashlib.sha256(render_pdf(template, facts)).hexdigest() for _ in range(2)}
    assert len(digests) == 1


def test_another_content_gives_other_bytes(letter: dict) -> None:
    before = render_pdf(LETTER, letter)
    letter["letter"]["body"] += "!"
    assert render_pdf(LETTER, letter) != before


def test_a_reader_is_told_the_title_the_author_and_the_language(
    letter: dict, read: Callable
) -> None:
    reader = read(LETTER, letter)
    assert reader.metadata.title == "Lettre 2026-031 – Réponse à votre réclamation"
    assert reader.metadata.author == "Connect’Sens"
    assert reader.metadata.subject == "Dossier R-2026-0012"
    assert reader.metadata.creator == "Doléances"
    assert reader.root_object["/Lang"] == "fr"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


@pytest.mark.parametrize("name", ["Société <Œuvre> & « Cie » €", 'Dite "la Belle"'])
def test_a_name_with_signs_of_html_is_told_as_it_is(
    name: str, letter: dict, read: Callable
) -> None:
    letter["organisation"] = letter["organisation"] | {"name": name}
    assert read(LETTER, letter).metadata.author.replace("\u00a0", " ") == name


def test_every_character_is_drawn_by_an_embedded_font(letter: dict, read: Callable) -> None:
    letter["letter"]["body"] = "☐ ☑ ✓ → ≥ œ Œ € № Ж α"
    letter["letter"]["subject"] = "☐ ☑ ✓ → ≥ œ Œ € № Ж α"
    fonts: dict[str, str] = {}

    def note(text: str, _cm: list, _tm: list, font: dict | None, _size: float) -> None:
        for character in text.strip():
            fonts[character] = "/FontDescriptor" in (font or {}) and font["/BaseFont"]

    for page in read(LETTER, letter).pages:
        page.extract_text(visitor_text=note)
    assert set("☐☑✓→≥œŒ€№Жα") <= set(fonts)
    assert {font.split("+")[1] for font in fonts.values()} <= {
        "SourceSansPro-Regular",
        "SourceSansPro-Bold",
    }


def test_italics_borrow_the_signs_they_lack(
    procedure: dict, text_of: Callable, caplog: pytest.LogCaptureFixture
) -> None:
    signs = "☐ ☑ ✓ → ≥ œ Œ € № Ж α"
    procedure["sections"] = [
        {"title": "S", "html": f"<p><em>{signs}</em> <b><i>{signs}</i></b></p>"}
    ]
    with caplog.at_level(logging.WARNING, logger="xhtml2pdf"):
        assert text_of(PROCEDURE, procedure).count("№ Ж α") == 2
    assert "No font" not in caplog.text


def test_no_character_is_left_without_a_glyph(
    letter: dict, text_of: Callable, caplog: pytest.LogCaptureFixture
) -> None:
    letter["letter"]["body"] = "Fâchée 😠 ☒ ⚠️ 山田 \ue000 🚀 \u2011 \u200b"
    with caplog.at_level(logging.WARNING, logger="xhtml2pdf"):
        assert "Fâchée [visage en colère] [x] [attention]" in text_of(LETTER, letter)
    assert "No font" not in caplog.text


def test_a_missing_template_is_said_as_such() -> None:
    with pytest.raises(TemplateDoesNotExist):
        render_pdf("complaints/letters/absent.html", {})


@pytest.mark.parametrize(
    "html",
    [
        "<p style='font-size:100000pt'>x</p>",
        "<div>" * 5000,
        "<table>" + "<tr><td>x</td></tr>" * 5000 + "</table>",
    ],
    ids=["giant", "deep", "long"],
)
def test_what_cannot_be_laid_out_is_refused_in_plain_french(html: str, procedure: dict) -> None:
    procedure["sections"] = [{"title": "Piège", "html": html}]
    with pytest.raises(PdfError, match="Le PDF n’a pas pu être produit"):
        render_pdf(PROCEDURE, procedure)


def test_the_next_document_is_fine_after_a_failure(letter: dict, procedure: dict) -> None:
    before = render_pdf(LETTER, letter)
    procedure["sections"] = [{"title": "Piège", "html": "<p style='font-size:100000pt'>x</p>"}]
    with pytest.raises(PdfError):
        render_pdf(PROCEDURE, procedure)
    assert render_pdf(LETTER, letter) == before


@pytest.mark.parametrize(
    "html",
    [
        '<table><tr><td colspan="100000" rowspan="100000">dessiné</td></tr></table>',
        "<p>dessiné<table><tr><td>sans fin",
        "<p>dessiné</p><pdf:insertpdf src='file:///etc/passwd'/>",
        "<p>dessiné</p><img src='data:image/png;base64,AAAA'>",
        "<p>dessiné \x00\x08 " + "x" * 20_000 + "</p>",
    ],
    ids=["spans", "unclosed", "insert", "junk picture", "long word"],
)
def test_bad_markup_is_drawn_harmlessly(html: str, procedure: dict, text_of: Callable) -> None:
    procedure["sections"] = [{"title": "Piège", "html": html}]
    text = text_of(PROCEDURE, procedure)
    assert "dessiné" in text
    assert "root:" not in text


def test_nothing_is_fetched_from_the_network(procedure: dict) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        there = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        html = (
            f"<style>@import '{there}'; p {{ background: url('{there}') }}"
            f"@font-face {{ font-family: f; src: url('{there}') }}</style>"
            f"<link rel='stylesheet' href='{there}'><img src='{there}'>"
            f"<iframe src='{there}'></iframe>"
            f"<p style=\"background-image: url('{there}')\">x</p><pdf:insertpdf src='{there}'/>"
            f"<ul style=\"list-style-image: url('{there}')\"><li>x</li></ul>"
        )
        procedure["sections"] = [{"title": "Piège", "html": html}]
        with suppress(PdfError):  # refusing is fine too: what matters is that nobody called
            render_pdf(PROCEDURE, procedure)
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_a_whole_file_is_given(letter: dict) -> None:
    pdf = render_pdf(LETTER, letter)
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
