"""The legal public holidays of a region, to seed a calendar that is then stored and corrected."""

from collections.abc import Mapping
from datetime import date

from complaints.sla.errors import CalendarError
from complaints.sla.vocabulary import Region
from complaints.sla.words import NBSP

FIRST_KNOWN_YEAR = 2008
LAST_KNOWN_YEAR = 2100

# The library's subdivision, and the days of the year the law adds there (L3422-2); the library
# also lists days off by custom, which would lengthen what an organisation owes.
OVERSEAS: Mapping[str, tuple[str, tuple[int, int]]] = {
    Region.GUADELOUPE: ("971", (5, 27)),
    Region.MARTINIQUE: ("972", (5, 22)),
    Region.GUYANE: ("973", (6, 10)),
    Region.REUNION: ("974", (12, 20)),
    Region.MAYOTTE: ("976", (4, 27)),
    Region.SAINT_BARTHELEMY: ("BL", (10, 9)),
}
MOSELLE = "57"
SAINT_STEPHEN = (12, 26)


def legal_holidays(region: str, year: int) -> dict[date, str]:
    """The list of the law (L3133-1, L3134-13, L3422-2), with French names, in order."""
    if region not in Region.values:
        known = ", ".join(Region.values)
        raise CalendarError(
            f"La région «{NBSP}{region}{NBSP}» n’est pas connue{NBSP}: choisissez parmi {known}."
        )
    if not FIRST_KNOWN_YEAR <= year <= LAST_KNOWN_YEAR:
        raise CalendarError(
            f"Les jours fériés sont connus de {FIRST_KNOWN_YEAR} à {LAST_KNOWN_YEAR}."
        )
    found = {**_listed(year, None), **_regional(Region(region), year)}
    return {on: _name(found[on]) for on in sorted(found)}


def _regional(region: Region, year: int) -> dict[date, str]:
    if region == Region.METROPOLE:
        return {}
    if region == Region.ALSACE_MOSELLE:
        return _listed(year, MOSELLE)
    if region == Region.ALSACE_MOSELLE_NO_GOOD_FRIDAY:
        return _only(_listed(year, MOSELLE), SAINT_STEPHEN)
    subdivision, legal_day = OVERSEAS[region]
    return _only(_listed(year, subdivision), legal_day)


def _only(days: Mapping[date, str], legal_day: tuple[int, int]) -> dict[date, str]:
    return {on: name for on, name in days.items() if (on.month, on.day) == legal_day}


def _listed(year: int, subdivision: str | None) -> dict[date, str]:
    # Nearly a second to import, and needed only when a calendar is seeded.
    from holidays.countries import France

    return dict(France(years=year, subdiv=subdivision, language="fr"))


def _name(name: str) -> str:
    """Two feasts on one day are joined by a semicolon in the library."""
    return name.replace("; ", " et ").replace("'", "’")
