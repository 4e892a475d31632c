"""The PDF as a document: its cover, its contents, its pages, its fonts, its links, its QR code."""

from datetime import date

import pytest
from pypdf import PdfReader

from complaints.models import ProcedureDocument, ProcedureVersion
from pages.documents import make_document
from pages.models import ProcedurePage
from tests.complaints.register.committee import definition
from tests.factories import World, paris
from tests.pages.composed import compose, reader
from tests.pages.inspected import (
    each_page_is_numbered_and_headed,
    it_is_described,
    its_fonts_travel_with_it,
    its_qr_code_says,
    lines,
    no_number_is_torn_from_its_unit,
)

DAY = paris("2026-05-01 09:00")
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
    make_document(page.pk, DAY)
    return ProcedurePage.objects.get(pk=page.pk).document


def test_a_printed_procedure_can_be_trusted(document: ProcedureDocument) -> None:
    """One layout, looked at from every side: each takes a second."""
    pdf = reader(document)
    _the_cover_says_what_it_is(pdf)
    each_page_is_numbered_and_headed(pdf, "Réclamations : notre procédure", "ESSAI, n° 2")
    assert len(pdf.pages) >= 4
    it_is_described(pdf, "Réclamations : notre procédure", "Connect’Sens")
    its_fonts_travel_with_it(pdf)
    _its_links_live(pdf)
    _its_bookmarks_are_its_titles(pdf)
    no_number_is_torn_from_its_unit(pdf)
    its_qr_code_says(pdf, "http://localhost/")


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


def test_a_day_in_words_is_printed_as_a_day() -> None:
    from pages.documents import _approval

    assert _approval({"step": "Lu par", "on": "2026-05-01"})["on"] == date(2026, 5, 1)
    assert _approval({"step": "Lu par"}) == {"step": "Lu par", "name": "", "role": "", "on": None}
