"""The day and the hour that staff type: on their clock, neither to come nor long ago."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from complaints.handling.arrival import (
    HOUR_NOT_YET,
    NO_SUCH_HOUR,
    NOT_YET,
    TOO_LONG_AGO,
    instant_of,
)
from tests.factories import PARIS, paris

NOW = paris("2026-04-10 11:00")


def instant(on: str, hour: str = "", now: datetime = NOW) -> datetime:
    typed = time.fromisoformat(hour) if hour else None
    return instant_of(date.fromisoformat(on), typed, clock=PARIS, now=now)


@pytest.mark.parametrize(
    ("on", "hour", "at"),
    [
        ("2026-04-08", "09:30", paris("2026-04-08 09:30")),
        ("2026-04-08", "", paris("2026-04-08 12:00")),
        ("2026-04-10", "11:00", NOW),
        ("2026-04-10", "", NOW),  # it is not noon yet
        ("2021-04-10", "", paris("2021-04-10 12:00")),
    ],
)
def test_a_day_and_an_hour_are_an_instant(on: str, hour: str, at: datetime) -> None:
    assert instant(on, hour) == at


def test_the_day_is_that_of_the_organisation() -> None:
    """A quarter past midnight in Paris is still the day before in UTC."""
    now = datetime(2026, 4, 9, 22, 15, tzinfo=UTC)
    assert instant("2026-04-10", "00:10", now) == paris("2026-04-10 00:10")


@pytest.mark.parametrize(
    ("on", "hour", "field", "sentence"),
    [
        ("2026-04-11", "", "on", NOT_YET),
        ("2026-04-10", "11:01", "hour", HOUR_NOT_YET),
        ("2021-04-09", "", "on", TOO_LONG_AGO),
        ("0026-04-08", "", "on", TOO_LONG_AGO),
        ("2026-03-29", "02:30", "hour", NO_SUCH_HOUR),
    ],
)
def test_what_cannot_be_is_refused_next_to_it(
    on: str, hour: str, field: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        instant(on, hour)
    assert refusal.value.message_dict == {field: [sentence]}


def test_of_the_hour_that_comes_twice_the_first() -> None:
    at = instant("2025-10-26", "02:30")
    assert at.astimezone(UTC) == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


def test_five_years_before_the_29th_of_february_is_a_day() -> None:
    now = paris("2028-02-29 11:00")
    assert instant("2023-02-28", "", now) == paris("2023-02-28 12:00")
