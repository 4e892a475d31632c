"""Writing a notice: with the deed or not at all, once per key."""

from typing import Any

import pytest
from django.db import transaction
from django_q.models import OrmQ

from complaints.handling import dispatch
from complaints.handling.acting import Act
from complaints.handling.actors import Actor
from complaints.models import Dossier, Notice
from complaints.notices.outbox import sender
from tests.complaints.notices.conftest import FILED_AT


def post(dossier: Dossier, key: str = "essai", to: str = "alice@exemple.example") -> Notice:
    act = Act(dossier, Actor.clock(), FILED_AT)
    return dispatch.post(act, key=key, to=to, subject="Objet", body="Texte")


def test_the_same_key_is_one_notice_and_one_message_id(dossier: Dossier) -> None:
    assert post(dossier) == post(dossier, to="une.autre@exemple.example")
    assert Notice.objects.get(key="essai").to == "alice@exemple.example"


def test_two_keys_are_two_notices_and_two_message_ids(dossier: Dossier) -> None:
    assert post(dossier, "un").message_id != post(dossier, "deux").message_id


@transaction.atomic
def post_then_fail(dossier: Dossier) -> None:
    post(dossier)
    raise ZeroDivisionError


def test_a_deed_that_fails_leaves_neither_notice_nor_task(dossier: Dossier) -> None:
    tasks = OrmQ.objects.count()
    with pytest.raises(ZeroDivisionError):
        post_then_fail(dossier)
    assert not Notice.objects.filter(key="essai").exists()
    assert OrmQ.objects.count() == tasks


def test_a_notice_comes_with_the_task_that_sends_it(dossier: Dossier) -> None:
    notice = post(dossier)
    assert OrmQ.objects.last().task["args"] == (notice.pk,)


def test_a_subject_is_one_line_that_fits(dossier: Dossier) -> None:
    act = Act(dossier, Actor.clock(), FILED_AT)
    subject = "Objet\r\nBcc: intrus@exemple.example" + " long" * 100
    notice = dispatch.post(act, key="essai", to="a@b.example", subject=subject, body="")
    assert notice.subject.startswith("Objet Bcc: intrus@exemple.example long")
    assert len(notice.subject) <= 250


@pytest.mark.parametrize(
    ("own", "used"),
    [("nous@organisme.example", "nous@organisme.example"), ("", "serveur@exemple.example")],
)
def test_an_organisation_writes_from_its_address_or_from_the_servers(
    world: Any, settings: Any, own: str, used: str
) -> None:
    settings.DEFAULT_FROM_EMAIL = "serveur@exemple.example"
    world.organisation.sending_address = own
    assert sender(world.organisation) == used
