"""The register as a file: CSV and XLSX, line by line, in which no cell ever runs."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

# A spreadsheet program reads a cell that starts so as a formula: a complainant could write one.
FORMULA = re.compile(r"\s*[=+\-@|%\t\r]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST_CELL = 32_767


def csv_lines(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """UTF-8 with a mark and semicolons: what a French spreadsheet opens with a double click."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    yield "\ufeff".encode()
    for row in _with_titles(titles, rows):
        writer.writerow([harmless(value) for value in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def write_xlsx(titles: Iterable[str], rows: Iterable[Iterable[str]], output: BinaryIO) -> None:
    """A workbook of one sheet; every cell is text, so nothing in it is a formula."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Registre")
    sheet.freeze_panes = "A2"
    for number, row in enumerate(_with_titles(titles, rows)):
        cells = [WriteOnlyCell(sheet, CONTROLS.sub("", value)[:LONGEST_CELL]) for value in row]
        for cell in cells:
            cell.data_type = "s"
            if number == 0:
                cell.font = Font(bold=True)
        sheet.append(cells)
    workbook.save(output)


def harmless(value: str) -> str:
    """The same text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{value}" if FORMULA.match(value) else value


def _with_titles(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[Iterable[str]]:
    yield titles
    yield from rows
