"""The register as a file: complete, readable in a French spreadsheet, and in which nothing runs."""

import csv
import io
import time

import pytest
from openpyxl import load_workbook

from complaints.register.spreadsheets import csv_lines, harmless, write_xlsx

TITLES = ["N°", "Objet"]
ROWS = [
    ["R-2026-0001", "Attestation « jamais » reçue"],
    ["R-2026-0002", '=cmd|"/c calc"!A1'],
    ["R-2026-0003", ""],
    ["0", "Deux\nlignes ; un point-virgule"],
]
FORMULAS = [
    "=1+1",
    "+33 6 12",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "  =1+1",
    "\r=1",
    "|calc",
    "%0A",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u202e =1+1",
]


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_csv_has_every_line_and_says_that_it_is_utf8() -> None:
    data = b"".join(csv_lines(TITLES, ROWS))
    assert data.startswith("\ufeff".encode())
    found = read_csv(data)
    assert found[0] == TITLES
    assert found[1] == ROWS[0]
    assert found[3] == ROWS[2]
    assert found[4] == ROWS[3]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_makes_a_formula_harmless(text: str) -> None:
    assert harmless(text).startswith("'")
    assert harmless(text).replace("'", "") == text
    (_titles, row) = read_csv(b"".join(csv_lines(["A"], [[text]])))
    assert row[0].startswith("'")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bonjour,=cmd|'/C calc'!A0,", "bonjour,'=cmd|'/C calc'!A0,"),
        ("bonjour\n=HYPERLINK(A1)", "bonjour\n'=HYPERLINK(A1)"),
        ("bonjour;  @SUM(A1)", "bonjour;'  @SUM(A1)"),
        ("bonjour,-2+3+cmd|'/C calc'!D2", "bonjour,'-2+3+cmd|'/C calc'!D2"),
        ('";=1+1;"', '";\'=1+1;"'),
        ("\x00=1+1", "'=1+1"),
    ],
)
def test_what_would_begin_a_cell_elsewhere_is_harmless_too(text: str, told: str) -> None:
    assert harmless(text) == told


LIST = "Ce jour-là :\n- pas de salle, -3 points\n- absent (deux fois) ; +33 6 12"


@pytest.mark.parametrize(
    "text", ["", "0", "Objet = reçu", "R-2026-0001", "06 12", "é", "a@b.fr", LIST]
)
def test_csv_leaves_the_rest_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("piece", ["\n", "\t-", ",-a", "\n \t", '"=', " ", "\u200b"])
def test_a_long_text_is_made_harmless_at_once(piece: str) -> None:
    started = time.process_time()
    harmless("=" + piece * 50_000)
    assert time.process_time() - started < 1


def test_csv_is_cut_where_we_cut_it_by_a_program_that_also_cuts_at_commas() -> None:
    (line,) = b"".join(csv_lines(["salle, et =1+1"], [])).decode("utf-8-sig").splitlines()
    assert line == '"salle, et =1+1"'


def test_csv_comes_line_by_line() -> None:
    seen = []

    def rows() -> object:
        for row in ROWS:
            seen.append(row)
            yield row

    lines = csv_lines(TITLES, rows())
    assert [next(lines), next(lines)]
    assert seen == []
    next(lines)
    assert seen == ROWS[:1]


def sheet(rows: list[list[str]]) -> list[list[object]]:
    output = io.BytesIO()
    write_xlsx(TITLES, rows, output)
    output.seek(0)
    return [list(row) for row in load_workbook(output).active.iter_rows()]


def test_xlsx_has_every_line() -> None:
    cells = sheet(ROWS)
    values = [[cell.value or "" for cell in row] for row in cells]
    assert values == [TITLES, *ROWS]
    assert cells[0][0].font.bold


def test_xlsx_holds_text_and_no_formula() -> None:
    cells = sheet([[text, text] for text in FORMULAS])[1:]
    assert {cell.data_type for row in cells for cell in row} == {"s"}
    assert cells[0][0].value == "=1+1"


def test_xlsx_keeps_a_text_a_text_when_someone_corrects_it() -> None:
    ((formula, words),) = sheet([["=1+1", "Objet = reçu"]])[1:]
    assert formula.quotePrefix
    assert not words.quotePrefix


def test_xlsx_takes_what_its_format_does_not() -> None:
    cells = sheet([["a\x00\x08b\ufffe\uffffc", "x" * 40_000]])
    assert cells[1][0].value == "abc"
    assert len(cells[1][1].value) == 32_767
