"""Which moves are open: a definition, a stage and roles in, buttons out."""

from collections.abc import Collection

from complaints.workflow.definition import Move, Rules


class MoveRefused(Exception):
    """The move is not open here, to this person; the message is a French sentence."""


def open_moves(rules: Rules, stage: str, roles: Collection[str]) -> list[Move]:
    """The moves that someone with these roles may make from that stage, the likely ones first."""
    mine = [move for move in rules.moves if not set(roles).isdisjoint(move.roles)]
    allowed = [move for move in mine if stage in move.sources]
    return sorted(allowed, key=lambda move: not move.likely)


def find_move(rules: Rules, key: str, stage: str, roles: Collection[str]) -> Move:
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
    return move
