"""A procedure with one more button, for a deed that Connect'Sens does not use."""

from copy import deepcopy
from typing import Any

from complaints.models import Dossier
from tests import factories
from tests.complaints.handling.clocked import move
from tests.complaints.handling.rules import publish
from tests.factories import World, paris

RECEIVED = paris("2026-03-30 09:00")  # a Monday


def letter(key: str, body: str, subject: str = "Un courrier") -> dict[str, Any]:
    return {"key": key, "label": key.capitalize(), "subject": subject, "body": body}


def file_with(
    world: World, deed: str, *letters: dict[str, Any], to: str = "", **rules: Any
) -> Dossier:
    """A dossier whose button « Faire » does that deed, with the first of these letters if any."""
    current = deepcopy(world.page.version.definition)
    button = move("faire", deed, to=to, letter=letters[0]["key"] if letters else "")
    others = [one for one in current["moves"] if one["key"] != "faire"]
    publish(
        world,
        moves=[*others, button],
        letters=[*current["letters"], *letters],
        **rules,
    )
    return factories.file(world, at=RECEIVED).dossier


def do(world: World, dossier: Dossier, at: str = "2026-04-01 09:00", **data: Any) -> Dossier:
    """Press « Faire », leaving what is proposed as it is."""
    return factories.play(world, dossier, ("faire", data), at=paris(at))
