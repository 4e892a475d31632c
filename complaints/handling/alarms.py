"""The administrators' morning mail: what is broken, once a day, and nothing when all is well."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from complaints.handling import dispatch
from complaints.handling.schedules import SCHEDULES
from complaints.models import Notice
from complaints.register.troubles import Trouble, find_troubles


def troubles(now: datetime) -> list[Trouble]:
    """What is wrong, the most urgent first, our schedules included."""
    return find_troubles(now, SCHEDULES)


@transaction.atomic
def send_alarms(now: datetime) -> int:
    """One mail a day to each administrator of the site; returns how many were written.

    Safe to run twice. If mail is what is broken, the digest waits in the outbox like any other:
    `manage.py health`, which needs no mail, is what a monitoring tool should watch.
    """
    found = troubles(now)
    if not found:
        return 0
    day = timezone.localdate(now).isoformat()
    addresses = {f"broken:{pk}:{day}": email for pk, email in _administrators()}
    told = set(Notice.objects.filter(key__in=addresses).values_list("key", flat=True))
    subject, body = _subject(len(found)), _body(found, now)
    for key in addresses.keys() - told:
        dispatch.post_apart(None, key=key, to=addresses[key], subject=subject, body=body, at=now)
    return len(addresses.keys() - told)


def _administrators() -> list[tuple[int, str]]:
    users = get_user_model().objects.filter(is_superuser=True, is_active=True).exclude(email="")
    return list(users.order_by("pk").values_list("pk", "email"))


def _subject(count: int) -> str:
    if count == 1:
        return "Doléances : une chose ne va pas"
    return f"Doléances : {count} choses ne vont pas"


def _body(found: list[Trouble], now: datetime) -> str:
    return render_to_string(
        "complaints/notices/troubles.txt",
        {"troubles": found, "now": now, "base_url": settings.WAGTAILADMIN_BASE_URL},
    )
