"""What the kinds that editors write have in common: at home, in tabs, found again."""

from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.blocks.base import BlockField

from complaints.desk.doors import ScopedViewSet
from complaints.desk.history import DraftHistoryView
from complaints.models import access

MANGLED = "A list of blocks came without its counts, or with others than its page wrote."


class AtHomeForm(WagtailAdminModelForm):
    """Written for one's own organisation, and never moved to another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._expect_whole_lists()
        if "organisation" not in self.fields:
            return
        field, mine = self.fields["organisation"], access.organisations_edited_by(self.for_user)
        field.queryset = mine
        field.disabled = self.instance.pk is not None
        if self.instance.pk is None and len(mine) == 1:
            field.initial = mine[0]

    def _expect_whole_lists(self) -> None:
        """The blocks read their counts, orders and identifiers as the page wrote them, or crash."""
        if not self.is_bound:
            return
        if any("\0" in text for name, text in self.data.items() if name.endswith("-id")):
            raise BadRequest(MANGLED)
        lists = [name for name, field in self.fields.items() if isinstance(field, BlockField)]
        for name in lists:
            try:
                self[name].data  # noqa: B018 - reading is the trial
            except (KeyError, TypeError, ValueError) as error:
                raise BadRequest(MANGLED) from error


def tab(heading: str, *fields: str | FieldPanel) -> ObjectList:
    """One tab of an editing screen."""
    panels = [FieldPanel(field) if isinstance(field, str) else field for field in fields]
    return ObjectList(panels, heading=heading)


class EditedViewSet(ScopedViewSet):
    """A kind that editors write; found again through history and revisions."""

    ordering = ("pk",)
    history_view_class = DraftHistoryView
    # Choosing through Wagtail's window would add nothing to a list of one to five organisations.
    chosen_simply = FieldPanel("organisation", heading="Organisme", widget=forms.Select)
