"""Which moves are open: a definition, a stage and roles in, buttons out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from complaints.workflow.definition import Move, Rules


class MoveRefused(Exception):
    """The move is not open here, to this person; the message is a French sentence."""


@dataclass(frozen=True)
class Window:
    """A time limit that has begun on a dossier: whether it still runs, and its last day if known.

    It does not run when its last day is over, and when a fact has met or cancelled it.
    """

    runs: bool
    last_day: date | None = None
    over: bool = False


# By key of time limit; one that has not begun has none.
Windows = Mapping[str, Window]
NONE: Windows = MappingProxyType({})
NBSP = "\u00a0"


def windows_asked(rules: Rules, stage: str) -> frozenset[str]:
    """The time limits whose windows the moves of that stage depend on; most often none."""
    return frozenset(move.within for move in rules.moves if move.within and stage in move.sources)


def open_moves(
    rules: Rules, stage: str, roles: Collection[str], windows: Windows = NONE, kind: str = ""
) -> list[Move]:
    """The moves that someone with these roles may make from that stage, the likely ones first.

    `kind`: that of the dossier, since some moves are for certain kinds only.
    A move that is possible `within` a time limit is there only as long as that limit runs (IH-27).
    """
    mine = [move for move in rules.moves if not set(roles).isdisjoint(move.roles)]
    here = [move for move in mine if stage in move.sources and move.is_for(kind)]
    allowed = [move for move in here if _in_time(move, windows)]
    return sorted(allowed, key=lambda move: not move.likely)


def find_move(
    rules: Rules,
    key: str,
    stage: str,
    roles: Collection[str],
    windows: Windows = NONE,
    kind: str = "",
) -> Move:
    """The move of that key if it is open; raises MoveRefused, saying why, if it is not."""
    try:
        move = rules.move(key)
    except KeyError:
        raise MoveRefused("Cette action n’existe pas dans la procédure de ce dossier.") from None
    if stage not in move.sources:
        label = rules.stage(stage).label
        raise MoveRefused(
            f"« {move.label} » n’est plus possible : le dossier est à l’étape « {label} »."
        )
    if set(roles).isdisjoint(move.roles):
        raise MoveRefused(f"« {move.label} » n’est pas ouvert à votre rôle.")
    if not move.is_for(kind):
        raise MoveRefused(f"{_quoted(move.label)} n’est pas pour un dossier de cette nature.")
    if not _in_time(move, windows):
        raise MoveRefused(_out_of_time(rules, move, windows.get(move.within)))
    return move


def _in_time(move: Move, windows: Windows) -> bool:
    return not move.within or (move.within in windows and windows[move.within].runs)


def _out_of_time(rules: Rules, move: Move, window: Window | None) -> str:
    button = _quoted(move.label)
    if window and window.over and window.last_day:
        return f"Le délai pour {button} est passé depuis le {window.last_day:%d/%m/%Y}."
    names = (limit.label for limit in rules.time_limits if limit.key == move.within)
    limit = _quoted(next(names, move.within))
    if window:
        return f"{button} n’est plus possible{NBSP}: le délai {limit} ne court plus."
    return f"{button} n’est pas encore possible{NBSP}: le délai {limit} n’a pas commencé."


def _quoted(name: str) -> str:
    return f"«{NBSP}{name}{NBSP}»"
