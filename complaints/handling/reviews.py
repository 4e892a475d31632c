"""The review that a procedure plans for itself: its editors are told, and who read it is kept."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.log_actions import log

from complaints.handling import dispatch
from complaints.models import Notice, Organisation, Procedure, Role, access
from complaints.sla.words import full_day

AHEAD = timedelta(days=30)
# In Wagtail's own log, so that the history of the procedure shows who read it, and when.
REVIEWED = "complaints.review"


@transaction.atomic
def tell_reviews(now: datetime) -> int:
    """A mail a week to each editor of an organisation that has a procedure to read again.

    From thirty days before the day until it is read; returns how many were written. Run each
    day, it makes up for a Monday that was missed: the week is in the key.
    """
    today = timezone.localdate(now)
    due = _due_soon(today)
    year, week, _day = today.isocalendar()
    mails = {
        f"review:{organisation.pk}:{year}-{week:02}:{user}": (organisation, email)
        for organisation, user, email in _editors(due)
    }
    told = set(Notice.objects.filter(key__in=mails).values_list("key", flat=True))
    for key in mails.keys() - told:
        organisation, email = mails[key]
        dispatch.post_apart(
            organisation,
            key=key,
            to=email,
            subject=_subject(due[organisation]),
            body=_body(organisation, due[organisation], today),
            at=now,
        )
    return len(mails.keys() - told)


@transaction.atomic
def review(procedure: Procedure, user: Any, at: datetime) -> bool:
    """Note that the procedure in force was read again and stays as it is.

    False, and nothing noted, when none is in force, or when it was already read today.
    """
    today, version = timezone.localdate(at), procedure.current
    unread = Procedure.objects.filter(pk=procedure.pk, live=True).exclude(reviewed_on=today)
    if version is None or not unread.update(reviewed_on=today):
        return False
    procedure.reviewed_on = today
    data = {"version": version.number}
    log(instance=procedure, action=REVIEWED, user=user, data=data, timestamp=at)
    return True


def _due_soon(today: date) -> dict[Organisation, list[Procedure]]:
    """By organisation, those in force that must be read within thirty days, or should have been."""
    due: dict[Organisation, list[Procedure]] = defaultdict(list)
    asked = Procedure.objects.filter(live=True, review_months__gt=0)
    for procedure in asked.select_related("organisation__site").order_by("reference"):
        review_on = procedure.review_due_on
        if review_on and review_on <= today + AHEAD:
            due[procedure.organisation].append(procedure)
    return due


def _editors(organisations: Iterable[Organisation]) -> list[tuple[Organisation, int, str]]:
    """Who may change what each publishes, and can be written to."""
    found = {organisation.pk: organisation for organisation in organisations}
    held = Role.objects.filter(
        organisation__in=found,
        key__in=access.EDITING_ROLES,
        group__user__is_active=True,
        group__user__email__gt="",
    )
    rows = held.order_by("organisation", "group__user").distinct()
    people = rows.values_list("organisation", "group__user", "group__user__email")
    return [(found[pk], user, email) for pk, user, email in people]


def _subject(procedures: list[Procedure]) -> str:
    if len(procedures) > 1:
        return f"{len(procedures)} procédures à relire"
    (procedure,) = procedures
    return f"Procédure {procedure.reference} à relire avant le {procedure.review_due_on:%d/%m/%Y}"


def _body(organisation: Organisation, procedures: list[Procedure], today: date) -> str:
    lines = [(procedure, _when(procedure.review_due_on, today)) for procedure in procedures]
    return render_to_string(
        "complaints/notices/review.txt", {"organisation": organisation, "lines": lines}
    )


def _when(due_on: date, today: date) -> str:
    if due_on < today:
        return f"Elle devait être relue le {full_day(due_on)}."
    return f"À relire au plus tard le {full_day(due_on)}."
