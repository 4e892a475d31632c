"""A PDF that could not be made: the page is online, the old one served; it is told, and retried."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Model
from django_q.models import OrmQ

from complaints.handling.schedules import SCHEDULES
from complaints.letters.pdf import PdfError
from complaints.models import ProcedureDocument
from complaints.register.troubles import find_troubles
from pages import documents
from pages.documents import make_document, make_missing
from pages.models import ProcedurePage, StaleDocument
from tests.factories import World, paris
from tests.pages.composed import content
from tests.pages.conftest import Visitor, words

DAY = paris("2026-05-01 09:00")
LATER = paris("2026-05-01 10:00")


def quick(_template: str, facts: dict[str, Any]) -> bytes:
    """An engine that lays out nothing but the facts: a real one takes a second a page."""
    return f"%PDF {facts}".encode()


def fail(_template: str, _facts: dict[str, Any]) -> bytes:
    """An engine that is broken."""
    raise PdfError("Le PDF n’a pas pu être produit\u00a0: essai.")


@pytest.fixture(autouse=True)
def _all_is_printed(world: World, other_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "render_pdf", quick)
    make_missing(DAY)
    OrmQ.objects.all().delete()


@pytest.fixture
def broken(_all_is_printed: None, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(documents, "render_pdf", fail)
    return monkeypatch


def retitle(page: ProcedurePage, title: str) -> None:
    page.title = title
    page.save_revision().publish()


def numbers(world: World) -> list[int]:
    return list(
        ProcedureDocument.objects.filter(organisation=world.organisation)
        .order_by("number")
        .values_list("number", flat=True)
    )


def change_silently(row: Model, **values: Any) -> None:
    """As an import or another program would: nobody hears of it."""
    type(row).objects.filter(pk=row.pk).update(**values)


def told(at: Any) -> list[str]:
    return [
        trouble.sentence
        for trouble in find_troubles(at, SCHEDULES)
        if trouble.sentence.startswith("Le PDF")
    ]


def test_where_nothing_has_changed_nothing_is_printed(broken: Any) -> None:
    assert make_missing(LATER) == "0 PDF fait(s), 0 en échec"


def test_what_changed_without_a_word_is_printed_at_the_next_sweep(world: World) -> None:
    change_silently(world.organisation, phone="05 00 00 00 00")
    assert make_missing(LATER) == "1 PDF fait(s), 0 en échec"
    assert numbers(world) == [1, 2]
    newest = ProcedureDocument.objects.get(organisation=world.organisation, number=2)
    assert "05 00 00 00 00" in content(newest).decode()


def test_a_lost_task_is_made_up_for(world: World) -> None:
    retitle(world.page, "Nouveau titre")
    OrmQ.objects.all().delete()
    make_missing(LATER)
    assert numbers(world) == [1, 2]
    assert not StaleDocument.objects.exists()


def test_a_broken_engine_leaves_the_page_the_old_pdf_and_a_trouble_then_mends_itself(
    world: World, visitor: Visitor, broken: Any
) -> None:
    old = content(ProcedureDocument.objects.get(organisation=world.organisation))
    retitle(world.page, "Nouveau titre")
    StaleDocument.objects.update(since=DAY)
    with pytest.raises(PdfError):
        make_document(world.page.pk, DAY)
    assert make_missing(LATER) == "0 PDF fait(s), 1 en échec"
    assert "Nouveau titre" in words(visitor.get("/"))
    assert visitor.download("/procedure.pdf")[1] == old
    title = world.page.procedure.title
    assert told(LATER) == [
        f"Le PDF de la procédure «\u00a0{title}\u00a0» n’est pas à jour depuis le"
        " 01/05/2026 à 09:00."
    ]
    broken.setattr(documents, "render_pdf", quick)
    assert make_missing(LATER) == "1 PDF fait(s), 0 en échec"
    assert told(LATER) == []
    assert b"%PDF" in visitor.download("/procedure.pdf")[1]
    assert numbers(world) == [1, 2]


def test_the_trouble_leads_to_the_page_and_quotes_no_one(world: World, broken: Any) -> None:
    change_silently(world.page, introduction="Écrivez à Zoé.")
    make_missing(DAY)
    [trouble] = [t for t in find_troubles(LATER, SCHEDULES) if "Le PDF" in t.sentence]
    assert trouble.path == f"/gestion/pages/{world.page.pk}/edit/"
    assert "Le PDF n’a pas pu être produit" in trouble.remedy
    assert "Zoé" not in f"{trouble} {trouble.remedy}"


def test_a_page_just_published_is_no_trouble_yet(world: World) -> None:
    retitle(world.page, "Nouveau titre")
    StaleDocument.objects.update(since=LATER)
    assert told(LATER) == []


def test_the_failure_of_one_page_stops_no_other(
    world: World, other_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in (world, other_world):
        change_silently(one.organisation, phone="05 00 00 00 00")
    facts = documents._facts

    def fail_for_one(page: ProcedurePage) -> dict[str, Any]:
        if page.pk == world.page.pk:
            raise ValueError("broken page")
        return facts(page)

    monkeypatch.setattr(documents, "_facts", fail_for_one)
    assert make_missing(LATER) == "1 PDF fait(s), 1 en échec"
    assert (numbers(world), numbers(other_world)) == ([1], [1, 2])


def test_a_page_taken_offline_waits_for_no_pdf(world: World) -> None:
    retitle(world.page, "Nouveau titre")
    world.page.unpublish()
    make_missing(LATER)
    assert not StaleDocument.objects.exists()


def test_the_old_ones_stay_archived_with_their_digest(world: World) -> None:
    first = ProcedureDocument.objects.get(organisation=world.organisation)
    before = (first.sha256, content(first))
    retitle(world.page, "Nouveau titre")
    make_document(world.page.pk, LATER)
    first.refresh_from_db()
    assert (first.sha256, content(first)) == before


def test_cron_does_the_same_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    make_missing(DAY)
    call_command("print_procedures")
    assert capsys.readouterr().out == "0 PDF fait(s), 0 en échec\n"
