"""`manage.py send_alarms`: the digest for who has no Django-Q, once a day as well."""

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django_q.models import Schedule

from tests.factories import World, paris


def test_it_writes_once_a_day_and_says_to_how_many(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    get_user_model().objects.create_superuser("root", "root@site.example", "x")
    Schedule.objects.all().delete()
    with time_machine.travel(paris("2026-03-30 07:10"), tick=False):
        call_command("send_alarms")
        call_command("send_alarms")
    assert capsys.readouterr().out == (
        "1 administrateur(s) prévenu(s).\n0 administrateur(s) prévenu(s).\n"
    )
