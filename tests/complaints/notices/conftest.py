"""The mail server of these tests, and a dossier whose notices wait in the outbox."""

from typing import Any

import pytest

from complaints.models import Dossier, Notice
from tests import factories
from tests.smtp_sink import smtp_sink

__all__ = ["smtp_sink"]

FILED_AT = factories.paris("2026-03-30 09:00")


@pytest.fixture
def dossier(world: Any) -> Dossier:
    return factories.file(world, at=FILED_AT).dossier


@pytest.fixture
def receipt(dossier: Dossier) -> Notice:
    """The complainant's own, the one with a PDF."""
    return dossier.notices.get(letter__isnull=False)


@pytest.fixture
def for_alice(dossier: Dossier) -> Notice:
    """The moderator's: text alone."""
    return dossier.notices.get(to__startswith="alice@")
