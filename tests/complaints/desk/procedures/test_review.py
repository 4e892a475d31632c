"""An editor says that the procedure was read and stays as it is; an auditor finds it again."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry

from complaints.models import Procedure
from complaints.models.procedure import STREAMS
from tests.complaints.desk.conftest import words
from tests.factories import World
from tests.posted import as_posted

pytestmark = pytest.mark.django_db
SPACE = "wagtailsnippets_complaints_procedure"
BUTTON = "Je l’ai relue : rien à changer"


@pytest.fixture
def procedure(world: World) -> Procedure:
    """To be read each year; last read eleven months and a half ago."""
    procedure = world.page.procedure
    procedure.review_months = 12
    procedure.reviewed_on = timezone.localdate() - timedelta(days=355)
    procedure.save(update_fields=["review_months", "reviewed_on"])
    return procedure


def screen(procedure: Procedure, name: str = "review") -> str:
    return reverse(f"{SPACE}:{name}", args=[procedure.pk])


def say_read(client: Client, procedure: Procedure, seen: object = None) -> HttpResponse:
    """Press the button, having seen the version in force."""
    data = {"seen": procedure.current.number if seen is None else seen}
    return client.post(screen(procedure), data, follow=True)


def read_on(procedure: Procedure) -> date | None:
    return Procedure.objects.values_list("reviewed_on", flat=True).get(pk=procedure.pk)


def reviews_of(procedure: Procedure) -> int:
    return registry.get_logs_for_instance(procedure).filter(action="complaints.review").count()


def test_the_screen_says_what_is_in_force_and_when_it_is_read_next(
    bob: Client, procedure: Procedure
) -> None:
    page = words(bob.get(screen(procedure)))
    version = procedure.current
    assert f"{procedure.reference} {procedure.title}" in page
    assert f"Version {version.number}, depuis le" in page
    assert f"{procedure.review_due_on:%d/%m/%Y} dans " in page
    assert BUTTON in page
    assert screen(procedure, "edit") in bob.get(screen(procedure)).content.decode()


def test_one_button_says_it_was_read(bob: Client, procedure: Procedure) -> None:
    answer = say_read(bob, procedure)
    assert "Votre relecture est notée dans l’historique." in answer.content.decode()
    assert read_on(procedure) == timezone.localdate()
    page = words(answer)
    assert "Elle a été relue aujourd’hui." in page
    assert BUTTON not in page


def test_the_history_shows_who_read_it(bob: Client, procedure: Procedure) -> None:
    say_read(bob, procedure)
    page = words(bob.get(screen(procedure, "history")))
    number = procedure.current.number
    assert f"Relue sans changement (version {number}) Bob Il y a" in page


def test_twice_is_once(bob: Client, procedure: Procedure) -> None:
    say_read(bob, procedure)
    assert "a déjà été relue aujourd’hui" in say_read(bob, procedure).content.decode()
    assert reviews_of(procedure) == 1


@pytest.mark.parametrize("seen", ["0", "", "beaucoup", "9" * 30])
def test_who_read_another_version_has_not_read_this_one(
    bob: Client, procedure: Procedure, seen: str
) -> None:
    answer = say_read(bob, procedure, seen)
    assert "c’est elle qu’il faut relire" in answer.content.decode()
    assert reviews_of(procedure) == 0


def test_what_is_not_in_force_cannot_be_read(bob: Client, procedure: Procedure) -> None:
    Procedure.objects.filter(pk=procedure.pk).update(live=False)
    page = words(bob.get(screen(procedure)))
    assert "Cette procédure n’est pas publiée" in page
    assert BUTTON not in page
    say_read(bob, procedure)
    assert reviews_of(procedure) == 0


def test_a_draft_that_waits_is_told(bob: Client, procedure: Procedure) -> None:
    assert "Un brouillon" not in words(bob.get(screen(procedure)))
    procedure.save_revision()
    assert "Un brouillon de cette procédure attend" in words(bob.get(screen(procedure)))


@pytest.mark.parametrize(
    ("months", "read", "told"),
    [
        (None, date(2026, 1, 1), "Aucune n’est prévue par cette procédure"),
        (12, None, "Dernière lecture Aucune n’est notée Prochaine relecture À faire"),
        (12, date(2020, 1, 1), "01/01/2021 en retard de "),
    ],
)
def test_whatever_was_planned_and_read_is_said(
    bob: Client, procedure: Procedure, months: int | None, read: date | None, told: str
) -> None:
    Procedure.objects.filter(pk=procedure.pk).update(review_months=months, reviewed_on=read)
    assert told in words(bob.get(screen(procedure)))


@pytest.mark.parametrize(
    ("login", "status"),
    [("bob", 200), ("diane", 200), ("alice", 404), ("charlie", 404)],
)
def test_it_is_for_who_may_change_it(
    log_in: Callable[[str], Client], procedure: Procedure, login: str, status: int
) -> None:
    client = log_in(login)
    assert client.get(screen(procedure)).status_code == status
    assert say_read(client, procedure).status_code == status
    assert reviews_of(procedure) == (1 if status == 200 else 0)


def test_who_may_only_look_is_refused(bob: Client, world: World, procedure: Procedure) -> None:
    editors = world.organisation.roles.get(key="editor").group
    editors.permissions.remove(*Permission.objects.filter(codename__endswith="_procedure"))
    editors.permissions.add(Permission.objects.get(codename="view_procedure"))
    answer = bob.post(screen(procedure), {"seen": procedure.current.number})
    assert answer["Location"] == reverse("wagtailadmin_home")
    assert reviews_of(procedure) == 0


def test_a_stranger_is_asked_who_they_are(procedure: Procedure) -> None:
    answer = Client().get(screen(procedure))
    assert answer["Location"].startswith(reverse("wagtailadmin_login"))


def test_a_post_without_its_token_is_refused(world: World, procedure: Procedure) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.user("bob"))
    answer = client.post(screen(procedure), {"seen": procedure.current.number})
    assert answer.status_code == 403
    assert reviews_of(procedure) == 0


def test_the_editing_screen_shows_it_and_leads_there(bob: Client, procedure: Procedure) -> None:
    page = bob.get(screen(procedure, "edit")).content.decode()
    assert f'href="{screen(procedure)}"' in page
    Procedure.objects.filter(pk=procedure.pk).update(live=False)
    assert f'href="{screen(procedure)}"' not in bob.get(screen(procedure, "edit")).content.decode()


def test_how_often_is_an_editors_choice_and_when_is_not(bob: Client, procedure: Procedure) -> None:
    plain = ("title", "reference", "kinds", "stakeholders", "response_prefix", "retention_unit")
    data = as_posted(procedure, *plain, "retention_starts_on", *STREAMS)
    data |= {"review_months": "24", "reviewed_on": "2020-01-01", "action-publish": "Publier"}
    assert bob.post(screen(procedure, "edit"), data).status_code == 302
    procedure.refresh_from_db()
    assert (procedure.review_months, procedure.reviewed_on) == (24, timezone.localdate())
    assert procedure.current.rules.review_months == 24


def test_an_administrator_may_say_it_for_any_organisation(
    log_in: Callable[[str], Client], procedure: Procedure
) -> None:
    get_user_model().objects.create_superuser("root", "root@site.example", "x")
    assert say_read(log_in("root"), procedure).status_code == 200
    assert reviews_of(procedure) == 1
