"""What refuses a publication, whoever asks for it: the problems that would make it break."""

import logging
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.log_actions import log
from wagtail.models import Revision

from complaints.workflow.problems import Problem

# How Wagtail’s command names what it publishes on the day that somebody chose.
SCHEDULED = "wagtail.publish.scheduled"
# In the history of what was to be published.
REFUSED = "complaints.publication_refused"

logger = logging.getLogger(__name__)


class Unpublishable(ValidationError):
    """Nothing was published; `problems` say what to mend, and where."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__([str(problem) for problem in problems])


def refuse(revision: Revision, problems: Sequence[Problem], log_action: Any) -> None:
    """Raise Unpublishable; but nobody is there on a scheduled day, and others wait behind.

    Then the schedule is struck out, and the refusal stands in the history and in the log.
    """
    if log_action != SCHEDULED:
        raise Unpublishable(problems)
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    sentences = [str(problem) for problem in problems]
    draft = revision.as_object()
    log(instance=draft, action=REFUSED, revision=revision, data={"problems": sentences})
    logger.error("Publication programmée refusée, « %s » : %s", draft, " ".join(sentences))
