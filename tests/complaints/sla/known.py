"""What the tests know by themselves: the legal holidays written out, and calendars made of them."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from itertools import chain

from complaints.sla import WorkCalendar

FIRST, LAST = 2018, 2045

NATIONAL = {
    (1, 1): "Jour de l’an",
    (5, 1): "Fête du Travail",
    (5, 8): "Fête de la Victoire",
    (7, 14): "Fête nationale",
    (8, 15): "Assomption",
    (11, 1): "Toussaint",
    (11, 11): "Armistice",
    (12, 25): "Noël",
}
AFTER_EASTER = {1: "Lundi de Pâques", 39: "Ascension", 50: "Lundi de Pentecôte"}
ABOLITION = "Abolition de l’esclavage"
REGIONAL = {
    "metropole": {},
    "alsace-moselle": {(12, 26): "Saint-Étienne"},
    "alsace-moselle-hors-vendredi-saint": {(12, 26): "Saint-Étienne"},
    "reunion": {(12, 20): ABOLITION},
    "guadeloupe": {(5, 27): ABOLITION},
    "martinique": {(5, 22): ABOLITION},
    "guyane": {(6, 10): ABOLITION},
    "mayotte": {(4, 27): ABOLITION},
    "saint-barthelemy": {(10, 9): ABOLITION},
}
REGIONS = tuple(REGIONAL)


def easter(year: int) -> date:
    """The Gregorian computus, as Meeus prints it."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@cache
def legal_list(region: str, year: int) -> dict[date, str]:
    fixed = {date(year, *day): name for day, name in NATIONAL.items()}
    moving = {easter(year) + timedelta(days=n): name for n, name in AFTER_EASTER.items()}
    if region == "alsace-moselle":
        moving[easter(year) - timedelta(days=2)] = "Vendredi saint"
    regional = {date(year, *day): name for day, name in REGIONAL[region].items()}
    return {**regional, **fixed, **moving}


@cache
def calendar(
    region: str = "metropole",
    week: frozenset[int] = frozenset(range(5)),
    time_zone: str = "Europe/Paris",
    first: int = FIRST,
    last: int = LAST,
) -> WorkCalendar:
    years = (legal_list(region, year).items() for year in range(first, last + 1))
    holidays = dict(chain.from_iterable(years))
    return WorkCalendar(region, 1, holidays, week, time_zone, covers=(first, last))


@contextmanager
def server_in(time_zone: str) -> Iterator[None]:
    """The machine's own clock moved to another zone, then put back."""
    before = os.environ.get("TZ")
    try:
        _move_to(time_zone)
        yield
    finally:
        _move_to(before)


def _move_to(time_zone: str | None) -> None:
    if time_zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = time_zone
    time.tzset()
