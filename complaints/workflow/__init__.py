"""PURE: stages, moves, roles and rules. A definition in, which moves are open out."""

from complaints.workflow.checking import check_rules
from complaints.workflow.definition import Move, Rules, Stage, TimeLimit
from complaints.workflow.moves import MoveRefused, Window, find_move, open_moves, windows_asked
from complaints.workflow.parsing import DefinitionError, parse_rules

__all__ = [
    "DefinitionError",
    "Move",
    "MoveRefused",
    "Rules",
    "Stage",
    "TimeLimit",
    "Window",
    "check_rules",
    "find_move",
    "open_moves",
    "parse_rules",
    "windows_asked",
]
