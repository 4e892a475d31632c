"""Rules with a committee: levels, criteria, an appeal and a silence that closes."""

from functools import cache
from typing import Any

from complaints.handling.presets import named, read_preset
from complaints.workflow import Rules, parse_rules


@cache
def committee() -> Rules:
    """The model « avec comité et appel », for an organisation called Essai."""
    return parse_rules(definition())


def definition() -> dict[str, Any]:
    """The same as it is stored."""
    raw = named(read_preset("comite"), "Essai")
    return {name: value for name, value in raw.items() if name not in {"title", "help"}}
