"""Without Django-Q, cron alone erases what has come to its term."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from complaints.handling import drafts
from complaints.handling.erasure import APART_KEPT
from complaints.models import Draft, Notice
from tests.factories import World


def begun(world: World) -> Draft:
    days = timedelta(days=world.organisation.draft_days)
    return Draft.objects.create(
        key=(key := uuid4()),
        resume_hash=key.hex,
        organisation=world.organisation,
        form_version=world.page.form.current,
        started_at=timezone.now(),
        saved_at=timezone.now(),
        purge_on=timezone.localdate() + days,
    )


def erased() -> str:
    told = StringIO()
    call_command("erase_expired", stdout=told)
    return told.getvalue()


def test_drafts_go_at_their_time_however_many(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "BATCH", 2)
    monkeypatch.setattr("complaints.management.commands.erase_expired.BATCH", 2)
    for _ in range(5):
        begun(world)
    assert "0 brouillon(s)" in erased()
    with time_machine.travel(timezone.now() + timedelta(days=world.organisation.draft_days + 2)):
        assert "5 brouillon(s)" in erased()
    assert not Draft.objects.exists()


def test_what_is_about_no_dossier_is_forgotten_after_a_year(world: World) -> None:
    Notice.objects.create(
        key="apart",
        organisation=world.organisation,
        to="a@exemple.example",
        next_attempt_at=None,
        created_at=timezone.now(),
    )
    erased()
    assert Notice.objects.exists()
    with time_machine.travel(timezone.now() + APART_KEPT + timedelta(days=1)):
        erased()
    assert not Notice.objects.exists()
