"""What looks like a number, and what a number leads to."""

import pytest

from complaints.models import Dossier
from complaints.register.queue import is_number, numbered, searched
from tests.factories import World, file, paris, play

MONDAY = paris("2026-03-30 09:00")


@pytest.mark.parametrize(
    "text", ["CS-", "cs-2026", "CS-2026-0001", " CS-2026-0001 ", "R-2026-0007", "r-2026-7"]
)
def test_these_are_numbers(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "C", "CS", "2026", "attestation", "CS 2026", "-", "R-"])
def test_these_are_words(text: str) -> None:
    assert not is_number(text)


@pytest.mark.django_db
def test_a_register_number_leads_to_its_year_and_rank() -> None:
    assert numbered("R-2026-0007", entry="") == {"year": 2026, "number": 7}


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["CS-2026-0001", "cs-2026-0001", "CS-2026", "R-2026-0001"])
def test_a_dossier_is_found_by_either_number(world: World, text: str) -> None:
    dossier = play(world, file(world, at=MONDAY).dossier, "inscrire", at=MONDAY)
    assert list(searched(Dossier.objects.all(), text)) == [dossier]


@pytest.mark.django_db
def test_another_number_that_begins_alike_is_told_apart(world: World) -> None:
    dossiers = [file(world, at=MONDAY).dossier for _ in range(11)]
    found = searched(Dossier.objects.all(), "CS-2026-001")
    assert [dossier.reference for dossier in found.order_by("reference")] == [
        "CS-2026-0010",
        "CS-2026-0011",
    ]
    assert list(searched(Dossier.objects.all(), "CS-2026-0001")) == [dossiers[0]]
