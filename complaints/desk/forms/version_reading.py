"""One version of a form, all of it, as a visitor reads it and as its editor set it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from complaints.intake import naming
from complaints.intake.conditions import as_rule
from complaints.intake.definition import MAX_LENGTH, TYPED, Field, FormDefinition, Kind, Section
from complaints.sla.words import NBSP


@dataclass(frozen=True)
class Question:
    """What is asked, in the words of the form; what the editor set, in ours."""

    field: Field
    kind: str
    rule: str
    facts: list[str]


@dataclass(frozen=True)
class Part:
    """One part of the form and its questions."""

    section: Section
    rule: str
    questions: list[Question]


def parts_of(definition: FormDefinition, roles: Mapping[str, str]) -> list[Part]:
    """Every part in order; `roles`: the names of those an answer may be kept for."""
    return [
        Part(
            section,
            as_rule(section.show_if, definition),
            [_question(field, definition, roles) for field in section.fields],
        )
        for section in definition.sections
    ]


def _question(field: Field, definition: FormDefinition, roles: Mapping[str, str]) -> Question:
    rule = as_rule(field.show_if, definition)
    return Question(field, naming.KINDS[field.kind], rule, list(_facts(field, roles)))


def _facts(field: Field, roles: Mapping[str, str]) -> Iterator[str]:
    """What is set, and not what goes without saying, such as the usual length of a text."""
    told = {
        "Exemple": field.example,
        "Déjà rempli avec": naming.default_in_words(field),
        "Cases": ", ".join(part.label for part in field.parts),
        "Au plus": _most(field),
        "Types de fichiers": naming.file_types_in_words(field) if field.kind == Kind.FILES else "",
        "Remplissage automatique": naming.autocomplete_in_words(field),
        "Alimente": naming.fed_in_words(field),
        "Visible seulement par": naming.seers_in_words(field, roles),
    }
    yield from (f"{name}{NBSP}: {words}" for name, words in told.items() if words)
    if field.sensitive:
        yield (
            f"Réponse sensible{NBSP}: repliée à l’écran, absente des courriels, des listes et des "
            "exports"
        )


def _most(field: Field) -> str:
    if field.kind in TYPED:
        return naming.length_in_words(field) if field.max_length != MAX_LENGTH[field.kind] else ""
    if field.kind == Kind.FILES:
        return f"{naming.files_in_words(field)} de {naming.weight_in_words(field)}"
    rows = naming.rows_in_words(field)
    return f"{rows} personnes" if rows else ""
