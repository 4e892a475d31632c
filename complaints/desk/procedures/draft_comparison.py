"""Two drafts of a procedure side by side, from its history: what one changes, in sentences."""

from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.snippets.views.snippets import RevisionsCompareView

from complaints.models import Procedure
from complaints.workflow import DefinitionError, parse_rules
from complaints.workflow.differences import Difference, differences, label_differences


class DraftComparisonView(RevisionsCompareView):
    """Wagtail's own compares blocks, whose values are keys: it would show « signalled »."""

    template_name = "complaints/desk/draft_comparison.html"

    def _get_revision_and_heading(self, revision_id: str) -> tuple[Procedure, str]:
        """The draft, and when it was kept, as its history says it."""
        draft, heading = super()._get_revision_and_heading(revision_id)
        if revision_id.isdecimal():
            kept_at = self.object.revisions.values_list("created_at", flat=True).get(pk=revision_id)
            heading = date_format(timezone.localtime(kept_at), "j F Y à H:i")
        return draft, heading

    def _get_comparison(self, before: Procedure, after: Procedure) -> list[Any]:
        """By section; Wagtail's own where one of the drafts cannot even be read."""
        try:
            found = draft_differences(before, after)
        except DefinitionError:
            self.template_name = RevisionsCompareView.template_name
            return super()._get_comparison(before, after)
        # What was only ticked in another order would hide the rest.
        telling = [difference for difference in found if not difference.trivial]
        sections = groupby(telling, key=lambda difference: difference.section)
        return [(title, list(items)) for title, items in sections]


def draft_differences(before: Procedure, after: Procedure) -> list[Difference]:
    """Title, reference, mediator, then every rule; raises DefinitionError."""
    rules = (parse_rules(draft.definition()) for draft in (before, after))
    return label_differences(_named(before), _named(after)) + differences(*rules)


def _named(draft: Procedure) -> dict[str, str]:
    return {
        "le titre": draft.title,
        "la référence": draft.reference,
        "le médiateur": str(draft.mediator or ""),
    }
