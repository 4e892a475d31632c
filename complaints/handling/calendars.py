"""Seeding and extending the stored calendars of public holidays."""

from datetime import datetime

from django.db import transaction

from complaints.models import Calendar, Holiday
from complaints.sla import Region, legal_holidays

YEARS_BACK, YEARS_AHEAD = 8, 12


def refresh_calendars(now: datetime) -> list[Calendar]:
    """A first version where there is none, a new one where less than two years are left."""
    return [
        _store(region, now)
        for region in Region.values
        if (newest := Calendar.objects.filter(region=region).first()) is None
        or newest.last_year < now.year + 2
    ]


def _store(region: str, now: datetime) -> Calendar:
    first, last = now.year - YEARS_BACK, now.year + YEARS_AHEAD
    with transaction.atomic():
        newest = Calendar.objects.filter(region=region).first()
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
            for day, name in legal_holidays(region, year).items()
        )
    return calendar
