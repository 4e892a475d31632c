"""`manage.py send_digests`: the mails of the morning, written once a day."""

from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from tests import factories
from tests.factories import paris


def test_the_mails_are_written_once_then_leave_with_the_others(
    world: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    factories.file(world, at=paris("2026-03-30 09:00"))
    with time_machine.travel(paris("2026-04-01 07:00"), tick=False):
        call_command("send_notices")
        mail.outbox.clear()
        call_command("send_digests")
        call_command("send_digests")
        call_command("send_notices")
    said = capsys.readouterr().out
    assert "1 récapitulatif(s) écrit(s).\n0 récapitulatif(s) écrit(s).\n" in said
    assert [message.subject for message in mail.outbox] == ["Vos dossiers : 1 aujourd’hui"]
