"""Time limits: calendars, pauses, due dates and their explanation; time is always an argument."""

from complaints.sla.calendars import WorkCalendar
from complaints.sla.changes import prolonged, shortened
from complaints.sla.due import Due, due
from complaints.sla.errors import (
    CalendarError,
    CalendarExhausted,
    FileError,
    LimitError,
    PauseError,
    SlaError,
    StartError,
)
from complaints.sla.explain import BY, FROM, Row, sentence, table
from complaints.sla.files import COLUMNS, Case, read_cases
from complaints.sla.holidays import legal_holidays
from complaints.sla.limits import (
    Limit,
    Reading,
    parse_limit,
    parse_reading,
    phrase,
    phrase_reading,
    which_date,
)
from complaints.sla.pauses import Pause, merge, parse_pause
from complaints.sla.questions import (
    Answer,
    Question,
    legal_calendar,
    parse_flag,
    parse_received,
    parse_week,
    read_question,
)
from complaints.sla.steps import Skipped, Step
from complaints.sla.vocabulary import Favours, Region, SkipReason, StepKind, Unit

__all__ = [
    "BY",
    "COLUMNS",
    "FROM",
    "Answer",
    "CalendarError",
    "CalendarExhausted",
    "Case",
    "Due",
    "Favours",
    "FileError",
    "Limit",
    "LimitError",
    "Pause",
    "PauseError",
    "Question",
    "Reading",
    "Region",
    "Row",
    "SkipReason",
    "Skipped",
    "SlaError",
    "StartError",
    "Step",
    "StepKind",
    "Unit",
    "WorkCalendar",
    "due",
    "legal_calendar",
    "legal_holidays",
    "merge",
    "parse_flag",
    "parse_limit",
    "parse_pause",
    "parse_reading",
    "parse_received",
    "parse_week",
    "phrase",
    "phrase_reading",
    "prolonged",
    "read_cases",
    "read_question",
    "sentence",
    "shortened",
    "table",
    "which_date",
]
