"""« What day is that due? », asked in texts by a command, a file or a screen, and answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from complaints.sla.calendars import MONDAY_TO_FRIDAY, WorkCalendar
from complaints.sla.due import Due, due
from complaints.sla.errors import CalendarError, CalendarExhausted, LimitError, StartError
from complaints.sla.explain import sentence
from complaints.sla.holidays import FIRST_KNOWN_YEAR, LAST_KNOWN_YEAR, legal_holidays
from complaints.sla.limits import Limit, parse_reading
from complaints.sla.pauses import Pause, parse_pause
from complaints.sla.vocabulary import Favours
from complaints.sla.words import NBSP

SUSPENDED = "SUSPENDU"
NOT_STORED = 0
WHO = {
    Favours.ORGANISATION: "L’organisme doit agir",
    Favours.COMPLAINANT: "Le réclamant peut agir",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The due date of a limit, its sentence, and the whole as data."""

    limit: Limit
    due: Due

    @property
    def day(self) -> str | None:
        """The day due (ISO), SUSPENDED while a pause is open, None when nothing is due (R10)."""
        if self.due.suspended:
            return SUSPENDED
        return self.due.due_on.isoformat() if self.due.due_on else None

    @property
    def sentence(self) -> str:
        return sentence(self.due, self.limit, WHO[self.limit.favours])

    def as_dict(self) -> dict[str, Any]:
        return self.due.as_dict() | {"due_on": self.day, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class Question:
    """A limit, the instant it starts, and what suspends it."""

    received_at: datetime
    limit: Limit
    pauses: tuple[Pause, ...] = ()

    def answer(self, calendar: WorkCalendar) -> Answer:
        """Raises SlaError; where the law's own list ends, nobody can complete a calendar."""
        try:
            return Answer(self.limit, due(self.limit, self.received_at, calendar, self.pauses))
        except CalendarExhausted:
            if calendar.version != NOT_STORED:
                raise
            raise CalendarExhausted(
                f"Les jours fériés sont connus de {FIRST_KNOWN_YEAR} à {LAST_KNOWN_YEAR}"
                f"{NBSP}: ce délai en sort."
            ) from None


def read_question(
    calendar: WorkCalendar,
    *,
    received: str,
    limits: Sequence[str],
    roll_over: bool = False,
    favours: str = Favours.ORGANISATION,
    pauses: Sequence[str] = (),
) -> Question:
    """Each text as `parse_received`, `parse_reading` and `parse_pause` read it."""
    return Question(
        parse_received(received, calendar.zone),
        Limit(tuple(parse_reading(text) for text in limits), roll_over, favours),
        tuple(parse_pause(text, calendar) for text in pauses),
    )


def parse_received(text: str, zone: tzinfo) -> datetime:
    """An instant; without an offset, what the clock on the wall says in that zone."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise StartError(
            f"«{NBSP}{text}{NBSP}» n’est ni un jour (2026-04-30) ni un instant"
            " (2026-04-30T10:00:00+02:00)."
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def parse_flag(text: str) -> bool:
    """`true` or `false`, whatever the case."""
    match text.strip().lower():
        case "true":
            return True
        case "false":
            return False
    raise LimitError(f"Le report vaut true ou false, et non «{NBSP}{text}{NBSP}».")


def parse_week(text: str) -> frozenset[int]:
    """`1111100`: from Monday to Sunday, 1 for a day of work."""
    if len(text) != 7 or set(text) - {"0", "1"}:
        raise CalendarError(
            "La semaine de travail s’écrit en sept chiffres, du lundi au dimanche,"
            f" 1 pour un jour travaillé{NBSP}: 1111100, et non «{NBSP}{text}{NBSP}»."
        )
    return frozenset(day for day, worked in enumerate(text) if worked == "1")


@lru_cache(maxsize=32)
def legal_calendar(
    region: str,
    working_week: frozenset[int] = MONDAY_TO_FRIDAY,
    time_zone: str = "Europe/Paris",
) -> WorkCalendar:
    """The list of the law for all the years known, as no installation has corrected it."""
    years = range(FIRST_KNOWN_YEAR, LAST_KNOWN_YEAR + 1)
    holidays = {on: name for year in years for on, name in legal_holidays(region, year).items()}
    return WorkCalendar(
        region, NOT_STORED, holidays, working_week, time_zone, (years[0], years[-1])
    )
