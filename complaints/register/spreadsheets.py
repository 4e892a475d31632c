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
# Nothing that is seen may stand before it; Japanese keyboards have wide signs of their own.
SIGNS = "=+\\-@＝＋－＠|%"
UNSEEN = "\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
FORMULA = re.compile(f"[{UNSEEN}]*[{SIGNS}\t\r]")
# A program set to another language cuts our lines elsewhere: what follows a comma or begins a line
# of a text is then a cell of its own. Said of what can only be a formula: « – 3 » is a list.
CUTS = ',;\t\n\r"'
HIDDEN = re.compile(
    f"(?<=[{CUTS}])(?=(?:(?![{CUTS}])[{UNSEEN}])*(?:[=@＝＠]|[+\\-＋－][^{CUTS}]*\\w[(|]))"
)
# What XML, and so XLSX, cannot hold: one such character would lose the whole file.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_CELL = 32_767


def csv_lines(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """UTF-8 with a mark and semicolons: what a French spreadsheet opens with a double click.

    Between quotes: LibreOffice also cuts a bare line at its commas.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL)
    yield "\ufeff".encode()
    for row in _with_titles(titles, rows):
        writer.writerow([harmless(value) for value in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def write_xlsx(titles: Iterable[str], rows: Iterable[Iterable[str]], output: BinaryIO) -> None:
    """A workbook of one sheet; every cell is text, and stays so when someone corrects it."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Registre")
    sheet.freeze_panes = "A2"
    for number, row in enumerate(_with_titles(titles, rows)):
        cells = [WriteOnlyCell(sheet, CONTROLS.sub("", value)[:LONGEST_CELL]) for value in row]
        for cell in cells:
            cell.data_type = "s"
            cell.quotePrefix = bool(FORMULA.match(cell.value))
            if number == 0:
                cell.font = Font(bold=True)
        sheet.append(cells)
    workbook.save(output)


def harmless(value: str) -> str:
    """The same text, with an apostrophe before what a spreadsheet would take for a formula."""
    text = HIDDEN.sub("'", CONTROLS.sub("", value))
    return f"'{text}" if FORMULA.match(text) else text


def _with_titles(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[Iterable[str]]:
    yield titles
    yield from rows
