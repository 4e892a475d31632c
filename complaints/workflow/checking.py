"""What makes a readable procedure unfit to run: dead ends, unknown names, moves nobody may make."""

from complaints.workflow.checking_contents import contents_problems
from complaints.workflow.checking_deeds import deed_problems
from complaints.workflow.checking_limits import limit_problems
from complaints.workflow.checking_moves import move_problems
from complaints.workflow.checking_path import path_problems
from complaints.workflow.definition import Rules
from complaints.workflow.problems import Problem

CHECKS = (contents_problems, move_problems, deed_problems, path_problems, limit_problems)


def check_rules(rules: Rules) -> list[Problem]:
    """One problem for each reason not to publish; empty when the procedure can run."""
    return [problem for check in CHECKS for problem in check(rules)]
