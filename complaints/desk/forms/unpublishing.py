"""« Dépublier » a form: it closes on the pages that ask it, told with their names before it is."""

from typing import Any

from wagtail.snippets.views.snippets import UnpublishView


class FormUnpublishView(UnpublishView):
    """Wagtail's own, with what visitors will find."""

    template_name = "complaints/desk/forms/unpublish.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The published pages that show it, rather than how many."""
        shown_by = self.object.pages.filter(live=True).order_by("title")
        return super().get_context_data(**kwargs) | {"shown_by": shown_by, "usage_url": ""}
