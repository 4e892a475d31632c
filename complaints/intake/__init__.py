"""From a form that staff built to a Django form, a JSON Schema, clean answers and checked files."""

from complaints.intake.definition import Choice, Condition, Field, FormDefinition, Kind, Section
from complaints.intake.files import ACCEPT, MAX_SIZE, CheckedFile, accepted
from complaints.intake.form import IntakeForm, answers, build_form, posted_names, uploads
from complaints.intake.mapping import mapped
from complaints.intake.mapping.targets import MAPPINGS, Target
from complaints.intake.parsing import DefinitionError, digest, parse, reread
from complaints.intake.reading import Line, Sections, readable
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
    "Line",
    "Section",
    "Sections",
    "Target",
    "accepted",
    "answers",
    "build_form",
    "digest",
    "json_schema",
    "mapped",
    "parse",
    "posted_names",
    "readable",
    "reread",
    "uploads",
]
