"""A time limit as a procedure writes it: one or several readings, a roll-over, whom it favours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from complaints.sla.errors import LimitError
from complaints.sla.vocabulary import Favours, Unit
from complaints.sla.words import NBSP, listed

LARGEST: Mapping[Unit, int] = {
    Unit.WORKED_DAYS: 3_660,
    Unit.WORKABLE_DAYS: 3_660,
    Unit.CALENDAR_DAYS: 36_600,
    Unit.MONTHS: 1_200,
    Unit.YEARS: 100,
    Unit.NONE: 0,
}
UNITS = ", ".join(Unit.values)

SINGULAR: Mapping[Unit, str] = {
    Unit.WORKED_DAYS: "jour ouvré",
    Unit.WORKABLE_DAYS: "jour ouvrable",
    Unit.CALENDAR_DAYS: "jour calendaire",
    Unit.MONTHS: "mois",
    Unit.YEARS: "an",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a limit: an amount and its unit. Zero means the day of the event itself."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", _unit(self.unit))
        # A draft is read before it is complete.
        if self.amount is None:
            raise LimitError("Il manque le nombre de la durée.")
        if not isinstance(self.amount, int) or isinstance(self.amount, bool):
            raise LimitError(
                f"La durée doit être un nombre entier, et non «{NBSP}{self.amount}{NBSP}»."
            )
        if not 0 <= self.amount <= LARGEST[self.unit]:
            raise LimitError(_out_of_bounds(self.amount, self.unit))

    def as_dict(self) -> dict[str, Any]:
        return {"amount": self.amount, "unit": self.unit.value}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        return cls(raw["amount"], raw["unit"])


@dataclass(frozen=True, slots=True)
class Limit:
    """R6, R8: the readings of one obligation, its roll-over (art. 642), and whom it favours.

    What the organisation owes falls due at the earliest date its words allow; what a complainant
    may do stays open until the latest.
    """

    readings: tuple[Reading, ...]
    roll_over: bool = False
    favours: Favours = Favours.ORGANISATION

    def __post_init__(self) -> None:
        object.__setattr__(self, "readings", tuple(self.readings))
        object.__setattr__(self, "favours", _favours(self.favours))
        if not isinstance(self.roll_over, bool):
            raise LimitError("Le report doit être vrai ou faux.")
        _check_readings(self.readings)

    @property
    def is_none(self) -> bool:
        """R10: no amount at all, hence no date, hence never late."""
        return self.readings[0].unit == Unit.NONE

    def as_dict(self) -> dict[str, Any]:
        return {
            "readings": [reading.as_dict() for reading in self.readings],
            "roll_over": self.roll_over,
            "favours": self.favours.value,
        }


def parse_limit(raw: Mapping[str, Any]) -> Limit:
    """`{"readings": [{"amount": 15, "unit": "jours_ouvres"}], "roll_over": …, "favours": …}`."""
    if not isinstance(raw, Mapping):
        raise LimitError("Un délai s’écrit comme un objet qui contient des lectures.")
    unknown = sorted(str(key) for key in raw.keys() - {"readings", "roll_over", "favours"})
    if unknown:
        raise LimitError(f"Un délai ne connaît pas «{NBSP}{', '.join(unknown)}{NBSP}».")
    readings = raw.get("readings")
    if not isinstance(readings, list | tuple):
        raise LimitError("Un délai contient une liste de lectures.")
    return Limit(
        tuple(_reading(reading) for reading in readings),
        raw.get("roll_over", False),
        raw.get("favours", Favours.ORGANISATION),
    )


def parse_reading(text: str) -> Reading:
    """`"15 jours_ouvres"`, or `"aucun"` alone."""
    match str(text).split():
        case [unit] if unit == Unit.NONE:
            return Reading(0, Unit.NONE)
        case [amount, unit]:
            return Reading(_amount(amount), _unit(unit))
    raise LimitError(
        f"«{NBSP}{text}{NBSP}» n’est pas un délai{NBSP}: écrivez une durée et une unité,"
        f" par exemple «{NBSP}15 jours_ouvres{NBSP}»."
    )


def phrase_reading(reading: Reading) -> str:
    """« 15 jours ouvrés », « 1 mois », « le jour même »."""
    if reading.unit == Unit.NONE:
        return Unit.NONE.label
    if reading.amount == 0:
        return "le jour même"
    return f"{reading.amount} {unit_words(reading.amount, reading.unit)}"


def unit_words(amount: int, unit: Unit) -> str:
    return SINGULAR[unit] if amount < 2 else unit.label


def phrase(limit: Limit) -> str:
    """« 5 jours ouvrés ou 10 jours calendaires, la date la plus proche »."""
    words = listed([phrase_reading(reading) for reading in limit.readings], "ou")
    return words if len(limit.readings) == 1 else f"{words}, {which_date(limit)}"


def which_date(limit: Limit) -> str:
    nearest = limit.favours == Favours.ORGANISATION
    return "la date la plus proche" if nearest else "la date la plus lointaine"


def _reading(raw: object) -> Reading:
    if not isinstance(raw, Mapping) or "unit" not in raw:
        raise LimitError("Une lecture contient une durée et une unité.")
    if raw.keys() - {"amount", "unit"}:
        raise LimitError("Une lecture ne contient qu’une durée et une unité.")
    unit = _unit(raw["unit"])
    return Reading(raw.get("amount", 0 if unit == Unit.NONE else None), unit)


def _unit(value: object) -> Unit:
    if value in ("", None):
        raise LimitError("Il manque l’unité de la durée.")
    try:
        return Unit(value)
    except ValueError:
        raise LimitError(
            f"L’unité «{NBSP}{value}{NBSP}» n’existe pas{NBSP}: choisissez parmi {UNITS}."
        ) from None


def _favours(value: object) -> Favours:
    try:
        return Favours(value)
    except ValueError:
        raise LimitError(
            f"«{NBSP}{value}{NBSP}» n’est ni une obligation de l’organisme (organisation)"
            " ni un droit du réclamant (complainant)."
        ) from None


def _amount(text: str) -> int:
    # int reads other scripts’ digits too, and refuses thousands of them with words of its own.
    if text.isascii() and text.removeprefix("-").isdecimal() and len(text) <= 12:
        return int(text)
    raise LimitError(f"La durée doit être un nombre entier, et non «{NBSP}{text}{NBSP}».")


def _out_of_bounds(amount: int, unit: Unit) -> str:
    if unit == Unit.NONE:
        return "Un délai non chiffré ne porte pas de durée."
    if amount < 0:
        return "La durée ne peut pas être négative."
    return f"{amount} {unit.label}, c’est trop{NBSP}: le plus long délai est de {LARGEST[unit]}."


def _check_readings(readings: tuple[Reading, ...]) -> None:
    if not readings:
        raise LimitError("Un délai contient au moins une lecture.")
    if not all(isinstance(reading, Reading) for reading in readings):
        raise LimitError("Une lecture contient une durée et une unité.")
    if len(set(readings)) < len(readings):
        raise LimitError("La même lecture du délai est écrite deux fois.")
    if len(readings) > 1 and any(reading.unit == Unit.NONE for reading in readings):
        raise LimitError("Un délai non chiffré ne se combine pas avec une autre lecture.")
