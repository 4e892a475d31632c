"""The administrators' digest: once a day, to those who can mend it, in words safe to mail."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django_q.models import OrmQ, Schedule
from django_q.status import Stat

from complaints.handling.alarms import send_alarms
from complaints.handling.dispatch import send_waiting
from complaints.models import Notice
from tests.factories import World, paris

AT = paris("2026-03-30 07:10")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def root(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The one who installs the site, where a cluster runs and its queue is empty."""
    monkeypatch.setattr(Stat, "get_all", lambda: [object()])
    OrmQ.objects.all().delete()
    return get_user_model().objects.create_superuser("root", "root@site.example", "x")


@pytest.fixture
def broken(root: Any) -> None:
    """One thing: a schedule was deleted."""
    Schedule.objects.filter(name="Effacement").delete()


def failed_notice(world: World, **fields: Any) -> Notice:
    """Of yesterday."""
    return Notice.objects.create(
        organisation=world.organisation,
        key="failed",
        message_id="failed",
        to="dora@exemple.example",
        state=Notice.State.FAILED,
        created_at=AT - DAY,
        **fields,
    )


def test_nothing_is_written_when_nothing_is_wrong() -> None:
    assert send_alarms(AT) == 0
    assert not Notice.objects.filter(key__startswith="broken:").exists()


def test_what_is_wrong_is_written_with_what_to_do(root: Any, broken: None) -> None:
    assert send_alarms(AT) == 1
    notice = Notice.objects.get()
    assert (notice.key, notice.to) == (f"broken:{root.pk}:2026-03-30", "root@site.example")
    assert (notice.organisation, notice.dossier) == (None, None)
    assert notice.subject == "Doléances : une chose ne va pas"
    assert "Le 30/03/2026 à 07:10, voici ce qui ne va pas" in notice.body
    assert "1. La tâche planifiée «\u00a0Effacement\u00a0» manque." in notice.body
    assert "   Lancez «\u00a0manage.py prepare\u00a0»" in notice.body


def test_it_leaves_as_any_other(broken: None) -> None:
    send_alarms(AT)
    assert OrmQ.objects.count() == 1
    assert send_waiting(AT) == 1
    (message,) = mail.outbox
    assert message.to == ["root@site.example"]
    assert message.from_email.startswith("=?utf-8?q?Dol=C3=A9ances?= <")


def test_it_is_written_once_a_day(broken: None) -> None:
    assert [send_alarms(AT), send_alarms(AT), send_alarms(AT + DAY / 2)] == [1, 0, 0]
    assert Notice.objects.count() == OrmQ.objects.count() == 1
    assert send_alarms(AT + DAY) == 1


def test_several_things_are_counted_and_lead_to_their_screens(
    world: World, broken: None, settings: Any
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://site.example"
    failed_notice(world)
    send_alarms(AT)
    notice = Notice.objects.get(key__startswith="broken:")
    assert notice.subject == "Doléances : 2 choses ne vont pas"
    assert "https://site.example/gestion/envois/?state=failed&state=bounced\n" in notice.body
    assert "https://site.example/gestion/\n" in notice.body


def test_what_a_mail_server_said_is_not_mailed(world: World) -> None:
    failed_notice(world, last_error="550 <dora@exemple.example> inconnue")
    assert send_alarms(AT) == 1
    assert "dora@" not in Notice.objects.get(key__startswith="broken:").body


@pytest.mark.parametrize(
    "changes", [{"is_active": False}, {"email": ""}, {"is_superuser": False, "is_staff": True}]
)
def test_only_administrators_who_can_be_written_to_are_told(
    root: Any, broken: None, changes: dict[str, Any]
) -> None:
    type(root).objects.filter(pk=root.pk).update(**changes)
    assert send_alarms(AT) == 0
    assert not Notice.objects.exists()


def test_each_administrator_is_told(broken: None) -> None:
    get_user_model().objects.create_superuser("other", "other@site.example", "x")
    assert send_alarms(AT) == 2
    assert {notice.to for notice in Notice.objects.all()} == {
        "root@site.example",
        "other@site.example",
    }


def test_one_who_came_since_is_told_too(broken: None) -> None:
    send_alarms(AT)
    get_user_model().objects.create_superuser("other", "other@site.example", "x")
    assert send_alarms(AT) == 1
