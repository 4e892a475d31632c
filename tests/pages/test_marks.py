"""The marks of a page: one value everywhere it is read, and what stands for nothing is seen."""

from typing import Any

import pytest
from django.test import Client

from pages.documents import make_document
from pages.marks import marks_of, unknown_page_marks
from pages.models import ProcedurePage
from tests.factories import World
from tests.pages.composed import compose, printed
from tests.pages.conftest import Visitor, words

QUOTED = "<p>{delai:mediation_ouverte} ; {conservation} ; {version} ; {organisme} ; {telephone}</p>"
READ = (
    "2 mois ; 7 ans à compter de la clôture du dossier ; CS-PROC-REC, version 1 ; "
    "Connect’Sens ; 06 15 41 75 17"
)


def texts(page: ProcedurePage, html: str, **value: Any) -> ProcedurePage:
    """The page with that text in a part, published."""
    return compose(page, ("text", {"title": "Repères", "text": html} | value))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_visitor_reads_the_values(world: World, visitor: Visitor) -> None:
    texts(world.page, QUOTED)
    assert READ in words(visitor.get("/"))


def test_the_pdf_prints_them(world: World) -> None:
    page = texts(world.page, QUOTED)
    make_document(page.pk)
    assert READ in printed(page.document)


@pytest.mark.parametrize("rich_text_format", ["html", "markdown"])
def test_a_program_reads_them(world: World, client: Client, rich_text_format: str) -> None:
    page = texts(world.page, QUOTED, title="Chez {organisme}")
    ProcedurePage.objects.filter(pk=page.pk).update(introduction="Écrivez à {courriel}.")
    query = {"rich_text_format": rich_text_format}
    answer = client.get(f"/api/v3/pages/{page.pk}/", query).json()
    assert answer["introduction"] == "Écrivez à hello.connectsens@gmail.com."
    [part] = answer["body"]
    assert part["value"]["title"] == "Chez Connect’Sens"
    assert READ in plain(part["value"]["text"])


def test_title_introduction_and_definitions_quote_too(world: World, visitor: Visitor) -> None:
    part = {
        "title": "Le mot {organisme}",
        "text": "",
        "definitions": [{"term": "{organisme}", "meaning": "qui garde {conservation}"}],
    }
    page = compose(world.page, ("definitions", part))
    page.title, page.introduction = "Réclamer à {organisme}", "Au {telephone}."
    page.save_revision().publish()
    text = words(visitor.get("/"))
    for fact in ("Réclamer à Connect’Sens", "Au 06 15 41 75 17.", "qui garde 7 ans à compter"):
        assert fact in text
    assert "{" not in text


@pytest.mark.parametrize("written", ["{Téléphone}", "{ téléphone }", "{TELEPHONE}"])
def test_accents_capitals_and_spaces_do_not_count(
    world: World, visitor: Visitor, written: str
) -> None:
    page = texts(world.page, f"<p>Au {written}.</p>")
    assert unknown_page_marks(page) == []
    assert "Au 06 15 41 75 17." in words(visitor.get("/"))


def test_a_mark_that_stands_for_nothing_is_read_as_it_is_and_told(
    world: World, visitor: Visitor
) -> None:
    page = texts(world.page, "<p>En {delai:inconnu} et {organism}.</p>")
    assert "En {delai:inconnu} et {organism}." in words(visitor.get("/"))
    place = "«\u00a0Repères\u00a0»"
    assert unknown_page_marks(page) == [(place, "delai:inconnu"), (place, "organism")]


def test_a_mark_cut_by_bold_is_told(world: World) -> None:
    page = texts(world.page, "<p>{organ<b>isme</b>}</p>")
    assert unknown_page_marks(page) == [("«\u00a0Repères\u00a0»", "organisme")]


def test_an_internal_target_has_no_mark(world: World) -> None:
    page = texts(world.page, "<p>{delai:reponse_interne}</p>")
    assert [mark for _place, mark in unknown_page_marks(page)] == ["delai:reponse_interne"]


def test_a_value_is_text_and_never_markup(world: World, visitor: Visitor) -> None:
    type(world.organisation).objects.filter(pk=world.organisation.pk).update(
        name="<b>A</b> & {courriel}"
    )
    texts(world.page, "<p>Ici {organisme}.</p>")
    assert "Ici &lt;b&gt;A&lt;/b&gt; &amp; {courriel}." in visitor.get("/").content.decode()


def test_what_an_organisation_has_not_given_is_said_in_words(
    world: World, visitor: Visitor
) -> None:
    type(world.organisation).objects.filter(pk=world.organisation.pk).update(phone="")
    page = texts(world.page, "<p>{telephone}, {mediateur}</p>")
    assert "(téléphone non communiqué), (aucun médiateur nommé)" in words(visitor.get("/"))
    assert unknown_page_marks(page) == []


def test_a_page_whose_rules_were_never_published_knows_the_organisation_only(world: World) -> None:
    world.page.version = None
    assert {mark.name for mark in marks_of(world.page)} == {
        "organisme",
        "courriel",
        "telephone",
        "adresse",
        "formulaire",
    }


def test_a_value_follows_the_procedure(world: World, visitor: Visitor) -> None:
    texts(world.page, "<p>Gardé {conservation}.</p>")
    procedure = world.page.procedure
    procedure.retention_amount = 5
    procedure.save_revision().publish()
    assert "Gardé 5 ans à compter" in words(visitor.get("/"))
