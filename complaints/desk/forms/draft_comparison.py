"""Two drafts of a form side by side, from its history: what one changes, in sentences."""

from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.snippets.views.snippets import RevisionsCompareView

from complaints import intake
from complaints.intake.differences import Difference, differences, name_differences
from complaints.models import Form
from complaints.models.organisation import Role


class FormDraftComparisonView(RevisionsCompareView):
    """Wagtail's own compares blocks, and would show the keys of what a condition reads."""

    template_name = "complaints/desk/draft_comparison.html"

    def _get_revision_and_heading(self, revision_id: str) -> tuple[Form, str]:
        """The draft, and when it was kept, as its history says it."""
        draft, heading = super()._get_revision_and_heading(revision_id)
        if revision_id.isdecimal():
            kept_at = self.object.revisions.values_list("created_at", flat=True).get(pk=revision_id)
            heading = date_format(timezone.localtime(kept_at), "j F Y à H:i")
        return draft, heading

    def _get_comparison(self, before: Form, after: Form) -> list[Any]:
        """By part; Wagtail's own where one of the drafts is not a form yet."""
        held = Role.objects.filter(organisation=self.object.organisation_id)
        try:
            found = draft_differences(before, after, dict(held.values_list("key", "label")))
        except intake.DefinitionError:
            self.template_name = RevisionsCompareView.template_name
            return super()._get_comparison(before, after)
        telling = [difference for difference in found if not difference.trivial]
        parts = groupby(telling, key=lambda difference: difference.section)
        return [(title, list(items)) for title, items in parts]


def draft_differences(before: Form, after: Form, roles: dict[str, str]) -> list[Difference]:
    """Title, reference, then every part and question; raises intake.DefinitionError."""
    was, now = (intake.parse(draft.definition()) for draft in (before, after))
    return name_differences(_named(before), _named(after)) + differences(was, now, roles)


def _named(draft: Form) -> dict[str, str]:
    return {"le titre": draft.title, "la référence": draft.reference}
