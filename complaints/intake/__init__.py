"""From a form that staff built to a Django form, a JSON Schema, clean answers and checked files."""

from complaints.intake.definition import Choice, Condition, Field, FormDefinition, Kind, Section
from complaints.intake.files import ACCEPT, MAX_SIZE, CheckedFile, accepted
from complaints.intake.form import IntakeForm, answers, build_form, uploads
from complaints.intake.mapping import MAPPINGS, Target, mapped
from complaints.intake.parsing import DefinitionError, digest, parse
from complaints.intake.reading import readable
from complaints.intake.schema import json_schema

__all__ = [
    "ACCEPT",
    "MAPPINGS",
    "MAX_SIZE",
    "CheckedFile",
    "Choice",
    "Condition",
    "DefinitionError",
    "Field",
    "FormDefinition",
    "IntakeForm",
    "Kind",
    "Section",
    "Target",
    "accepted",
    "answers",
    "build_form",
    "digest",
    "json_schema",
    "mapped",
    "parse",
    "readable",
    "uploads",
]
