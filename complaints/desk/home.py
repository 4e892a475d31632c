"""« Mes dossiers » on the admin's home: what is due next, what is late first."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from complaints.desk.doors import rows_for
from complaints.desk.due import due_words
from complaints.desk.policies import within
from complaints.models import Dossier, access
from complaints.register import queue

ROWS = 10


class MyDossiersPanel(Component):
    """The next dossiers of the person, and those nobody follows yet."""

    name = "my_dossiers"
    order = 50
    template_name = "complaints/desk/home.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user, today = parent_context["request"].user, timezone.localdate()
        dossiers = queue.for_listing(queue.mine_or_free(rows_for(user, Dossier), user))
        return {
            "rows": [
                {"dossier": dossier, "due": due_words(dossier.next_due_on, today)}
                for dossier in dossiers[:ROWS]
            ]
        }


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For who sees dossiers; an editor's home stays as Wagtail made it."""
    if within(request.user, access.organisations_seen_by):
        panels.append(MyDossiersPanel())
