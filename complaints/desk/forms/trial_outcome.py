"""« Voici le dossier qui aurait été créé »: what the answers of a trial would have filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from complaints import intake
from complaints.handling.form_needs import form_needs
from complaints.intake.reading import display
from complaints.models import Form
from complaints.workflow.problems import Problem


@dataclass(frozen=True)
class Outcome:
    """What the dossier would hold, what would stay in the answers, what was left empty.

    `lacking`: what the procedure needs, and the form asks nobody.
    """

    filled: list[tuple[str, str]]
    kept: list[tuple[str, str]]
    joined: list[str]
    empty: list[str]
    lacking: list[Problem]


def outcome(
    form: Form,
    definition: intake.FormDefinition,
    answers: Mapping[str, Any],
    joined: Mapping[str, list[str]],
) -> Outcome:
    """Read through the same mapping as a real filing; nothing is stored."""
    mapped = intake.mapped(definition, answers)
    feeding = {field.maps_to: field for field in definition.shown(answers) if field.maps_to}
    filled = [
        (intake.MAPPINGS[target].label, _words(feeding.get(target), answers, value))
        for target, value in mapped.items()
    ]
    kept = [
        (field.label, display(field, answers[field.key]))
        for field in definition.shown(answers)
        if field.key in answers and not field.maps_to
    ]
    empty = [intake.MAPPINGS[target].label for target in feeding if target not in mapped]
    files = [name for names in joined.values() for name in names]
    return Outcome(filled, kept, files, empty, form_needs(form, timezone.localdate()))


def _words(field: intake.Field | None, answers: Mapping[str, Any], value: Any) -> str:
    """As people read it; what another answer implies is a text already, or a day."""
    if field is not None:
        return display(field, answers[field.key])
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)
