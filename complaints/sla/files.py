"""A file of questions, one a line: which columns, on which line each begins, what is refused."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from complaints.sla.calendars import WorkCalendar
from complaints.sla.errors import FileError
from complaints.sla.questions import Question, parse_flag, read_question
from complaints.sla.vocabulary import Favours

COLUMNS = (
    "id",
    "received_at",
    "delay_value",
    "unit",
    "calendar_region",
    "roll_over",
    "suspensions",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A line of the file, each value without the spaces around it."""

    line: int
    values: dict[str, str]

    @property
    def id(self) -> str:
        return self.values["id"]

    @property
    def region(self) -> str:
        return self.values["calendar_region"]

    @property
    def where(self) -> str:
        """« Ligne 3 (A-2) »."""
        return f"Ligne {self.line} ({self.id})" if self.id else f"Ligne {self.line}"

    def question(self, calendar: WorkCalendar, favours: str = Favours.ORGANISATION) -> Question:
        """Pauses are joined by `|`; an amount may be left out where the unit is none."""
        return read_question(
            calendar,
            received=self.values["received_at"],
            limits=[f"{self.values['delay_value']} {self.values['unit']}".strip()],
            roll_over=parse_flag(self.values["roll_over"]),
            favours=favours,
            pauses=[pause for pause in self.values["suspensions"].split("|") if pause.strip()],
        )


def read_cases(text: str) -> Iterator[Case]:
    """In the order of the file; columns come in any order, and others are left aside."""
    rows = _rows(text)
    line, columns = next(rows, (1, []))
    _check_columns(line, columns)
    for line, values in rows:
        lacking = len(columns) - len(values)
        case = Case(line, dict(zip(columns, values + [""] * lacking, strict=False)))
        if any(values[len(columns) :]):
            raise FileError(f"{case.where} : plus de valeurs que de colonnes.")
        yield case


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that say something, with the line where each begins.

    Strict: a quote never closed would swallow every case after it without a word.
    """
    reader = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True, strict=True)
    begins = 1
    try:
        for row in reader:
            values = [value.strip() for value in row]
            if any(values):
                yield begins, values
            begins = reader.line_num + 1
    except csv.Error:
        raise FileError(f"Ligne {begins} : ce n’est pas du CSV.") from None


def _check_columns(line: int, columns: list[str]) -> None:
    if lacking := [column for column in COLUMNS if column not in columns]:
        raise FileError(
            f"Ligne {line} : il manque des colonnes, à séparer par des virgules : "
            f"{', '.join(lacking)}."
        )
    if twice := [column for column in COLUMNS if columns.count(column) > 1]:
        raise FileError(f"Ligne {line} : des colonnes sont écrites deux fois : {', '.join(twice)}.")
