"""`manage.py send_notices`: what waits leaves; what failed leaves when a person says so."""

from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from complaints.models import Notice
from tests import factories
from tests.factories import paris

AT = paris("2026-03-30 09:00")


@pytest.fixture(autouse=True)
def _filed(world: Any) -> None:
    factories.file(world, at=AT)


def test_what_waits_leaves_once(capsys: pytest.CaptureFixture[str]) -> None:
    with time_machine.travel(AT, tick=False):
        call_command("send_notices")
        call_command("send_notices")
    assert capsys.readouterr().out == "3 envoi(s) tenté(s).\n0 envoi(s) tenté(s).\n"
    assert len(mail.outbox) == 3


def test_what_failed_leaves_only_when_it_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    Notice.objects.update(state="failed", next_attempt_at=None)
    with time_machine.travel(AT, tick=False):
        call_command("send_notices")
        assert mail.outbox == []
        call_command("send_notices", failed=True)
    assert "3 envoi(s) en échec repris.\n3 envoi(s) tenté(s).\n" in capsys.readouterr().out
    assert len(mail.outbox) == 3
