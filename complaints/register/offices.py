"""Who is at work this morning: the organisations that work today, and who sees their dossiers."""

import logging
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model

from complaints.models import Calendar, Holiday, Organisation

# What was noted before this hour was told that morning; after it, it may be told twice, not never.
MORNING = time(7)
# No run of rest days is longer than what is read of the calendars.
REST = timedelta(days=60)

log = logging.getLogger(__name__)


@dataclass
class Office:
    """An organisation on one of its worked days, with the people who see its dossiers.

    `since` is the morning of its last worked day; `emails` are by person, `holders` by role, then
    by person, with the role's label.
    """

    organisation: Organisation
    today: date
    since: datetime
    emails: dict[int, str] = field(default_factory=dict)
    holders: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))


def offices_at(now: datetime) -> list[Office]:
    """The organisations that work today, where they are, and who sees their dossiers."""
    holidays = _holidays(now)
    offices = []
    for organisation in Organisation.objects.select_related("site").order_by("name", "id"):
        try:
            office = _office(organisation, holidays[organisation.region], now)
        except (LookupError, OSError, ValueError):  # what an unknown time zone raises
            log.exception("Organisme %s : jour local inconnu.", organisation.pk)
        else:
            offices += [office] if office else []
    _enter_people({office.organisation.pk: office for office in offices})
    return offices


def _office(organisation: Organisation, holidays: set[date], now: datetime) -> Office | None:
    """None on its rest days: people have the right not to be disturbed (art. L2242-17)."""
    local = now.astimezone(ZoneInfo(organisation.time_zone))

    def works(day: date) -> bool:
        return day.weekday() in organisation.working_days and day not in holidays

    if not works(local.date()):
        return None
    before = (local.date() - timedelta(days=days) for days in range(1, REST.days))
    last_worked = next(filter(works, before), local.date() - REST)
    morning = min(local.time(), MORNING)
    return Office(
        organisation, local.date(), since=datetime.combine(last_worked, morning, local.tzinfo)
    )


def _holidays(now: datetime) -> dict[str, set[date]]:
    """The stored holidays around that day, by region, in its newest calendar."""
    newest = dict(Calendar.objects.order_by("version").values_list("region", "pk"))
    days = Holiday.objects.filter(
        calendar__in=newest.values(), day__range=(now.date() - REST, now.date() + REST)
    )
    by_region: dict[str, set[date]] = defaultdict(set)
    for region, day in days.values_list("calendar__region", "day"):
        by_region[region].add(day)
    return by_region


def _enter_people(offices: dict[int, Office]) -> None:
    """Active people with an address, in each role that sees dossiers."""
    members = get_user_model().groups.through.objects.filter(
        user__is_active=True,
        group__organisation_role__sees_dossiers=True,
        group__organisation_role__organisation__in=list(offices),
    )
    role = "group__organisation_role"
    found = members.exclude(user__email="").order_by("user_id", "group_id")
    for user_id, email, organisation, key, label in found.values_list(
        "user_id", "user__email", f"{role}__organisation", f"{role}__key", f"{role}__label"
    ):
        offices[organisation].emails[user_id] = email
        offices[organisation].holders[key][user_id] = label
