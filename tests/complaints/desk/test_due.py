"""How near a day is, read without a colour."""

from datetime import date

import pytest

from complaints.desk.due import due_words

TODAY = date(2026, 3, 30)


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (date(2026, 3, 20), "en retard de 10 jours", "late"),
        (date(2026, 3, 29), "en retard de 1 jour", "late"),
        (date(2026, 3, 30), "aujourd’hui", "today"),
        (date(2026, 3, 31), "demain", "soon"),
        (date(2026, 4, 2), "dans 3 jours", "soon"),
        (date(2026, 4, 3), "dans 4 jours", "later"),
        (None, "aucune", "none"),
    ],
)
def test_a_day_is_said_in_words(day: date | None, words: str, tone: str) -> None:
    due = due_words(day, TODAY)
    assert (due.words, due.tone, due.on) == (words, tone, day)


def test_each_tone_has_its_sign_besides_its_colour() -> None:
    days = (date(2026, 3, 1), TODAY, date(2026, 4, 1), date(2026, 5, 1), None)
    signs = {due_words(day, TODAY).icon for day in days}
    assert signs == {"warning", "time", "calendar", "minus"}
