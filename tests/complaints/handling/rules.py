"""Other rules than Connect'Sens's: the procedure in force with some parts replaced."""

from copy import deepcopy
from typing import Any

from complaints.models import ProcedureVersion
from complaints.models.procedure import procedure_problems
from tests.factories import World


def publish(world: World, *, checked: bool = True, **changes: Any) -> ProcedureVersion:
    """A version that the next dossiers follow; fails if these rules could not be published.

    Not `checked`: rules that were published before something in them was refused.
    """
    current = world.page.version
    definition = deepcopy(current.definition) | changes
    assert procedure_problems(definition if checked else current.definition) == []
    vars(world.page).pop("version", None)  # the page keeps the one it has read
    return ProcedureVersion.objects.create(
        procedure=current.procedure,
        number=current.number + 1,
        reference=current.reference,
        title=current.title,
        mediator=current.mediator,
        definition=definition,
        digest="",
        in_force_at=current.in_force_at,
    )


def limit(amount: int = 10, unit: str = "jours_calendaires", **changes: Any) -> dict[str, Any]:
    """A duty of the moderator, from the filing to the response."""
    return {
        "key": "essai",
        "label": "Essai",
        "starts_on": "received",
        "met_by": ["response_sent"],
        "counting": {"readings": [{"amount": amount, "unit": unit}]},
        "on_expiry": "late",
        "owner": "moderator",
    } | changes


def with_item(world: World, name: str, **item: Any) -> list[dict[str, Any]]:
    """That list of the rules in force, and one more item."""
    return [*world.page.version.definition[name], item]


def with_move(world: World, key: str, **changes: Any) -> list[dict[str, Any]]:
    """The moves of the rules in force, that one changed."""
    moves = deepcopy(world.page.version.definition["moves"])
    return [move | changes if move["key"] == key else move for move in moves]
