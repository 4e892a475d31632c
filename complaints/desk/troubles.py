"""« Ce qui ne va pas » on the home of the administrators of the site, when something is broken."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from complaints.handling.alarms import troubles
from complaints.register.troubles import Trouble


class TroublesPanel(Component):
    """Above everything else: it says what to do, and leads to where it is done."""

    name = "troubles"
    order = 10
    template_name = "complaints/desk/troubles.html"

    def __init__(self, found: list[Trouble]) -> None:
        self.found = found

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"troubles": self.found}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For the administrators of the site; nobody else could do anything about it."""
    if request.user.is_superuser and (found := troubles(timezone.now())):
        panels.append(TroublesPanel(found))
