"""`manage.py send_digests`: the mails of the morning, written once a day."""

from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from complaints.models import Notice
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


def test_what_no_scan_has_seen_yet_is_noted_first(world: Any) -> None:
    """As the scheduled task does: cron may not have scanned that night."""
    dossier = factories.file(world, at=paris("2026-03-30 09:00")).dossier
    with time_machine.travel(paris("2026-05-04 07:00"), tick=False):
        call_command("send_digests")
    assert dossier.deadlines.get(key="mediation_ouverte").state == "ended"
    assert Notice.objects.filter(
        key__startswith="digest:", subject__contains="délai écoulé"
    ).exists()
