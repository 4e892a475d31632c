"""The outbox: what left and what failed, and one button to send again."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ

from complaints.models import Dossier, Notice
from tests.complaints.desk.conftest import words
from tests.factories import World, file

pytestmark = pytest.mark.django_db
LIST = "envois:list"


@pytest.fixture
def failed(dossier: Dossier) -> Notice:
    notice = Notice.objects.filter(dossier=dossier).exclude(letter=None).get()
    Notice.objects.filter(pk=notice.pk).update(
        state=Notice.State.FAILED,
        attempts=6,
        last_error="550 boîte inconnue",
        next_attempt_at=None,
    )
    notice.refresh_from_db()
    return notice


def retry(client: Client, notice: Notice) -> object:
    return client.post(reverse("envois:retry", args=[notice.pk]), follow=True)


def test_the_list_says_what_became_of_each(alice: Client, failed: Notice) -> None:
    page = words(alice.get(reverse(LIST)))
    assert "Échec , après 6 essais. 550 boîte inconnue" in page
    assert "Renvoyer maintenant" in page
    assert "En attente" in page
    assert failed.to in page


def test_failures_are_one_click_away(alice: Client, failed: Notice) -> None:
    answer = alice.get(reverse(LIST) + "?state=failed&state=bounced")
    assert list(answer.context["object_list"]) == [failed]
    page = answer.content.decode()
    assert 'aria-current="page">En échec</a>' in page


def test_a_failed_notice_is_sent_again_at_once(alice: Client, failed: Notice) -> None:
    tasks = OrmQ.objects.count()
    answer = retry(alice, failed)
    assert f"Nouvel essai d’envoi à {failed.to}" in words(answer)
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == (Notice.State.QUEUED, 0)
    assert failed.next_attempt_at is not None
    assert OrmQ.objects.count() == tasks + 1


def test_the_button_carries_the_token_that_a_real_site_asks_for(
    world: World, failed: Notice
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.user("alice"))
    page = browser.get(reverse(LIST)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    address = reverse("envois:retry", args=[failed.pk])
    assert browser.post(address).status_code == 403
    assert browser.post(address, {"csrfmiddlewaretoken": token}).status_code == 302


def test_what_did_not_fail_is_not_sent_twice(alice: Client, dossier: Dossier) -> None:
    notice = Notice.objects.filter(dossier=dossier).first()
    Notice.objects.filter(pk=notice.pk).update(state=Notice.State.SENT, next_attempt_at=None)
    assert "il n’y a rien à renvoyer" in words(retry(alice, notice))
    notice.refresh_from_db()
    assert notice.state == Notice.State.SENT


def test_sending_again_is_asked_for_never_followed(alice: Client, failed: Notice) -> None:
    assert alice.get(reverse("envois:retry", args=[failed.pk])).status_code == 405


@pytest.mark.parametrize("login", ["bob", "charlie"])
def test_nobody_else_sees_it_or_sends_it_again(
    log_in: Callable[[str], Client], failed: Notice, login: str
) -> None:
    browser = log_in(login)
    assert browser.post(reverse("envois:retry", args=[failed.pk])).status_code == 404
    assert failed.subject not in browser.get(reverse(LIST), follow=True).content.decode()
    failed.refresh_from_db()
    assert failed.state == Notice.State.FAILED


def test_the_body_and_the_code_are_not_in_the_list(
    alice: Client, world: World, failed: Notice
) -> None:
    filed = file(world)
    page = alice.get(reverse(LIST)).content.decode()
    assert filed.code not in page
    assert alice.get(reverse(LIST)).context["object_list"][0].get_deferred_fields() == {
        "body",
        "secrets",
    }
