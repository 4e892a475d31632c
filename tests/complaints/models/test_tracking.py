"""Finding one's dossier again: with its number and its code, however they are typed."""

from collections.abc import Callable
from typing import Any

import pytest

from complaints.handling.filing import Filed
from complaints.models.tracking import find_tracked
from tests import factories
from tests.factories import paris


@pytest.fixture
def filed(world: Any) -> Filed:
    return factories.file(world, at=paris("2026-03-30 09:00"))


@pytest.mark.parametrize(
    "typed",
    [
        str,
        str.lower,
        lambda code: code.replace("-", " "),
        lambda code: f"  {code.replace('-', '')} ",
        lambda code: code.replace("O", "0").replace("I", "1"),
    ],
    ids=["as given", "small letters", "spaces", "in one go", "digits for letters"],
)
def test_a_code_may_be_typed_as_one_likes(
    world: Any, filed: Filed, typed: Callable[[str], str]
) -> None:
    reference = f" {filed.dossier.reference.lower()} "
    assert find_tracked(world.organisation, reference, typed(filed.code)) == filed.dossier


def test_a_code_opens_its_own_dossier_only(world: Any, other_world: Any, filed: Filed) -> None:
    neighbour = factories.file(world, at=paris("2026-03-30 09:00"))
    reference = filed.dossier.reference
    assert find_tracked(world.organisation, neighbour.dossier.reference, filed.code) is None
    assert find_tracked(world.organisation, reference, neighbour.code) is None
    assert find_tracked(other_world.organisation, reference, filed.code) is None
    assert find_tracked(world.organisation, "CS-2026-9999", filed.code) is None


@pytest.mark.parametrize("code", ["", "-", "AAAAA-AAAAA-AAAAA-AAAAA"])
def test_no_code_opens_nothing(world: Any, filed: Filed, code: str) -> None:
    assert find_tracked(world.organisation, filed.dossier.reference, code) is None


def test_the_code_itself_is_not_in_the_row(filed: Filed) -> None:
    assert filed.code.replace("-", "") not in filed.dossier.tracking_hash.upper()
    assert len(filed.code.replace("-", "")) == 20
