"""Stored public holidays: what a due date was computed with stays what it was."""

from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from complaints.models.frozen import Frozen, FrozenQuerySet
from complaints.sla import Region, WorkCalendar


class CalendarQuerySet(FrozenQuerySet):
    """The calendars by region and version."""

    def current(self, region: str) -> "Calendar":
        """The newest version for that region; Calendar.DoesNotExist if it was never seeded."""
        found = self.filter(region=region).order_by("-version").first()
        if found is None:
            raise Calendar.DoesNotExist(f"Aucun calendrier pour la région « {region} ».")
        return found

    def of_region(self, region: str) -> "CalendarQuerySet":
        """Every version for that region, the newest first, each with who made it."""
        return self.filter(region=region).select_related("created_by").order_by("-version")

    def standing(self) -> "CalendarQuerySet":
        """With `in_force`: whether no version came after; and who made each."""
        later = self.model._default_manager.filter(
            region=OuterRef("region"), version__gt=OuterRef("version")
        )
        return self.annotate(in_force=~Exists(later)).select_related("created_by")


class Calendar(Frozen):
    """One version of the holidays of one region, for the years it covers."""

    region = models.CharField("région", max_length=40, choices=Region.choices)
    version = models.PositiveIntegerField("version")
    first_year = models.PositiveSmallIntegerField("première année")
    last_year = models.PositiveSmallIntegerField("dernière année")
    created_at = models.DateTimeField("établi le")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="établi par",
    )
    reason = models.CharField("motif", max_length=300, blank=True)

    objects = CalendarQuerySet.as_manager()

    class Meta:
        verbose_name = "calendrier"
        ordering = ["region", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["region", "version"], name="one_calendar_per_version"),
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year")), name="calendar_has_years"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_region_display()}, version {self.version}"

    @property
    def years(self) -> range:
        """The years it covers."""
        return range(self.first_year, self.last_year + 1)

    @property
    def author(self) -> str:
        """The name of who made it; nothing when the site did, or when the account has gone."""
        by = self.created_by
        return (by.get_full_name() or by.get_username()) if by else ""

    def days(self) -> dict[date, str]:
        """Its holidays by day, in order. One query."""
        return dict(self.holidays.values_list("day", "name"))

    def for_counting(self, working_days: frozenset[int], time_zone: str) -> WorkCalendar:
        """The same holidays as the pure counting wants them. One query, once a process."""
        return for_counting(self, self.created_at, working_days, time_zone)


@lru_cache(maxsize=64)
def for_counting(
    calendar: Calendar, _made_at: datetime, working_days: frozenset[int], time_zone: str
) -> WorkCalendar:
    """Kept by the process: a version is frozen. Models are the same when their keys are."""
    return WorkCalendar(
        region=calendar.region,
        version=calendar.version,
        holidays=calendar.days(),
        covers=(calendar.first_year, calendar.last_year),
        working_week=working_days,
        time_zone=time_zone,
    )


class Holiday(Frozen):
    """One public holiday of one calendar version."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="holidays")
    day: date = models.DateField("jour")
    name = models.CharField("nom", max_length=100)

    class Meta:
        verbose_name = "jour férié"
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "day"], name="one_holiday_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"
