"""The legal holidays of each region, against the law's list written out here."""

from datetime import date

import pytest

from complaints.sla import CalendarError, legal_holidays
from tests.complaints.sla.known import REGIONS, legal_list

METROPOLE = {
    2025: "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25",
    2026: "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25",
    2027: "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25",
    2028: "01-01 04-17 05-01 05-08 05-25 06-05 07-14 08-15 11-01 11-11 12-25",
}
ADDED_IN_2026 = {
    "metropole": set(),
    "alsace-moselle": {date(2026, 4, 3), date(2026, 12, 26)},
    "alsace-moselle-hors-vendredi-saint": {date(2026, 12, 26)},
    "reunion": {date(2026, 12, 20)},
    "guadeloupe": {date(2026, 5, 27)},
    "martinique": {date(2026, 5, 22)},
    "guyane": {date(2026, 6, 10)},
    "mayotte": {date(2026, 4, 27)},
    "saint-barthelemy": {date(2026, 10, 9)},
}


@pytest.mark.parametrize("year", METROPOLE)
def test_the_eleven_days_of_the_metropole(year: int) -> None:
    assert [f"{on:%m-%d}" for on in legal_holidays("metropole", year)] == METROPOLE[year].split()


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_adds_its_legal_days_and_no_custom(region: str) -> None:
    added = legal_holidays(region, 2026).keys() - legal_holidays("metropole", 2026).keys()
    assert added == ADDED_IN_2026[region]


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("year", range(2024, 2046))
def test_days_and_names_follow_the_law_year_after_year(region: str, year: int) -> None:
    found, law = legal_holidays(region, year), legal_list(region, year)
    assert found.keys() == law.keys()
    assert {on: name for on, name in found.items() if " et " not in name}.items() <= law.items()


@pytest.mark.parametrize("year", [2012, 2013, 2038, 2051, 2099, 2100])
def test_the_years_far_away_are_known_too(year: int) -> None:
    assert legal_holidays("metropole", year).keys() == legal_list("metropole", year).keys()


def test_two_feasts_on_one_day_are_both_named() -> None:
    both = legal_holidays("metropole", 2008)[date(2008, 5, 1)]
    assert both == "Ascension et Fête du Travail"


@pytest.mark.parametrize(
    ("region", "year", "says"),
    [
        ("saint-martin", 2026, "pas connue"),
        ("", 2026, "pas connue"),
        ("metropole", 1789, "de 2008 à 2100"),
        ("metropole", 2101, "de 2008 à 2100"),
    ],
)
def test_an_unknown_region_or_year_is_said_plainly(region: str, year: int, says: str) -> None:
    with pytest.raises(CalendarError, match=says):
        legal_holidays(region, year)
