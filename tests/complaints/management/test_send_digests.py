"""`manage.py send_digests`: the mails of the morning, written once a day."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from complaints.models import Procedure
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
    assert "1 récapitulatif(s) et 0 relecture(s)" in said
    assert "0 récapitulatif(s) et 0 relecture(s)" in said
    assert [message.subject for message in mail.outbox] == ["Vos dossiers : 1 aujourd’hui"]


def test_editors_are_told_what_is_to_be_read_again(
    world: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    Procedure.objects.update(review_months=12, reviewed_on=date(2025, 4, 10))
    with time_machine.travel(paris("2026-04-01 07:00"), tick=False):
        call_command("send_digests")
    assert "2 relecture(s)" in capsys.readouterr().out  # bob and diane
