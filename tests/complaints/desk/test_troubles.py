"""What is broken, before the eyes of who can mend it; their own notices, and nobody else's."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.status import Stat

from complaints.handling.alarms import send_alarms
from complaints.models import Notice, Organisation
from tests.complaints.desk.conftest import words
from tests.factories import World

pytestmark = pytest.mark.django_db
PANEL = "Ce qui ne va pas"
STAFF = ("alice", "bob", "diane", "charlie")


@pytest.fixture
def root(log_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch) -> Client:
    """The one who installs the site, where a cluster runs and its queue is empty."""
    monkeypatch.setattr(Stat, "get_all", lambda: [object()])
    OrmQ.objects.all().delete()
    get_user_model().objects.create_superuser("root", "root@site.example", "x")
    return log_in("root")


@pytest.fixture
def broken(root: Client) -> None:
    """One thing: a schedule was deleted."""
    Schedule.objects.filter(name="Effacement").delete()


def home(client: Client) -> str:
    return words(client.get(reverse("wagtailadmin_home")))


def test_there_is_no_panel_when_all_is_well(root: Client) -> None:
    assert PANEL not in home(root)


def test_it_says_what_is_wrong_and_what_to_do(root: Client, broken: None) -> None:
    page = home(root)
    assert PANEL in page
    assert "La tâche planifiée « Effacement » manque. Lancez « manage.py prepare »" in page


def test_it_leads_to_the_screen_and_quotes_the_server(root: Client, world: World) -> None:
    Notice.objects.create(
        organisation=world.organisation,
        key="failed",
        message_id="failed",
        to="dora@exemple.example",
        state=Notice.State.FAILED,
        created_at=timezone.now(),
        last_error="550 <dora@exemple.example> inconnue",
    )
    page = root.get(reverse("wagtailadmin_home")).content.decode()
    assert 'href="/gestion/envois/?state=failed&amp;state=bounced"' in page
    assert "550 &lt;dora@exemple.example&gt; inconnue" in page


@pytest.mark.parametrize("login", STAFF)
def test_nobody_else_is_bothered(log_in: Callable[[str], Client], broken: None, login: str) -> None:
    assert PANEL not in home(log_in(login))


@pytest.mark.parametrize(("login", "shown"), [("root", True), *((name, False) for name in STAFF)])
def test_a_notice_of_no_organisation_is_seen_by_administrators_only(
    log_in: Callable[[str], Client], broken: None, login: str, shown: bool
) -> None:
    send_alarms(timezone.now())
    Notice.objects.update(state=Notice.State.FAILED, next_attempt_at=None)
    notice = Notice.objects.get(organisation=None)
    client = log_in(login)
    assert ("root@site.example" in words(client.get(reverse("envois:list")))) is shown
    client.post(reverse("envois:retry", args=[notice.pk]))
    notice.refresh_from_db()
    assert (notice.state == Notice.State.QUEUED) is shown


def test_an_administrator_has_an_outbox_before_any_organisation(
    root: Client, broken: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_alarms(timezone.now())
    monkeypatch.setattr(Organisation.objects, "all", Organisation.objects.none)
    assert "root@site.example" in words(root.get(reverse("envois:list")))
