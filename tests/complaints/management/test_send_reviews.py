"""`manage.py send_reviews`: what is to be read again, told once a week."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from complaints.models import Procedure
from tests.factories import paris


def test_editors_are_told_once_what_is_to_be_read_again(
    world: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    Procedure.objects.update(review_months=12, reviewed_on=date(2025, 4, 10))
    with time_machine.travel(paris("2026-04-01 07:00"), tick=False):
        call_command("send_reviews")
        call_command("send_reviews")
    said = capsys.readouterr().out
    assert said == "2 relecture(s) écrite(s).\n0 relecture(s) écrite(s).\n"  # bob and diane
