"""What the editor of a page is told beside its fields: marks, parts not shown, a late PDF."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.template.loader import render_to_string
from wagtail.admin.panels import Panel

from pages.marks import marks_of, unknown_page_marks


class PageNotes(Panel):
    """A panel that is read: it holds no field and changes nothing."""

    class BoundPanel(Panel.BoundPanel):
        """For that page, as it was last saved."""

        def render_html(self, parent_context: Any = None) -> str:
            """The notes, or how to get some while no procedure is chosen."""
            return render_to_string("pages/editor/notes.html", _notes(self.instance))


def _notes(page: Any) -> dict[str, Any]:
    if page.procedure_id is None:
        return {"page": page}
    return {
        "page": page,
        "marks": marks_of(page),
        "unknown": unknown_page_marks(page),
        "hidden": page.hidden_parts,
        "stale": _stale(page),
    }


def _stale(page: Any) -> Any:
    try:
        return page.stale_document
    except (ObjectDoesNotExist, ValueError):
        return None
