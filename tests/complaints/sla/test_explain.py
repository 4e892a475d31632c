"""The words: the one sentence a complainant reads."""

from datetime import UTC, date, datetime

import pytest

from complaints.sla import FROM, Limit, Pause, due, parse_reading, sentence
from tests.complaints.sla.known import calendar

DUTY, RIGHT = "Nous devons vous répondre", "Vous pouvez faire appel"
ROLLED = (
    "la date est reportée au premier jour suivant"
    " qui n’est ni un samedi, ni un dimanche, ni un jour férié."
)


def said(
    start: str,
    *texts: str,
    what: str = DUTY,
    roll_over: bool = False,
    favours: str = "organisation",
    pauses: tuple[Pause, ...] = (),
    week: frozenset[int] = frozenset(range(5)),
) -> str:
    limit = Limit(tuple(map(parse_reading, texts)), roll_over, favours)
    started_at = datetime.fromisoformat(f"{start}T10:00:00+00:00")
    found = due(limit, started_at, calendar(week=week), pauses)
    return sentence(found, limit, what).replace("\u00a0", " ")


def test_worked_days_name_the_holidays_they_met() -> None:
    assert said("2025-04-24", "15 jours_ouvres") == (
        "Nous devons vous répondre au plus tard le lundi 19 mai 2025 : 15 jours ouvrés après"
        " le 24 avril 2025, sans compter les week-ends ni les jours fériés (1er mai, 8 mai)."
    )


def test_workable_days_leave_out_sundays_only() -> None:
    assert said("2026-06-08", "1 jours_ouvrables") == (
        "Nous devons vous répondre au plus tard le mardi 9 juin 2026 : 1 jour ouvrable après"
        " le 8 juin 2026, sans compter les dimanches ni les jours fériés."
    )


def test_an_unusual_week_is_said_day_by_day() -> None:
    assert said("2026-06-05", "2 jours_ouvres", week=frozenset(range(1, 6))) == (
        "Nous devons vous répondre au plus tard le mardi 9 juin 2026 : 2 jours ouvrés après"
        " le 5 juin 2026, sans compter les lundis, les dimanches ni les jours fériés."
    )


def test_a_long_count_does_not_recite_every_holiday() -> None:
    assert "sans compter les week-ends ni les 12 jours fériés de la période." in said(
        "2026-03-30", "290 jours_ouvres"
    )


def test_calendar_days_count_them_all() -> None:
    assert said("2026-03-30", "45 jours_calendaires") == (
        "Nous devons vous répondre au plus tard le jeudi 14 mai 2026 :"
        " 45 jours calendaires après le 30 mars 2026."
    )


@pytest.mark.parametrize(
    ("start", "text", "words"),
    [
        ("2026-01-31", "1 mois", "31 janvier 2026, c’est-à-dire le dernier jour de février."),
        ("2026-03-31", "1 mois", "31 mars 2026, c’est-à-dire le dernier jour d’avril."),
        ("2027-04-30", "1 mois", "30 avril 2027."),
        ("2028-02-29", "1 ans", "29 février 2028, c’est-à-dire le dernier jour de février."),
    ],
)
def test_a_month_too_short_is_explained(start: str, text: str, words: str) -> None:
    assert said(start, text).endswith(f" après le {words}")


def test_a_roll_over_says_which_day_it_left_and_why() -> None:
    assert said("2026-04-29", "15 jours_calendaires", what=RIGHT, roll_over=True) == (
        "Vous pouvez faire appel au plus tard le vendredi 15 mai 2026 : 15 jours calendaires"
        " après le 29 avril 2026 ; comme le délai finit le jeudi 14 mai 2026,"
        f" jour férié (Ascension), {ROLLED}"
    )
    assert said("2027-05-06", "1 ans", what=RIGHT, roll_over=True) == (
        "Vous pouvez faire appel au plus tard le mardi 9 mai 2028 : 1 an après le 6 mai 2027 ;"
        f" comme le délai finit le samedi 6 mai 2028, {ROLLED}"
    )


def test_the_same_day_is_said_so() -> None:
    assert said("2026-06-08", "0 jours_ouvres") == (
        "Nous devons vous répondre au plus tard le lundi 8 juin 2026 : le jour même."
    )


@pytest.mark.parametrize(
    ("favours", "day", "which"),
    [
        ("organisation", "vendredi 15 mai 2026 : 5 jours ouvrés", "la date la plus proche"),
        ("complainant", "samedi 16 mai 2026 : 10 jours calendaires", "la date la plus lointaine"),
    ],
)
def test_several_readings_say_which_one_was_kept(favours: str, day: str, which: str) -> None:
    words = said("2026-05-06", "5 jours_ouvres", "10 jours_calendaires", favours=favours)
    assert words.startswith(f"{DUTY} au plus tard le {day} après le 6 mai 2026")
    assert words.endswith(f" ; entre 5 jours ouvrés et 10 jours calendaires, c’est {which}.")


def test_a_pause_is_told_by_its_days() -> None:
    pause = Pause(date(2026, 6, 3), date(2026, 6, 5))
    assert said("2026-06-01", "10 jours_ouvres", pauses=(pause,)) == (
        "Nous devons vous répondre au plus tard le mercredi 17 juin 2026 : 10 jours ouvrés"
        " après le 1er juin 2026, sans compter les week-ends, les jours fériés"
        " ni la suspension du 4 au 5 juin 2026."
    )


def test_two_pauses_one_of_a_single_day_over_months() -> None:
    pauses = (
        Pause(date(2026, 9, 9), date(2026, 9, 10)),
        Pause(date(2026, 9, 29), date(2026, 10, 2)),
    )
    assert said("2026-09-01", "1 mois", pauses=pauses) == (
        "Nous devons vous répondre au plus tard le lundi 5 octobre 2026 : 1 mois après le"
        " 1er septembre 2026, sans compter les suspensions du 10 septembre 2026"
        " et du 30 septembre au 2 octobre 2026."
    )


def test_a_pause_without_effect_is_not_mentioned() -> None:
    weekend = Pause(date(2026, 6, 5), date(2026, 6, 7))
    assert "suspension" not in said("2026-06-01", "10 jours_ouvres", pauses=(weekend,))


def test_an_open_pause_says_what_remains() -> None:
    assert said("2026-09-01", "30 jours_calendaires", pauses=(Pause(date(2026, 9, 10)),)) == (
        "Nous devons vous répondre, mais le délai est suspendu depuis le 11 septembre 2026 :"
        " il restera 21 jours calendaires à compter sur 30, quand la suspension prendra fin."
    )
    assert "il restera 1 jour calendaire à compter sur 61," in said(
        "2026-09-01", "2 mois", pauses=(Pause(date(2026, 10, 31)),)
    )


def test_an_open_pause_over_several_readings_gives_both() -> None:
    pauses = (Pause(date(2026, 9, 2)),)
    assert said("2026-09-01", "5 jours_ouvres", "10 jours_calendaires", pauses=pauses) == (
        "Nous devons vous répondre, mais le délai (5 jours ouvrés ou 10 jours calendaires, la date"
        " la plus proche) est suspendu depuis le 3 septembre 2026 :"
        " la date sera fixée quand la suspension prendra fin."
    )


def test_no_amount_is_no_date() -> None:
    assert said("2026-09-01", "aucun") == "Nous devons vous répondre, sans délai chiffré."


def test_typography_keeps_its_spaces() -> None:
    limit = Limit((parse_reading("1 ans"),))
    found = due(limit, datetime(2026, 6, 1, tzinfo=UTC), calendar())
    assert "2027\u00a0: 1 an" in sentence(found, limit, DUTY)


def test_where_the_end_of_a_limit_opens_a_way_the_sentence_turns() -> None:
    limit = Limit((parse_reading("2 mois"),))
    found = due(limit, datetime(2026, 6, 1, tzinfo=UTC), calendar())
    assert sentence(found, limit, "Vous pouvez saisir le médiateur", FROM).startswith(
        "Vous pouvez saisir le médiateur à partir du dimanche 2 août 2026"
    )


def test_a_pause_over_the_new_year_gives_both_years() -> None:
    pause = Pause(date(2026, 12, 30), date(2027, 1, 4))
    assert "la suspension du 31 décembre 2026 au 4 janvier 2027." in said(
        "2026-12-28", "15 jours_calendaires", pauses=(pause,)
    )
