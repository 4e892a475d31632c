"""What refuses a publication, whoever asks for it: the problems that would make it break."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from complaints.workflow.problems import Problem


class Unpublishable(ValidationError):
    """Nothing was published; `problems` say what to mend in `draft`, and where."""

    def __init__(self, draft: Any, problems: Sequence[Problem]) -> None:
        self.draft, self.problems = draft, list(problems)
        super().__init__([problem.sentence for problem in problems])
