"""Limits: reading them, refusing the absurd in one sentence, saying them in French."""

import pytest

from complaints.sla import Limit, LimitError, Reading, Unit, parse_limit, parse_reading, phrase

WORKED = {"amount": 15, "unit": "jours_ouvres"}
CALENDAR = {"amount": 10, "unit": "jours_calendaires"}
NONE = {"unit": "aucun"}


def test_a_limit_is_read_from_what_a_procedure_stores() -> None:
    raw = {"readings": [WORKED, CALENDAR], "roll_over": True, "favours": "complainant"}
    limit = parse_limit(raw)
    assert limit.readings == (Reading(15, Unit.WORKED_DAYS), Reading(10, Unit.CALENDAR_DAYS))
    assert (limit.roll_over, limit.favours) == (True, "complainant")
    assert limit.as_dict() == raw


def test_a_limit_binds_the_organisation_without_roll_over_unless_said() -> None:
    assert parse_limit({"readings": [WORKED]}) == Limit(
        (Reading(15, Unit.WORKED_DAYS),), roll_over=False, favours="organisation"
    )


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        {"readings": []},
        {"readings": "15 jours_ouvres"},
        {"readings": ["15 jours_ouvres"]},
        {"readings": [{"amount": 15}]},
        {"readings": [{"unit": "jours_ouvres"}]},
        {"readings": [{**WORKED, "amount": "15"}]},
        {"readings": [{**WORKED, "amount": True}]},
        {"readings": [{**WORKED, "amount": 1.5}]},
        {"readings": [{**WORKED, "amount": -1}]},
        {"readings": [{**WORKED, "amount": 10**9}]},
        {"readings": [{**WORKED, "unit": "semaines"}]},
        {"readings": [{**WORKED, "unit": ["jours_ouvres"]}]},
        {"readings": [{**WORKED, "from": "réception"}]},
        {"readings": [WORKED, WORKED]},
        {"readings": [WORKED, NONE]},
        {"readings": [{"amount": 3, "unit": "aucun"}]},
        {"readings": [WORKED], "roll_over": "oui"},
        {"readings": [WORKED], "favours": "mediator"},
        {"readings": [WORKED], "report": True},
    ],
)
def test_what_is_not_a_limit_is_refused_in_one_french_sentence(raw: object) -> None:
    with pytest.raises(LimitError) as refused:
        parse_limit(raw)
    words = str(refused.value)
    assert words[0].isupper() or words[0] in "«1"
    assert words.endswith(".")
    assert "\n" not in words


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("15 jours_ouvres", Reading(15, Unit.WORKED_DAYS)),
        ("  3   jours_ouvrables ", Reading(3, Unit.WORKABLE_DAYS)),
        ("0 jours_calendaires", Reading(0, Unit.CALENDAR_DAYS)),
        ("2 mois", Reading(2, Unit.MONTHS)),
        ("1 ans", Reading(1, Unit.YEARS)),
        ("aucun", Reading(0, Unit.NONE)),
    ],
)
def test_a_reading_is_two_words(text: str, reading: Reading) -> None:
    assert parse_reading(text) == reading


@pytest.mark.parametrize(
    "text",
    [
        "",
        "15",
        "jours_ouvres",
        "15 jours ouvrés",
        "quinze jours_ouvres",
        "15 jours",
        "1.5 mois",
        "٣ mois",
        "-2 mois",
        "--2 mois",
        "1201 mois",
        "101 ans",
        "9999999999999999 mois",
        "3 aucun",
    ],
)
def test_what_is_not_a_reading_is_refused(text: str) -> None:
    with pytest.raises(LimitError):
        parse_reading(text)


def test_an_unknown_unit_is_told_the_ones_that_exist() -> None:
    with pytest.raises(LimitError) as refused:
        parse_reading("3 semaines")
    assert str(refused.value) == (
        "L’unité «\u00a0semaines\u00a0» n’existe pas\u00a0: choisissez parmi jours_ouvres,"
        " jours_ouvrables, jours_calendaires, mois, ans, aucun."
    )


@pytest.mark.parametrize(
    ("reading", "told"),
    [
        ({"amount": None, "unit": "mois"}, "Il manque le nombre de la durée."),
        ({"amount": 3, "unit": ""}, "Il manque l’unité de la durée."),
        ({"amount": 3, "unit": None}, "Il manque l’unité de la durée."),
    ],
)
def test_what_a_draft_does_not_say_yet_is_told_so(reading: dict[str, object], told: str) -> None:
    with pytest.raises(LimitError) as refused:
        parse_limit({"readings": [reading]})
    assert str(refused.value) == told


@pytest.mark.parametrize(
    ("texts", "favours", "words"),
    [
        (["15 jours_ouvres"], "organisation", "15 jours ouvrés"),
        (["1 jours_ouvrables"], "organisation", "1 jour ouvrable"),
        (["1 mois"], "organisation", "1 mois"),
        (["1 ans"], "organisation", "1 an"),
        (["2 ans"], "organisation", "2 ans"),
        (["0 jours_ouvres"], "organisation", "le jour même"),
        (["aucun"], "organisation", "sans délai chiffré"),
        (
            ["5 jours_ouvres", "10 jours_calendaires"],
            "organisation",
            "5 jours ouvrés ou 10 jours calendaires, la date la plus proche",
        ),
        (
            ["5 jours_ouvres", "10 jours_calendaires", "1 mois"],
            "complainant",
            "5 jours ouvrés, 10 jours calendaires ou 1 mois, la date la plus lointaine",
        ),
    ],
)
def test_a_limit_is_said_in_french(texts: list[str], favours: str, words: str) -> None:
    assert phrase(Limit(tuple(map(parse_reading, texts)), favours=favours)) == words


def test_a_limit_is_made_of_readings_only() -> None:
    with pytest.raises(LimitError):
        Limit(("15 jours_ouvres",))
