"""The stored calendars of public holidays: every version, and what each one changed."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils import timezone
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import InspectView

from complaints.desk.calendars.correction import CorrectionView
from complaints.desk.calendars.facts import by_year, changed, counting_with, dates_kept
from complaints.desk.doors import ReadOnlyViewSet
from complaints.models import Calendar


class CalendarView(InspectView):
    """One version: its days year by year, where it comes from, what is counted with it."""

    page_title = "Calendrier"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, days = self.request.user, self.object.days()
        this_year = timezone.localdate().year
        versions = list(Calendar.objects.of_region(self.object.region))
        calendar = next(version for version in versions if version == self.object)
        before = next((v for v in versions if v.version == calendar.version - 1), None)
        newest, everywhere = versions[0], self.user_has_permission("change")
        return super().get_context_data(
            **kwargs,
            calendar=calendar,
            versions=versions,
            newest=newest,
            before=before,
            changed=changed(calendar, days, before) if before else [],
            coming=by_year({on: name for on, name in days.items() if on.year >= this_year}),
            past=by_year({on: name for on, name in days.items() if on.year < this_year}),
            organisations=counting_with(user, newest, everywhere=everywhere),
            kept=dates_kept(user, newest.version - 1, newest.region, everywhere=everywhere),
            may_correct=everywhere,
        )


class CalendarViewSet(ReadOnlyViewSet):
    """The days that due dates were counted with; a correction is one more version."""

    model = Calendar
    icon = "calendar"
    menu_label = "Calendriers"
    ordering = ("region", "-version")
    base_url_path = "calendriers"
    inspect_view_enabled = True
    inspect_view_class = CalendarView
    inspect_template_name = "complaints/desk/calendars/calendar.html"
    add_to_reference_index = False
    list_display = [
        "__str__",
        Column(
            "in_force",
            label="En vigueur",
            accessor=lambda calendar: "oui" if calendar.in_force else "non",
        ),
        Column(
            "years",
            label="Années",
            accessor=lambda calendar: f"{calendar.first_year} à {calendar.last_year}",
            classname="desk-wide",
        ),
        Column("created_at", label="Établi le", accessor=lambda calendar: _made(calendar)),
        Column("reason", label="Motif", accessor="reason", classname="desk-wide"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Every version, told apart from the one in force."""
        return super().get_queryset(request).standing()

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Wagtail's own editing screen does not exist here: nothing leads to it."""
        return super().get_common_view_kwargs(**kwargs | {"edit_url_name": None})

    def get_permissions_to_register(self) -> QuerySet:
        """What may be given to a group: reading and correcting, nothing that no screen does."""
        return (
            super()
            .get_permissions_to_register()
            .exclude(codename__in=["add_calendar", "delete_calendar"])
        )

    def get_urlpatterns(self) -> list[Any]:
        """Reading, and the correction."""
        correct = self.construct_view(CorrectionView)
        return [*super().get_urlpatterns(), path("<int:pk>/corriger/", correct, name="correct")]


def _made(calendar: Calendar) -> str:
    on = f"{timezone.localtime(calendar.created_at):%d/%m/%Y}"
    return f"{on} par {calendar.author}" if calendar.author else on
