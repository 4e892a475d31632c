"""« Dépublier » a procedure: what it stops, and what it does not, told before it is done."""

from wagtail.snippets.views.snippets import UnpublishView


class ProcedureUnpublishView(UnpublishView):
    """Wagtail's own; the pages that show the procedure are published apart."""

    template_name = "complaints/desk/procedures/unpublish.html"
