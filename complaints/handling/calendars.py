"""Seeding and extending the stored calendars of public holidays."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from complaints.models import Calendar, Holiday
from complaints.sla import Region, legal_holidays

YEARS_BACK, YEARS_AHEAD = 8, 12


def refresh_calendars(now: datetime) -> list[Calendar]:
    """A first version where there is none, a new one where less than two years are left."""
    stored = (_extend(region, now) for region in Region.values)
    return [calendar for calendar in stored if calendar]


def _extend(region: str, now: datetime) -> Calendar | None:
    """None when it reaches far enough, or when another process has just extended it."""
    try:
        with transaction.atomic():
            newest = Calendar.objects.filter(region=region).order_by("-version").first()
            if newest and newest.last_year >= now.year + 2:
                return None
            return _store(region, newest, now)
    except IntegrityError:
        return None


def _store(region: str, newest: Calendar | None, now: datetime) -> Calendar:
    first, last = now.year - YEARS_BACK, now.year + YEARS_AHEAD
    calendar = Calendar.objects.create(
        region=region,
        version=newest.version + 1 if newest else 1,
        first_year=first,
        last_year=last,
        created_at=now,
    )
    Holiday.objects.bulk_create(
        Holiday(calendar=calendar, day=day, name=name)
        for year in range(first, last + 1)
        for day, name in _holidays(region, year, newest).items()
    )
    return calendar


def _holidays(region: str, year: int, newest: Calendar | None) -> dict[date, str]:
    """Those of the version before, where it knows the year: someone may have corrected them."""
    if newest and newest.first_year <= year <= newest.last_year:
        return dict(newest.holidays.filter(day__year=year).values_list("day", "name"))
    return legal_holidays(region, year)
