"""The printable copy of a document: French spaces in its text, bounds on its tags."""

import pytest

from complaints.letters.typography import Unprintable, for_print


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Pourquoi ?", "Pourquoi\u00a0?"),
        ("fondée\n ; merci !", "fondée\u00a0; merci\u00a0!"),
        ("« oui »", "«\u00a0oui\u00a0»"),
        ("«oui»", "«\u00a0oui\u00a0»"),
        ("fine\u202f: et insécable\u00a0!", "fine\u00a0: et insécable\u00a0!"),
        ("120 € soit 5 %", "120\u00a0€ soit 5\u00a0%"),
        ("lettre n° 12", "lettre n°\u00a012"),
        ("à 12:30, sans espace", "à 12:30, sans espace"),
        ("https://exemple.fr/?a=1;b=2 ?", "https://exemple.fr/?a=1;b=2\u00a0?"),
        ("«https://exemple.fr/a»", "«\u00a0https://exemple.fr/a\u00a0»"),
    ],
)
def test_french_punctuation_never_starts_a_line(typed: str, printed: str) -> None:
    assert for_print(f"<p>{typed}</p>") == f"<p>{printed}</p>"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("45 jours ouvrés", "45 jours ouvrés"),
        ("1 mois, 2 ans", "1 mois, 2 ans"),
        ("le 7 mai 2024", "le 7 mai 2024"),
        ("le 1er mai 2026", "le 1er mai 2026"),
        ("l’article 641, l’article L612-4", "l’article 641, l’article L612-4"),
        ("06 15 41 75 17", "06 15 41 75 17"),
        ("2 maisons, 3 années-lumière", "2 maisons, 3 années-lumière"),
        ("64600 Anglet, 4 rue de l’Église", "64600 Anglet, 4 rue de l’Église"),
    ],
)
def test_a_number_is_never_torn_from_what_it_counts(typed: str, printed: str) -> None:
    assert for_print(f"<p>{typed}</p>") == f"<p>{printed}</p>"


def test_a_space_is_held_across_a_tag() -> None:
    copy = for_print("<p><strong>Attention</strong> : « <em>mot</em> »</p>")
    assert copy == ("<p><strong>Attention</strong>\u00a0: «\u00a0<em>mot</em>\u00a0»</p>")


def test_entities_are_read_as_the_characters_they_are() -> None:
    assert for_print("<p>&laquo;&nbsp;a &lt; b &amp; c&nbsp;&raquo;</p>") == (
        "<p>«\u00a0a &lt; b &amp; c\u00a0»</p>"
    )


def test_attributes_and_style_sheets_are_left_alone() -> None:
    style = '<style>a::before { content : "«" ; }</style>'
    tag = '<td style="color : red ; width: 5%">x</td>'
    assert for_print(style + tag) == style + tag


def test_control_characters_are_dropped() -> None:
    assert for_print("<p>a\x00b\x07c\x1bd\x85e\tf</p>") == "<p>abcde\tf</p>"


def test_the_document_type_and_self_closed_tags_survive() -> None:
    html = '<!DOCTYPE html><p>page <pdf:pagenumber /> </p><pdf:toc leader="dots" /><br>'
    assert for_print(html) == html


@pytest.mark.parametrize("span", ["100000", "21", "0", "-3", "9" * 5000, "²", "beaucoup", ""])
def test_a_cell_that_spans_too_much_spans_nothing(span: str) -> None:
    copy = for_print(f'<td colspan="{span}" rowspan="{span}">x</td>')
    assert copy == "<td>x</td>"


def test_a_document_cannot_multiply_small_spans() -> None:
    copy = for_print("<tr><td colspan='20' rowspan='20'>x</td></tr>" * 300)
    assert copy.count("colspan") == copy.count("rowspan") == 1


def test_a_reasonable_span_is_kept() -> None:
    assert for_print('<td colspan="20" rowspan="2">x</td>') == '<td colspan="20" rowspan="2">x</td>'


@pytest.mark.parametrize(
    ("href", "printed"),
    [
        ("/contact/", "https://of.example/contact/"),
        ("suite", "https://of.example/page/suite"),
        ("#haut", "#haut"),
        ("https://ailleurs.example/", "https://ailleurs.example/"),
        ("mailto:a@of.example", "mailto:a@of.example"),
    ],
)
def test_a_link_works_away_from_its_page(href: str, printed: str) -> None:
    copy = for_print(f'<base href="https://of.example/page/"><a href="{href}">x</a>')
    assert copy == f'<a href="{printed}">x</a>'


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "file:///etc/passwd", "/sans-adresse/", "http://[", ""]
)
def test_a_link_that_leads_nowhere_is_only_text(href: str) -> None:
    assert for_print(f'<base href=""><a href="{href}">x</a>') == "<a>x</a>"


def test_a_picture_from_outside_is_named_and_never_asked_for() -> None:
    assert for_print('<img src="http://127.0.0.1/x.png" alt="Le plan">') == "[image\u00a0: Le plan]"
    assert for_print('<img src="file:///etc/passwd">') == ""


def test_a_picture_in_the_document_is_kept() -> None:
    assert for_print('<img src="data:image/png;base64,AA==" />').startswith("<img src=")


def test_comments_are_not_printed() -> None:
    assert for_print("a<!-- note interne -->b") == "ab"


@pytest.mark.parametrize(
    "html",
    [
        "<table>" + "<tr><td>x</td></tr>" * 5000 + "</table>",
        "<table><tr>" + "<td>x</td>" * 7000,
        "<div>" * 5000,
        "<p>" + "mot " * 200_000 + "</p>",
        "<!--" * 100_000,
    ],
    ids=["rows", "cells", "depth", "length", "comments"],
)
def test_what_would_take_minutes_to_draw_is_refused_at_once(html: str) -> None:
    with pytest.raises(Unprintable):
        for_print(html)


def test_many_paragraphs_are_not_taken_for_depth() -> None:
    html = "<div><p>a<p>b</div>" * 500
    assert for_print(html) == html
