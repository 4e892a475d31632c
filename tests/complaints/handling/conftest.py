"""A dossier just filed, and a way to change the rules under which the next ones are."""

from datetime import datetime
from typing import Any

import pytest

from complaints.models import Dossier
from tests import factories

FILED_AT = factories.paris("2026-03-30 09:00")  # a Monday


@pytest.fixture
def filed_at() -> datetime:
    return FILED_AT


@pytest.fixture
def dossier(world: Any) -> Dossier:
    return factories.file(world, at=FILED_AT).dossier
