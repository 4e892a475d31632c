"""A due day that people moved: later with reasons, earlier by the team, never the other way."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from complaints.sla import (
    Due,
    Limit,
    StepKind,
    due,
    parse_reading,
    prolonged,
    sentence,
    shortened,
    table,
)
from tests.complaints.sla.known import calendar

LIMIT = Limit((parse_reading("30 jours_calendaires"),))
CALENDAR = calendar()
FOUND = due(LIMIT, datetime.fromisoformat("2026-03-30T09:00:00+02:00"), CALENDAR)  # 29 April


def said(found: Due) -> str:
    return sentence(found, LIMIT, "Nous devons vous répondre").replace("\u00a0", " ")


def test_a_prolonged_limit_is_late_from_the_day_after_its_new_day() -> None:
    found = prolonged(FOUND, date(2026, 5, 29), CALENDAR)
    assert found.due_on == date(2026, 5, 29)
    assert found.late_from == datetime(2026, 5, 29, 22, tzinfo=UTC)


def test_the_sentence_says_where_the_limit_ended_and_that_it_was_prolonged() -> None:
    assert said(prolonged(FOUND, date(2026, 5, 29), CALENDAR)) == (
        "Nous devons vous répondre au plus tard le vendredi 29 mai 2026 : 30 jours calendaires"
        " après le 30 mars 2026 ; ce délai finissait le mercredi 29 avril 2026,"
        " nous l’avons prolongé et vous avons écrit pourquoi."
    )


def test_the_sentence_says_that_the_team_brought_it_nearer() -> None:
    assert said(shortened(FOUND, date(2026, 4, 10), CALENDAR)).endswith(
        " ; ce délai finissait le mercredi 29 avril 2026, nous avons fixé une date plus proche."
    )


def test_the_table_shows_the_move_between_the_count_and_the_end() -> None:
    rows = table(prolonged(FOUND, date(2026, 5, 29), CALENDAR))
    assert [(row.when, row.what.replace("\u00a0", " ")) for row in rows[-2:]] == [
        ("vendredi 29 mai 2026", "Prolongation : le délai finissait le mercredi 29 avril 2026"),
        ("vendredi 29 mai 2026", "Échéance (30 jours calendaires), en retard dès le lendemain"),
    ]


def test_prolonged_twice_each_move_is_kept() -> None:
    twice = prolonged(prolonged(FOUND, date(2026, 5, 29), CALENDAR), date(2026, 6, 29), CALENDAR)
    moves = [step for step in twice.steps if step.kind == StepKind.EXTENSION]
    assert [(step.from_on, step.to_on) for step in moves] == [
        (date(2026, 4, 29), date(2026, 5, 29)),
        (date(2026, 5, 29), date(2026, 6, 29)),
    ]


def test_a_limit_without_a_day_cannot_be_moved() -> None:
    none = due(Limit((parse_reading("aucun"),)), datetime(2026, 3, 30, tzinfo=UTC), CALENDAR)
    assert prolonged(none, date(2026, 5, 1), CALENDAR) is none
    assert shortened(none, date(2026, 4, 1), CALENDAR) is none


def test_a_moved_limit_is_read_back_as_it_was_stored() -> None:
    found = prolonged(FOUND, date(2026, 5, 29), CALENDAR)
    assert Due.from_dict(found.as_dict()) == found


@given(st.integers(-40, 40))
def test_prolonging_never_brings_nearer_and_shortening_never_lengthens(days: int) -> None:
    day = FOUND.due_on + timedelta(days=days)
    assert prolonged(FOUND, day, CALENDAR).due_on == max(day, FOUND.due_on)
    assert shortened(FOUND, day, CALENDAR).due_on == min(day, FOUND.due_on)
