"""French dates and lists in words, whatever the locale of the machine."""

from collections.abc import Sequence
from datetime import date

NBSP = "\u00a0"

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def day_month(on: date) -> str:
    """« 1er mai », « 8 mai »."""
    return f"{'1er' if on.day == 1 else on.day} {MONTHS[on.month - 1]}"


def day_month_year(on: date) -> str:
    """« 1er mai 2026 »."""
    return f"{day_month(on)} {on.year}"


def full_day(on: date) -> str:
    """« vendredi 1er mai 2026 »."""
    return f"{WEEKDAYS[on.weekday()]} {day_month_year(on)}"


def period(first: date, last: date) -> str:
    """« du 11 au 20 septembre 2026 », and « le 11 septembre 2026 » for a single day."""
    if first == last:
        return f"le {day_month_year(last)}"
    return f"du {_beginning(first, last)} au {day_month_year(last)}"


def _beginning(first: date, last: date) -> str:
    if first.year != last.year:
        return day_month_year(first)
    if first.month != last.month:
        return day_month(first)
    return "1er" if first.day == 1 else str(first.day)


def listed(items: Sequence[str], last_word: str) -> str:
    """« a », « a ou b », « a, b ou c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last_word} {items[-1]}"


def of(length: str) -> str:
    """« d’un mois », « de 10 jours ouvrés »: a length is read, not spelled."""
    return f"d’un {length[2:]}" if length.startswith("1 ") else f"de {length}"
