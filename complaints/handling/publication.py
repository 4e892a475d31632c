"""What is to be mended, or looked at, before a procedure is published."""

from datetime import date

from complaints.models import Procedure
from complaints.models.procedure import procedure_problems
from complaints.workflow.problems import Problem


def findings(procedure: Procedure, today: date) -> list[Problem]:
    """All that is wrong with the procedure as it is written now; the warnings block nothing."""
    return procedure_problems(procedure.definition())
