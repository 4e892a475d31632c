"""Numbers that are given once."""

from typing import Any

import pytest
from django.db import transaction

from complaints.models import Sequence


def test_numbers_follow_each_other_by_series_year_and_organisation(
    world: Any, other_world: Any
) -> None:
    ours, theirs = world.organisation, other_world.organisation
    taken = [
        Sequence.take(ours, "essai", 2026),
        Sequence.take(ours, "essai", 2026),
        Sequence.take(ours, "autre", 2026),
        Sequence.take(ours, "essai", 2027),
        Sequence.take(theirs, "essai", 2026),
        Sequence.take(ours, "essai", 2026),
    ]
    assert taken == [1, 2, 1, 1, 1, 3]


@transaction.atomic
def take_then_fail(world: Any) -> None:
    Sequence.take(world.organisation, "essai", 2026)
    raise ZeroDivisionError


def test_a_number_taken_in_vain_is_given_to_the_next_one(world: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        take_then_fail(world)
    assert Sequence.take(world.organisation, "essai", 2026) == 1
