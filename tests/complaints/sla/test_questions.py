"""A question written in texts is read, refused in one sentence, or answered."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from complaints.sla import (
    Answer,
    CalendarError,
    CalendarExhausted,
    LimitError,
    PauseError,
    SlaError,
    StartError,
    Unit,
    legal_calendar,
    parse_flag,
    parse_received,
    parse_week,
    read_question,
)
from complaints.sla.limits import LARGEST
from tests.complaints.sla.known import REGIONS, calendar, legal_list

PARIS = ZoneInfo("Europe/Paris")


def asked(received: str, *limits: str, **options: Any) -> Answer:
    question = read_question(calendar(), received=received, limits=limits, **options)
    return question.answer(calendar())


def test_an_answer_is_a_day_and_a_sentence() -> None:
    answer = asked("2026-04-30T10:00:00+02:00", "5 jours_ouvres")
    assert answer.day == "2026-05-11"
    assert answer.sentence.replace("\u00a0", " ") == (
        "L’organisme doit agir au plus tard le lundi 11 mai 2026 : 5 jours ouvrés après le "
        "30 avril 2026, sans compter les week-ends ni les jours fériés (1er mai, 8 mai)."
    )


def test_an_answer_as_data_is_the_due_date_with_its_sentence() -> None:
    answer = asked("2026-04-30", "1 mois")
    assert answer.as_dict() == answer.due.as_dict() | {"sentence": answer.sentence}


def test_an_open_pause_says_suspended_and_no_limit_says_nothing() -> None:
    assert asked("2026-04-30", "1 mois", pauses=["2026-05-02/"]).as_dict()["due_on"] == "SUSPENDU"
    assert asked("2026-04-30", "aucun").as_dict()["due_on"] is None


def test_a_right_of_the_complainant_takes_the_latest_of_its_readings() -> None:
    limits = ("5 jours_ouvres", "10 jours_calendaires")
    assert asked("2026-04-30", *limits).day == "2026-05-10"
    right = asked("2026-04-30", *limits, favours="complainant")
    assert right.day == "2026-05-11"
    assert right.sentence.startswith("Le réclamant peut agir au plus tard le lundi 11 mai 2026")


def test_a_roll_over_leads_to_the_first_open_day() -> None:
    assert asked("2026-04-30", "10 jours_calendaires", roll_over=True).day == "2026-05-11"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-04-30T10:00:00+02:00", datetime(2026, 4, 30, 10, tzinfo=PARIS)),
        ("2026-04-30T08:00:00Z", datetime(2026, 4, 30, 10, tzinfo=PARIS)),
        ("2026-04-30T10:00", datetime(2026, 4, 30, 10, tzinfo=PARIS)),
        (" 2026-04-30 10:00 ", datetime(2026, 4, 30, 10, tzinfo=PARIS)),
        ("2026-04-30", datetime(2026, 4, 30, tzinfo=PARIS)),
    ],
)
def test_an_instant_without_an_offset_is_read_on_the_local_clock(text: str, at: datetime) -> None:
    assert parse_received(text, PARIS) == at


@pytest.mark.parametrize("text", ["", "hier", "30/04/2026", "2026-02-30", "2026-04-30T25:00"])
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(StartError, match="n’est ni un jour"):
        parse_received(text, PARIS)


@pytest.mark.parametrize(
    ("received", "limits", "options", "error"),
    [
        ("hier", ["1 mois"], {}, StartError),
        ("1815-06-18", ["1 mois"], {}, StartError),
        ("2026-04-30", [], {}, LimitError),
        ("2026-04-30", ["5 semaines"], {}, LimitError),
        ("2026-04-30", ["1 mois", "1 mois"], {}, LimitError),
        ("2026-04-30", ["1 mois"], {"favours": "mediator"}, LimitError),
        ("2026-04-30", ["1 mois"], {"pauses": ["2026-05-09/2026-05-02"]}, PauseError),
        ("2046-04-30", ["5 jours_ouvres"], {}, CalendarExhausted),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_sentence(
    received: str, limits: list[str], options: dict[str, Any], error: type[SlaError]
) -> None:
    with pytest.raises(error) as refused:
        asked(received, *limits, **options)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(("text", "value"), [("true", True), ("FALSE", False), (" True ", True)])
def test_a_flag_is_true_or_false_whatever_the_case(text: str, value: bool) -> None:
    assert parse_flag(text) is value


@pytest.mark.parametrize("text", ["", "oui", "1"])
def test_any_other_flag_is_refused(text: str) -> None:
    with pytest.raises(LimitError, match="vaut true ou false"):
        parse_flag(text)


def test_a_week_is_seven_figures_from_monday() -> None:
    assert parse_week("1111100") == frozenset(range(5))
    assert parse_week("0111110") == frozenset(range(1, 6))


@pytest.mark.parametrize("text", ["", "11111", "11111000", "111110x", "lundi"])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(CalendarError, match="sept chiffres"):
        parse_week(text)


@pytest.mark.parametrize("region", REGIONS)
def test_the_legal_calendar_is_the_list_of_the_law(region: str) -> None:
    found = legal_calendar(region).holidays
    assert {on for on in found if on.year == 2026} == set(legal_list(region, 2026))


@pytest.mark.parametrize("unit", ["jours_ouvres", "jours_ouvrables"])
def test_the_legal_calendar_holds_the_longest_limit(unit: str) -> None:
    law = legal_calendar("metropole")
    longest = f"{LARGEST[Unit(unit)]} {unit}"
    found = read_question(law, received="2026-04-30", limits=[longest]).answer(law).due
    assert found.due_on > date(2037, 1, 1)


def test_where_the_law_is_not_known_nobody_is_told_to_complete_a_calendar() -> None:
    law = legal_calendar("metropole")
    question = read_question(law, received="2007-04-30", limits=["5 jours_ouvres"])
    with pytest.raises(CalendarExhausted) as refused:
        question.answer(law)
    assert str(refused.value).replace("\u00a0", " ") == (
        "Les jours fériés sont connus de 2008 à 2100 : ce délai en sort."
    )


def test_a_region_or_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(CalendarError, match="choisissez parmi metropole"):
        legal_calendar("lune")
    with pytest.raises(CalendarError, match="fuseau horaire"):
        legal_calendar("metropole", time_zone="Europe/Atlantide")
