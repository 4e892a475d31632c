"""The durations that a French text names, in digits or in words: « 45 jours ouvrés », « un an »."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from complaints.sla import Reading, Unit

ONES = [
    "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
]  # fmt: skip
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
# What follows « jours » says which; without it, any kind of days may be meant.
DAYS = {
    "ouvré": Unit.WORKED_DAYS,
    "ouvrable": Unit.WORKABLE_DAYS,
    "calendaire": Unit.CALENDAR_DAYS,
}
UNITS = {"mois": Unit.MONTHS, "an": Unit.YEARS, "année": Unit.YEARS}


def _numbers() -> dict[str, int]:
    """« un » to « quatre-vingts », and cent: what procedures count with."""
    words = {word: number for number, word in enumerate(ONES, 1)} | {"une": 1}
    for ten, name in TENS.items():
        words[name] = ten
        words |= {f"{name}-{ONES[n - 1]}": ten + n for n in range(2, 10)}
        words |= {f"{name} et un": ten + 1, f"{name}-et-un": ten + 1}
    words |= {f"soixante-{ONES[n - 1]}": 60 + n for n in range(10, 20)}
    return words | {
        "soixante et onze": 71,
        "quatre-vingts": 80,
        "quatre-vingt-dix": 90,
        "cent": 100,
    }


NUMBERS = _numbers()
_WORDS = "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True))
DURATION = re.compile(
    rf"(?<![\w-])(?P<number>\d{{1,4}}|{_WORDS})\s+"
    r"(?:(?P<days>jours?)(?:\s+(?P<kind>ouvré|ouvrable|calendaire)s?)?"
    r"|(?P<unit>semaine|mois|année|an)s?)(?![\w-])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Duration:
    """One duration of a text: what it may mean, and where it stands."""

    words: str
    start: int
    end: int
    readings: frozenset[Reading]


def durations_in(text: str) -> Iterator[Duration]:
    """In order. « un jour » is a way of speaking and promises nothing."""
    for found in DURATION.finditer(text):
        number = found["number"].casefold()
        amount = NUMBERS.get(number) or int(number)
        if not (found["days"] and number == "un"):
            readings = frozenset(_readings(amount, found))
            yield Duration(found[0], *found.span(), readings)


def _readings(amount: int, found: re.Match[str]) -> Iterator[Reading]:
    if found["kind"]:
        yield _reading(amount, DAYS[found["kind"].casefold()])
    elif found["days"]:
        yield from (_reading(amount, unit) for unit in DAYS.values())
    elif found["unit"].casefold() == "semaine":
        yield _reading(7 * amount, Unit.CALENDAR_DAYS)
    else:
        yield _reading(amount, UNITS[found["unit"].casefold()])


def _reading(amount: int, unit: Unit) -> Reading:
    """A year is twelve months; nobody promises more than a century."""
    if unit == Unit.YEARS:
        return Reading(min(amount, 100) * 12, Unit.MONTHS)
    return Reading(min(amount, 1_200), unit)


def same(reading: Reading) -> Reading:
    """As `durations_in` would read it."""
    return _reading(reading.amount, reading.unit)
