"""The smallest procedure that can run, as stored; tests break it in one place at a time."""

from typing import Any


def procedure(**changes: Any) -> dict[str, Any]:
    """Two stages, one move, one role; any part may be replaced."""
    return {
        "kinds": ["complaint"],
        "stakeholders": ["trainee"],
        "roles": [role()],
        "stages": [stage("entree"), stage("sortie", phase="closed")],
        "moves": [move("clore")],
        "time_limits": [],
        "letters": [],
        "register_columns": [{"key": "number", "label": "N°"}],
    } | changes


def role(key: str = "moderator") -> dict[str, Any]:
    return {"key": key, "label": key.capitalize()}


def stage(key: str, phase: str = "signalled", **changes: Any) -> dict[str, Any]:
    return {"key": key, "label": key.capitalize(), "phase": phase} | changes


def move(key: str, **changes: Any) -> dict[str, Any]:
    return {
        "key": key,
        "label": key.capitalize(),
        "deed": "close",
        "sources": ["entree"],
        "to": "sortie",
        "roles": ["moderator"],
    } | changes


def time_limit(**changes: Any) -> dict[str, Any]:
    return {
        "key": "reponse",
        "label": "Réponse",
        "starts_on": "received",
        "met_by": ["closed"],
        "counting": {"readings": [{"amount": 10, "unit": "jours_ouvres"}]},
        "owner": "moderator",
    } | changes


def letter(key: str = "accuse", **changes: Any) -> dict[str, Any]:
    return {"key": key, "label": key.capitalize(), "subject": "Objet", "body": "Texte"} | changes
