"""What each printed sheet says, read back from the PDF, where an unbreakable space reads as one."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from pypdf import PdfReader

LETTER = "complaints/letters/letter.html"
RECEIPT = "complaints/letters/receipt.html"
PROCEDURE = "pages/print/procedure.html"


def test_a_letter_says_who_writes_to_whom_about_what(letter: dict, text_of: Callable) -> None:
    text = text_of(LETTER, letter)
    for words in (
        "Connect’Sens",
        "MP Formation & Conseil",
        "64600 Anglet",
        "Lettre n° 2026-031",
        "Dossier R-2026-0012",
        "Registre des réclamations, n° 2026-007",
        "Zoé Œuvrard",
        "3 rue de l’Église",
        "Le 1er mai 2026",
        "Objet : Réponse à votre réclamation",
        "Votre réclamation est fondée ; nous en sommes désolés.",
        "Camille Etxeberria",
    ):
        assert words in text


def test_a_dossier_outside_the_register_has_no_register_number(
    letter: dict, text_of: Callable
) -> None:
    letter["dossier"]["register_number"] = ""
    assert "Registre" not in text_of(LETTER, letter)


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "{{ organisation.phone }} {% now 'Y' %}",
        "<pdf:nextpage /><pdf:barcode value='1'>",
        "&lt;b&gt; &amp;amp;",
        "</div></body><!-- fin",
    ],
)
def test_what_people_write_is_printed_as_they_wrote_it(
    words: str, letter: dict, text_of: Callable
) -> None:
    letter["letter"]["body"] = f"Début {words} fin"
    letter["letter"]["subject"] = words
    text = text_of(LETTER, letter)
    assert f"Début {words} fin" in text
    assert f"Objet : {words}" in text


def test_paragraphs_and_lines_are_kept(letter: dict, text_of: Callable) -> None:
    letter["letter"]["body"] = "Un\ndeux\n\ntrois"
    assert "Un\ndeux\ntrois" in text_of(LETTER, letter)


def test_each_page_is_numbered_and_recalls_the_reference(letter: dict, read: Callable) -> None:
    letter["letter"]["body"] = "\n\n".join(["La salle était inaccessible. " * 30] * 12)
    pages = [page.extract_text() for page in read(LETTER, letter).pages]
    assert len(pages) >= 3
    for number, text in enumerate(pages, start=1):
        assert f"page {number} / {len(pages)}" in text
        assert "Lettre 2026-031 · dossier R-2026-0012 · 1er mai 2026" in text


def test_the_signature_never_stands_alone_on_a_page(letter: dict, read: Callable) -> None:
    for lines in range(16, 26):  # the foot of the first page is passed on the way
        letter["letter"]["body"] = "\n\n".join(["Une ligne."] * lines)
        pages = read(LETTER, letter).pages
        signed = next(p.extract_text() for p in pages if "Etxeberria" in p.extract_text())
        assert "Une ligne." in signed


def test_no_line_starts_with_a_punctuation_mark(letter: dict, text_of: Callable) -> None:
    letter["letter"]["body"] = " ".join(
        f"{'m' * n} « {'o' * n} » ; ah ! bon ?" for n in range(1, 40)
    )
    lines = text_of(LETTER, letter).splitlines()
    assert len(lines) > 30
    assert not [line for line in lines if line.strip()[:1] in set(";:!?»") or line.endswith("«")]


def test_a_receipt_recalls_what_was_filed_and_under_which_rules(
    receipt: dict, text_of: Callable
) -> None:
    text = text_of(RECEIPT, receipt)
    for words in (
        "R-2026-0012",
        "8 avril 2026 à 0 h 05",  # Paris is two hours ahead of the instant
        "Traitement des réclamations",
        "V1, n° 3, en vigueur depuis le 7 mai 2024",
        "FORMULAIRE RÉCLAMATION – V1 07052024",
        "Nous répondons sous 30 jours.",
        "Salle inaccessible",
        "non renseigné",
        "photo.jpg",
        "ef" * 32,
        "cd" * 32,
    ):
        assert words in text


def test_a_receipt_never_shows_the_tracking_code(receipt: dict, text_of: Callable) -> None:
    assert "SECRET" not in text_of(RECEIPT, receipt)


def test_a_receipt_says_when_nothing_was_attached(receipt: dict, text_of: Callable) -> None:
    receipt["attachments"] = []
    assert "Aucune pièce n’a été jointe." in text_of(RECEIPT, receipt)


@pytest.mark.parametrize("joint", [" ", "\n\n"], ids=["one paragraph", "many paragraphs"])
def test_a_long_account_runs_over_the_pages_in_the_size_of_the_text(
    joint: str, receipt: dict, read: Callable
) -> None:
    account = joint.join(f"Phrase {number} du récit, assez longue." for number in range(400))
    receipt["sections"] = [("Récit", [("Ce qui s’est passé", account)])]
    pages = read(RECEIPT, receipt).pages
    assert len(pages) > 3
    assert "Phrase 399" in "".join(page.extract_text() for page in pages)
    assert min(_sizes_of(pages[1], "Phrase")) > 10


def _sizes_of(page: object, word: str) -> set[float]:
    sizes = set()

    def note(text: str, cm: list, tm: list, _font: object, size: float) -> None:
        if word in text:
            sizes.add(size * tm[3] * cm[3])

    page.extract_text(visitor_text=note)
    return sizes


def test_an_answer_is_printed_as_it_was_typed(receipt: dict, text_of: Callable) -> None:
    receipt["sections"] = [("", [("<b>Q</b>", "<pdf:nextpage>{{ x }}"), ("Nombre", 12)])]
    text = text_of(RECEIPT, receipt)
    assert "<b>Q</b>" in text
    assert "<pdf:nextpage>{{ x }}" in text
    assert "12" in text


def test_the_procedure_opens_with_its_reference_and_date(procedure: dict, read: Callable) -> None:
    cover = read(PROCEDURE, procedure).pages[0].extract_text()
    for words in ("Traitement des réclamations", "V1", "n° 3", "7 mai 2024", "ab" * 32):
        assert words in cover
    assert "https://connectsens.example/reclamations/" in cover


def test_its_contents_give_the_page_of_each_section(procedure: dict, read: Callable) -> None:
    procedure["sections"][0]["html"] = "<p>mot</p>" * 60
    pages = [page.extract_text() for page in read(PROCEDURE, procedure).pages]
    for title in ("Qui peut réclamer ?", "Suivi", "Étapes", "Nos délais", "Médiation"):
        # The line of dots and its number come first in the file, its title second.
        page = re.search(rf"\.{{20,}}(\d+)\n{re.escape(title)}", pages[1])[1]
        assert title in pages[int(page) - 1]
    assert pages[1].index("Qui peut") < pages[1].index("Médiation")


def test_its_contents_stand_upright(procedure: dict, read: Callable) -> None:
    fonts = read(PROCEDURE, procedure).pages[1]["/Resources"]["/Font"].values()
    assert not [font for font in fonts if font.get_object()["/BaseFont"].endswith("It")]


def test_its_bookmarks_follow_its_titles(procedure: dict, read: Callable) -> None:
    first, second, below, *_ = read(PROCEDURE, procedure).outline
    assert [first.title, second.title] == ["Qui peut réclamer\u00a0?", "Suivi"]
    assert [entry.title for entry in below] == ["Étapes"]


def test_its_links_lead_to_the_site(procedure: dict, read: Callable) -> None:
    assert "https://connectsens.example/contact/" in _links(read(PROCEDURE, procedure))


def _links(reader: PdfReader) -> set[str]:
    actions = (
        note.get_object().get("/A", {}) for page in reader.pages for note in page.get("/Annots", [])
    )
    return {action["/URI"] for action in actions if "/URI" in action}


def test_without_an_address_nothing_says_it_is_on_line(procedure: dict, text_of: Callable) -> None:
    assert "se lit en ligne" in text_of(PROCEDURE, procedure)
    assert "en ligne" not in text_of(PROCEDURE, procedure | {"address": ""})


def test_a_table_of_a_section_repeats_nothing_and_loses_nothing(
    procedure: dict, text_of: Callable
) -> None:
    rows = "".join(f"<tr><td>Ligne {n}</td><td>valeur</td></tr>" for n in range(120))
    procedure["sections"] = [{"title": "Grille", "html": f"<table>{rows}</table>"}]
    text = text_of(PROCEDURE, procedure)
    assert [text.count(f"Ligne {n}\n") + text.count(f"Ligne {n} ") for n in (0, 60, 119)] == [1] * 3


@pytest.mark.parametrize(
    ("day", "printed"),
    [(date(2026, 2, 1), "1er février"), (date(2026, 8, 31), "31 août")],
)
def test_days_are_written_the_french_way(
    day: date, printed: str, letter: dict, text_of: Callable
) -> None:
    letter["letter"]["made_on"] = day
    assert f"Le {printed} 2026" in text_of(LETTER, letter)
