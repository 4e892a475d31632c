"""`manage.py erase_expired`: the term of a dossier, kept without Django-Q too."""

from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from complaints.models import Dossier
from tests import factories
from tests.factories import paris


def test_a_dossier_past_its_term_is_erased_once(
    world: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    at = paris("2026-03-30 09:00")
    dossier = factories.file(world, at=at).dossier
    factories.play(world, dossier, "noter_retrait", at=at)
    for moment, said in (("2033-03-29 03:00", 0), ("2033-03-31 03:00", 1), ("2033-03-31 04:00", 0)):
        with time_machine.travel(paris(moment), tick=False):
            call_command("erase_expired")
        assert f"{said} dossier(s) effacé(s), " in capsys.readouterr().out
    assert Dossier.objects.get(pk=dossier.pk).phase == "erased"
