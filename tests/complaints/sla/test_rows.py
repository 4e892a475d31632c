"""The table the staff check: each stretch, each day passed over, what a pause cost."""

from datetime import date, datetime

from complaints.sla import Limit, Pause, due, parse_reading, table
from tests.complaints.sla.known import calendar


def rows(text: str, start: str, *pauses: Pause, roll_over: bool = False) -> list[tuple[str, str]]:
    limit = Limit(tuple(map(parse_reading, text.split(", "))), roll_over)
    found = due(limit, datetime.fromisoformat(f"{start}T10:00:00+00:00"), calendar(), pauses)
    return [(row.when, row.what.replace("\u00a0", " ")) for row in table(found)]


def test_the_table_lists_every_day_passed_over() -> None:
    assert rows("3 jours_ouvrables", "2027-05-05") == [
        ("mercredi 5 mai 2027", "Jour de l’événement, non compté"),
        ("du 6 au 11 mai 2027", "3 jours ouvrables (délai : 3 jours ouvrables)"),
        ("jeudi 6 mai 2027", "Jour férié, non compté : Ascension"),
        ("samedi 8 mai 2027", "Jour férié, non compté : Fête de la Victoire"),
        ("dimanche 9 mai 2027", "Week-end, non compté"),
        ("mardi 11 mai 2027", "Échéance (3 jours ouvrables), en retard dès le lendemain"),
    ]


def test_the_table_shows_stretches_pauses_and_holidays_that_cost_nothing() -> None:
    pause = Pause(date(2027, 5, 4), date(2027, 5, 5))
    assert rows("3 jours_ouvres", "2027-05-03", pause) == [
        ("lundi 3 mai 2027", "Jour de l’événement, non compté"),
        ("mardi 4 mai 2027", "1 jour ouvré (délai : 3 jours ouvrés)"),
        ("mercredi 5 mai 2027", "Suspension, 1 jour ouvré en moins dans le décompte"),
        ("du 6 au 10 mai 2027", "2 jours ouvrés (délai : 3 jours ouvrés)"),
        ("jeudi 6 mai 2027", "Jour férié, non compté : Ascension"),
        ("samedi 8 mai 2027", "Week-end, non compté (férié : Fête de la Victoire)"),
        ("dimanche 9 mai 2027", "Week-end, non compté"),
        ("lundi 10 mai 2027", "Échéance (3 jours ouvrés), en retard dès le lendemain"),
    ]


def test_the_table_follows_a_roll_over_to_its_end() -> None:
    assert rows("1 ans", "2027-05-06", roll_over=True)[1:] == [
        ("du 6 mai 2027 au 6 mai 2028", "1 an, de quantième à quantième (366 jours)"),
        ("mardi 9 mai 2028", "Report depuis le samedi 6 mai 2028"),
        ("samedi 6 mai 2028", "Week-end, non compté"),
        ("dimanche 7 mai 2028", "Week-end, non compté"),
        ("lundi 8 mai 2028", "Jour férié, non compté : Fête de la Victoire"),
        ("mardi 9 mai 2028", "Échéance (1 an), en retard dès le lendemain"),
    ]


def test_the_table_of_two_readings_shows_both_counts() -> None:
    whats = [what for _, what in rows("2 jours_ouvres, 5 jours_calendaires", "2026-06-08")]
    assert whats == [
        "Jour de l’événement, non compté",
        "2 jours ouvrés (délai : 2 jours ouvrés)",
        "5 jours calendaires (délai : 5 jours calendaires)",
        "Échéance (2 jours ouvrés), en retard dès le lendemain",
    ]


def test_the_table_of_an_open_pause_or_of_no_limit_has_no_due_day() -> None:
    weekend, open_one = Pause(date(2026, 6, 5), date(2026, 6, 7)), Pause(date(2026, 6, 9))
    assert [what for _, what in rows("9 jours_ouvres", "2026-06-05", weekend, open_one)][1:] == [
        "Suspension sans effet, aucun de ces jours n’aurait compté",
        "2 jours ouvrés (délai : 9 jours ouvrés)",
        "Suspension en cours, plus rien n’est compté",
    ]
    assert rows("aucun", "2026-06-05")[-1] == (
        "depuis le 5 juin 2026",
        "Aucun délai chiffré, aucune échéance",
    )


def test_months_broken_by_a_pause_are_counted_in_days() -> None:
    pause = Pause(date(2026, 9, 10), date(2026, 9, 20))
    assert [what for _, what in rows("1 mois", "2026-09-01", pause)] == [
        "Jour de l’événement, non compté",
        "1 mois, de quantième à quantième (30 jours)",
        "9 jours calendaires (délai : 1 mois)",
        "Suspension, 10 jours calendaires en moins dans le décompte",
        "21 jours calendaires (délai : 1 mois)",
        "Échéance (1 mois), en retard dès le lendemain",
    ]
