"""The years this product counts in, so that no date ever leaves what a calendar can write."""

from datetime import date

FIRST_YEAR = 1900
LAST_YEAR = 2200


def is_countable(on: date) -> bool:
    return FIRST_YEAR <= on.year <= LAST_YEAR
