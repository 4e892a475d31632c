"""The history of what editors write: a row for each draft, however often Wagtail saved it."""

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import ModelLogEntry
from wagtail.snippets.views.snippets import HistoryView

EDITED = "wagtail.edit"


class DraftHistoryView(HistoryView):
    """Wagtail's own; of the automatic savings that wrote one draft, the last."""

    def get_base_queryset(self) -> QuerySet[ModelLogEntry]:
        """Each saving is noted, and the drafts it wrote over are no more."""
        later = ModelLogEntry.objects.filter(
            action=EDITED, revision=OuterRef("revision"), pk__gt=OuterRef("pk")
        )
        return super().get_base_queryset().exclude(Exists(later), action=EDITED)
