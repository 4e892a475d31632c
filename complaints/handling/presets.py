"""The models a procedure may start from: whole procedures, read from `fixtures/presets`."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import TextChoices

from complaints.models import Organisation, Procedure
from complaints.models.plain import stream
from complaints.models.procedure import STREAMS

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "presets"
# Letters name the organisation when they are merged, and follow it if its name changes.
MERGED_LATER = frozenset({"letters"})
NAME = "{organisme}"


class Preset(TextChoices):
    """What there is to start from; the label says for whom."""

    SIMPLE = "simplifie", "Modèle simplifié"
    INCIDENTS = "aleas", "Aléas, difficultés et réclamations"
    SHORT = "court", "Court"
    COMMITTEE = "comite", "Avec comité et appel"


def read_preset(preset: str) -> dict[str, Any]:
    """Its file: the raw definition of a procedure, with `title` and `help` besides."""
    return json.loads((FOLDER / f"{Preset(preset)}.json").read_text(encoding="utf-8"))


def named(definition: dict[str, Any], name: str) -> dict[str, Any]:
    """The same rules, `{organisme}` replaced by that name wherever the public reads it."""
    return {
        part: value if part in MERGED_LATER else _filled(value, name)
        for part, value in definition.items()
    }


def _filled(value: Any, name: str) -> Any:
    if isinstance(value, str):
        return value.replace(NAME, name)
    if isinstance(value, list):
        return [_filled(item, name) for item in value]
    if isinstance(value, dict):
        return {key: _filled(item, name) for key, item in value.items()}
    return value


def drafted(organisation: Organisation, definition: dict[str, Any], **facts: Any) -> Procedure:
    """A procedure of that organisation with these rules, neither checked nor saved.

    `facts`: its title, its reference, its mediator.
    """
    rules = named(definition, organisation.name)
    retention = rules.get("retention") or {}
    plain = ("kinds", "stakeholders", "response_prefix", "review_months", "recipients")
    return Procedure(
        organisation=organisation,
        **{f"retention_{name}": value for name, value in retention.items()},
        **{name: rules[name] for name in plain if name in rules},
        **{name: stream(rules.get(name, [])) for name in STREAMS},
        **facts,
    )
