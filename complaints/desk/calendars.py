"""The stored calendars of public holidays, version by version."""

from typing import Any

from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import InspectView

from complaints.desk.doors import ReadOnlyViewSet
from complaints.models import Calendar


class CalendarView(InspectView):
    """The public holidays of a calendar, year by year."""

    page_title = "Calendrier"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, holidays=self.object.holidays.all())


class CalendarViewSet(ReadOnlyViewSet):
    """The days that due dates were counted with: to be checked, never changed in place."""

    model = Calendar
    icon = "calendar"
    menu_label = "Calendriers"
    ordering = ("region", "-version")
    base_url_path = "calendriers"
    inspect_view_enabled = True
    inspect_view_class = CalendarView
    inspect_template_name = "complaints/desk/calendar.html"
    add_to_reference_index = False
    list_display = [
        "__str__",
        Column("years", label="Années", accessor=lambda c: f"{c.first_year} à {c.last_year}"),
        "created_at",
    ]
