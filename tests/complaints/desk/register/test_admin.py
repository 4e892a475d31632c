"""The register on screen and as a file: read by who sees dossiers, of their organisation only."""

import csv
import io
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from openpyxl import load_workbook

from complaints.models import RegisterEntry
from tests.complaints.desk.conftest import words
from tests.factories import WHOLE_LIFE, World, file, paris, play

pytestmark = pytest.mark.django_db
LIST = "registre_modeladmin_index"
LINE = "registre_modeladmin_inspect"
MONDAY = paris("2026-03-30 09:00")


def enter(world: World, login: str = "alice", **answers: str) -> RegisterEntry:
    moves = [move for move in WHOLE_LIFE if login == "alice"] or ["accuser", "inscrire"]
    dossier = play(world, file(world, at=MONDAY, **answers).dossier, *moves, at=MONDAY, login=login)
    return RegisterEntry.objects.get(dossier=dossier)


@pytest.fixture
def entry(world: World) -> RegisterEntry:
    return enter(world)


def exported(client: Client, **asked: str) -> list[list[str]]:
    answer = client.get(reverse(LIST), {"export": "csv", **asked})
    assert answer["Content-Disposition"].startswith('attachment; filename="registre-')
    assert "no-store" in answer["Cache-Control"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_list_shows_the_lines(alice: Client, entry: RegisterEntry) -> None:
    page = words(alice.get(reverse(LIST)))
    for said in ("R-2026-0001", "Dora Lemaire", "Attestation jamais reçue", "Favorable"):
        assert said in page
    assert "1 ligne" in page


def test_a_line_has_the_columns_that_the_procedure_names(
    alice: Client, world: World, entry: RegisterEntry
) -> None:
    page = words(alice.get(reverse(LINE, args=[entry.pk])))
    for column in world.page.version.rules.register_columns:
        assert column.label in page
    assert "Envoyer l’attestation. (30/03/2026)" in page
    assert f"Ouvrir le dossier {entry.dossier.reference}" in page


def test_an_empty_register_says_when_a_complaint_enters_it(alice: Client) -> None:
    assert "une réclamation y entre quand elle est complète" in words(alice.get(reverse(LIST)))


@pytest.mark.parametrize("text", ["R-2026-0001", "r-2026-1", "CS-2026-0001", "cs-2026"])
def test_a_line_is_found_by_its_number(
    alice: Client, world: World, entry: RegisterEntry, text: str
) -> None:
    assert words(alice.get(reverse(LIST), {"q": text})).count("R-2026-0001") == 1
    assert "Aucune ligne" in words(alice.get(reverse(LIST), {"q": "R-2019-0001"}))


def test_a_year_is_one_click(alice: Client, world: World, entry: RegisterEntry) -> None:
    old = enter(world, objet="L’an passé")
    RegisterEntry._base_manager.filter(pk=old.pk)._raw_delete("default")
    RegisterEntry(
        organisation=old.organisation,
        dossier=old.dossier,
        year=2025,
        number=1,
        registered_at=paris("2025-03-30 09:00"),
    ).save()
    page = words(alice.get(reverse(LIST), {"annee": "2025"}))
    assert "R-2025-0001" in page
    assert "R-2026-0001" not in page
    assert len(exported(alice, annee="2025")) == 2


def test_the_export_has_titles_and_a_line_each(
    alice: Client, world: World, entry: RegisterEntry
) -> None:
    titles, line = exported(alice)
    named = [column.label for column in world.page.version.rules.register_columns]
    assert titles == named
    assert line[0] == "R-2026-0001"
    assert "-" not in line, "modeladmin writes « - » for what is empty"


def test_the_export_runs_no_formula(alice: Client, world: World) -> None:
    enter(world, objet='=HYPERLINK("http://mal.example")')
    (_titles, line) = exported(alice)
    assert '\'=HYPERLINK("http://mal.example")' in line


def test_the_workbook_says_the_same(alice: Client, entry: RegisterEntry) -> None:
    answer = alice.get(reverse(LIST), {"export": "xlsx"})
    book = load_workbook(io.BytesIO(answer.getvalue()))
    rows = [[cell or "" for cell in row] for row in book.active.iter_rows(values_only=True)]
    assert rows == exported(alice)


def test_others_do_not_meet_it(
    charlie: Client, world: World, other_world: World, entry: RegisterEntry
) -> None:
    mine = enter(other_world, "charlie", objet="La leur")
    assert charlie.get(reverse(LINE, args=[entry.pk])).status_code == 404
    assert charlie.get(reverse(LINE, args=[mine.pk])).status_code == 200
    page = words(charlie.get(reverse(LIST)))
    assert "La leur" in page
    assert "Attestation jamais reçue" not in page
    assert [line[5] for line in exported(charlie)[1:]] == ["La leur"]
    assert "Aucune ligne" in words(charlie.get(reverse(LIST), {"q": "CS-2026"}))


def test_an_editor_does_not_read_it(bob: Client, entry: RegisterEntry) -> None:
    assert bob.get(reverse(LIST))["Location"] == reverse("wagtailadmin_home")
    assert bob.get(reverse(LIST), {"export": "csv"})["Location"] == reverse("wagtailadmin_home")
    assert bob.get(reverse(LINE, args=[entry.pk])).status_code == 404


def test_staff_of_two_organisations_choose_between_them(
    alice: Client, world: World, other_world: World, entry: RegisterEntry
) -> None:
    enter(other_world, "charlie", objet="La leur")
    world.user("alice").groups.add(other_world.user("charlie").groups.get())
    assert exported(alice)[0][0] == "Organisme"
    asked = {"organisme": str(other_world.organisation.pk)}
    assert len(exported(alice, **asked)) == 2
    assert "Attestation jamais reçue" not in words(alice.get(reverse(LIST), asked))


@pytest.mark.parametrize(
    "lookup",
    [
        "organisation__roles__group__user__password__startswith",
        "dossier__tracking_hash__startswith",
        "dossier__assigned_to__password__contains",
    ],
)
def test_the_address_asks_for_nothing_but_the_filters_shown(
    alice: Client, entry: RegisterEntry, lookup: str
) -> None:
    assert "R-2026-0001" in words(alice.get(reverse(LIST), {lookup: "zzz"}))


@pytest.mark.parametrize("action", ["create", "edit", "delete", "history"])
def test_the_addresses_that_would_write_do_not_exist(action: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"registre_modeladmin_{action}", args=[] if action == "create" else [1])


def test_even_a_superuser_is_offered_nothing_to_write(
    log_in: Callable[[str], Client], entry: RegisterEntry
) -> None:
    get_user_model().objects.create_superuser("admin", "admin@example.org", "x")
    admin = log_in("admin")
    for address in (reverse(LIST), reverse(LINE, args=[entry.pk])):
        page = words(admin.get(address))
        for word in ("Ajouter", "Modifier", "Supprimer"):
            assert word not in page


def test_the_page_costs_the_same_with_more_lines(
    alice: Client, world: World, entry: RegisterEntry
) -> None:
    def cost() -> int:
        alice.get(reverse(LIST))
        with CaptureQueriesContext(connection) as captured:
            alice.get(reverse(LIST))
        return len(captured)

    first = cost()
    for _ in range(4):
        enter(world)
    assert cost() == first <= 16
