"""A dossier just filed, and a way to change the rules under which the next ones are."""

from datetime import datetime
from typing import Any

import pytest

from complaints.models import Dossier
from tests import factories
from tests.clamd_stub import clamd

__all__ = ["clamd"]

FILED_AT = factories.paris("2026-03-30 09:00")  # a Monday


@pytest.fixture
def filed_at() -> datetime:
    return FILED_AT


@pytest.fixture
def dossier(world: Any) -> Dossier:
    return factories.file(world, at=FILED_AT).dossier


@pytest.fixture
def registered(world: Any, dossier: Dossier) -> Dossier:
    """Acknowledged and entered in the register."""
    return factories.play(world, dossier, "accuser", "inscrire", at=FILED_AT)


@pytest.fixture
def decided(world: Any, registered: Dossier) -> Dossier:
    """Admissible, decided in favour of the complainant."""
    return factories.play(world, registered, *factories.WHOLE_LIFE[2:4], at=FILED_AT)


@pytest.fixture
def answered(world: Any, decided: Dossier) -> Dossier:
    """A measure is planned, the response has left."""
    return factories.play(world, decided, *factories.WHOLE_LIFE[4:7], at=FILED_AT)


@pytest.fixture
def closed(world: Any, answered: Dossier) -> Dossier:
    return factories.play(world, answered, *factories.WHOLE_LIFE[7:], at=FILED_AT)
