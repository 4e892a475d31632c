"""From the stored JSON to a form definition, or to the list of what is wrong in it, in French."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any

from complaints.intake.checks import KEY, MAX_FIELDS, problems_of
from complaints.intake.definition import (
    MAX_FILES,
    MAX_LENGTH,
    Choice,
    Condition,
    Field,
    FormDefinition,
    Kind,
    Section,
)
from complaints.intake.mapping import MAPPINGS
from complaints.intake.shapes import CHOICE, CONDITION, FIELD, FORM, SECTION, shaped
from complaints.intake.typography import sentence


class DefinitionError(ValueError):
    """A definition that no form can be made of; `problems` says why, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def canonical(definition: Mapping[str, Any]) -> str:
    """The one JSON text of a definition, whatever the order of its keys."""
    return json.dumps(dict(definition), sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(definition: Mapping[str, Any]) -> str:
    """The SHA-256 of the canonical JSON: what proves that a form has not moved."""
    return sha256(canonical(definition).encode()).hexdigest()


def parse(definition: Mapping[str, Any]) -> FormDefinition:
    """The definition as data; raises DefinitionError with everything that is wrong."""
    try:
        text = canonical(definition)
    except (TypeError, ValueError, RecursionError) as error:
        raise DefinitionError([sentence("La définition du formulaire est illisible.")]) from error
    return _parsed(text)


@lru_cache(maxsize=128)
def _parsed(text: str) -> FormDefinition:
    reading = _Reading()
    sections = reading.sections(json.loads(text))
    if reading.problems:
        raise DefinitionError(reading.problems)
    return FormDefinition(sha256(text.encode()).hexdigest(), sections)


@dataclass
class _Reading:
    """What has been read so far: later fields are checked against earlier ones."""

    problems: list[str] = field(default_factory=list)
    section_keys: set[str] = field(default_factory=set)
    # None for a field that has problems of its own: what depends on it is not blamed as well.
    earlier: dict[str, Field | None] = field(default_factory=dict)
    fed: dict[str, str] = field(default_factory=dict)

    def note(self, place: str, problems: list[str]) -> None:
        prefix = f"{place}\u00a0: " if place else ""
        self.problems += [prefix + problem for problem in problems]

    def sections(self, raw: object) -> tuple[Section, ...]:
        values, problems = shaped(raw, FORM)
        self.note("", problems)
        sections = values.get("sections", [])
        if not sections and not problems:
            self.note("", [sentence("Le formulaire n’a aucune section : ajoutez-en une.")])
        read = tuple(self.section(number, item) for number, item in enumerate(sections, start=1))
        if len(self.earlier) > MAX_FIELDS:
            self.note("", [sentence("Le formulaire a plus de {n} champs.", n=MAX_FIELDS)])
        return read

    def section(self, number: int, raw: object) -> Section:
        values, problems = shaped(raw, SECTION)
        title, key = values.get("title", "").strip(), values.get("key", "")
        place = sentence("Section « {name} »", name=title or key or number)
        self.note(place, [*problems, *self._section_problems(title, key, values)])
        self.section_keys.add(key)
        fields = [
            self.field(place, position, item)
            for position, item in enumerate(values.get("fields", []), start=1)
        ]
        return Section(key, title, values.get("help", ""), tuple(filter(None, fields)))

    def _section_problems(self, title: str, key: str, values: dict[str, Any]) -> Iterator[str]:
        if not title:
            yield sentence("il manque un titre.")
        if not KEY.fullmatch(key):
            yield sentence("la clé « {key} » n’est pas valable.", key=key)
        elif key in self.section_keys:
            yield sentence("la clé « {key} » sert déjà à une autre section.", key=key)
        if not values.get("fields"):
            yield sentence("elle ne contient aucun champ.")

    def field(self, section: str, position: int, raw: object) -> Field | None:
        values, problems = shaped(raw, FIELD)
        key = values.get("key", "")
        name = values.get("label", "").strip() or key or position
        read, more = _field(values)
        read = self._in_context(read) if read else None
        problems += more
        problems += problems_of(read, self.earlier) if read else []
        problems += self._twice(key, values.get("maps_to", ""), str(name))
        self.note(sentence("{section}, champ « {name} »", section=section, name=name), problems)
        self.earlier.setdefault(key, None if problems else read)
        return read

    def _in_context(self, read: Field) -> Field:
        controlling = self.earlier.get(read.show_if.field) if read.show_if else None
        if read.show_if and controlling and controlling.kind == Kind.YES_NO:
            return replace(read, show_if=read.show_if.about_yes_no())
        return read

    def _twice(self, key: str, target: str, name: str) -> Iterator[str]:
        if key and key in self.earlier:
            yield sentence("la clé « {key} » sert déjà à un autre champ.", key=key)
        if target in self.fed and target in MAPPINGS:
            yield sentence(
                "« {target} » reçoit déjà la réponse du champ « {other} ».",
                target=MAPPINGS[target].label,
                other=self.fed[target],
            )
        self.fed.setdefault(target, name)


def _field(values: dict[str, Any]) -> tuple[Field | None, list[str]]:
    """The field these values describe, none when its kind is unknown, and what is wrong so far."""
    if values.get("kind") not in set(Kind):
        unknown = sentence("le type « {kind} » n’existe pas.", kind=values.get("kind", ""))
        return None, [unknown]
    kind = Kind(values["kind"])
    choices, problems = _choices(values.get("choices", []))
    condition, more = _condition(values.get("show_if"))
    plain = {name: values[name] for name in ("help", "required", "maps_to") if name in values}
    read = Field(
        key=values.get("key", ""),
        kind=kind,
        label=values.get("label", "").strip(),
        choices=choices,
        show_if=condition,
        autocomplete=values.get("autocomplete", ""),
        max_length=values.get("max_length", 0),
        max_files=values.get("max_files", 0),
        **plain,
    )
    return _with_defaults(read), problems + more


def _with_defaults(read: Field) -> Field:
    """The field with the usual limits, and what the browser may fill in for this target."""
    target = MAPPINGS.get(read.maps_to)
    return replace(
        read,
        max_length=read.max_length or MAX_LENGTH.get(read.kind, 0),
        max_files=read.max_files or (MAX_FILES if read.kind == Kind.FILES else 0),
        autocomplete=read.autocomplete or (target.autocomplete if target else ""),
    )


def _choices(raw: list[Any]) -> tuple[tuple[Choice, ...], list[str]]:
    choices, problems = [], []
    for item in raw:
        values, more = shaped(item, CHOICE)
        problems += more
        choices.append(Choice(values.get("value", ""), values.get("label", "").strip()))
    return tuple(choices), problems


def _condition(raw: dict[str, Any] | None) -> tuple[Condition | None, list[str]]:
    if raw is None:
        return None, []
    values, problems = shaped(raw, CONDITION)
    return Condition(values.get("field", ""), tuple(values.get("is", []))), problems
