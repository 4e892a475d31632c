"""A form of which each thing can be changed, and the changes: what its versions differ by."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from complaints.intake import FormDefinition, parse
from tests.complaints.intake.samples import Json

ROLES = {"direction": "Direction", "moderator": "Modérateur"}
BASE: Json = {
    "steps": True,
    "sections": [
        {
            "key": "vous",
            "title": "Vous",
            "help": "Pour vous répondre.",
            "fields": [
                {
                    "key": "qualite",
                    "kind": "choice",
                    "label": "Vous êtes",
                    "required": True,
                    "choices": [
                        {"value": "trainee", "label": "Stagiaire"},
                        {"value": "client", "label": "Client"},
                        {"value": "other", "label": "Autre"},
                    ],
                    "default": "trainee",
                    "maps_to": "complainant.stakeholder",
                },
                {
                    "key": "tel",
                    "kind": "phone",
                    "label": "Téléphone",
                    "help": "Portable",
                    "required": True,
                    "example": "06 12 34 56 78",
                    "maps_to": "complainant.phone",
                    "show_if": {"field": "qualite", "is": ["trainee", "client"]},
                },
                {"key": "deja", "kind": "yes_no", "label": "Déjà ?"},
            ],
        },
        {
            "key": "faits",
            "title": "Les faits",
            "show_if": {"any": [{"field": "deja", "is": [True]}, {"field": "tel", "answered": 1}]},
            "fields": [
                {
                    "key": "recit",
                    "kind": "long_text",
                    "label": "Que s’est-il passé ?",
                    "max_length": 500,
                    "sensitive": True,
                    "seen_by": ["direction"],
                },
                {
                    "key": "pieces",
                    "kind": "files",
                    "label": "Pièces",
                    "max_files": 3,
                    "max_weight": 5,
                    "file_types": ["pdf", "image"],
                },
                {"key": "gens", "kind": "persons", "label": "Personnes", "max_rows": 3},
                {"key": "rgpd", "kind": "information", "label": "Vos données", "help": "Lues."},
                {"key": "accord", "kind": "consent", "label": "J’accepte.", "help": "Le texte."},
            ],
        },
    ],
}
BASE["sections"][1]["show_if"]["any"][1]["answered"] = True
Edit = Callable[[Json], Any]


def edited(*edits: Edit) -> FormDefinition:
    raw = deepcopy(BASE)
    for edit in edits:
        edit(raw)
    return parse(raw)


FORM = edited()


def section(raw: Json, key: str) -> Json:
    return next(one for one in raw["sections"] if one["key"] == key)


def question(raw: Json, key: str) -> Json:
    return next(f for one in raw["sections"] for f in one["fields"] if f["key"] == key)


def setting(key: str, /, **values: Any) -> Edit:
    """These settings of that question; None takes one away."""
    return lambda raw: question(raw, key).update(values)


def plain(text: str) -> str:
    """Every space as one types it."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
