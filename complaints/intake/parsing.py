"""From the stored JSON to a form definition, or to the list of what is wrong in it, in French."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any

from complaints.intake.checks import KEY, MAX_FIELDS, problems_of
from complaints.intake.conditions.checks import Conditions
from complaints.intake.conditions.outline import outline
from complaints.intake.conditions.reading import read_show_if
from complaints.intake.definition import (
    MAX_FILES,
    MAX_ROWS,
    MAX_WEIGHT,
    Choice,
    Field,
    FormDefinition,
    Kind,
    Section,
    ShowIf,
)
from complaints.intake.mapping.targets import MAPPINGS, usual_length
from complaints.intake.shapes import CHOICE, FIELD, FORM, SECTION, shaped
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
    read, problems = _parsed(text)
    if problems:
        raise DefinitionError([*problems])
    return read


def reread(definition: Mapping[str, Any]) -> FormDefinition:
    """A definition that was published, as data: what is asked of forms since then is not of it."""
    return _parsed(canonical(definition))[0]


@lru_cache(maxsize=128)
def _parsed(text: str) -> tuple[FormDefinition, list[str]]:
    reading = _Reading()
    raw = json.loads(text)
    sections = reading.sections(raw)
    stepped = isinstance(raw, dict) and raw.get("steps") is True
    read = FormDefinition(sha256(text.encode()).hexdigest(), sections, stepped)
    return read, reading.problems


@dataclass
class _Reading:
    """What has been read so far: later fields are checked against earlier ones."""

    problems: list[str] = field(default_factory=list)
    section_keys: set[str] = field(default_factory=set)
    # None for a field that has problems of its own: what depends on it is not blamed as well.
    earlier: dict[str, Field | None] = field(default_factory=dict)
    # Right or wrong: a question is what it is, whatever else is to be mended in it.
    read: dict[str, Field] = field(default_factory=dict)
    fed: dict[str, str] = field(default_factory=dict)

    def note(self, place: str, problems: list[str]) -> None:
        prefix = f"{place}\u00a0: " if place else ""
        self.problems += [prefix + problem for problem in problems]

    def sections(self, raw: object) -> tuple[Section, ...]:
        values, problems = shaped(raw, FORM)
        self.note("", problems)
        sections = values.get("sections", [])
        if not sections and not problems:
            self.note("", [sentence("Le formulaire n’a aucune partie : ajoutez-en une.")])
        self.conditions = Conditions(outline(sections), self.earlier)
        read = tuple(self.section(number, item) for number, item in enumerate(sections, start=1))
        if len(self.earlier) > MAX_FIELDS:
            self.note("", [sentence("Le formulaire a plus de {n} questions.", n=MAX_FIELDS)])
        return read

    def section(self, number: int, raw: object) -> Section:
        values, problems = shaped(raw, SECTION)
        title, key = values.get("title", "").strip(), values.get("key", "")
        place = sentence("Partie « {name} »", name=title or key or number)
        self.note(place, [*problems, *self._section_problems(title, key, values)])
        self.section_keys.add(key)
        show_if, more = read_show_if(values.get("show_if"))
        show_if = self._in_context(show_if)
        self.note(place, [*more, *self.conditions.of_section(number, show_if)])
        fields = [
            self.field(place, number, position, item)
            for position, item in enumerate(values.get("fields", []), start=1)
        ]
        return Section(key, title, values.get("help", ""), tuple(filter(None, fields)), show_if)

    def _section_problems(self, title: str, key: str, values: dict[str, Any]) -> Iterator[str]:
        if not title:
            yield sentence("il manque un titre.")
        if not KEY.fullmatch(key):
            yield sentence("la clé « {key} » n’est pas valable.", key=key)
        elif key in self.section_keys:
            yield sentence("la clé « {key} » sert déjà à une autre partie.", key=key)
        if not values.get("fields"):
            yield sentence("elle ne contient aucune question.")

    def field(self, section: str, number: int, position: int, raw: object) -> Field | None:
        values, problems = shaped(raw, FIELD)
        key = values.get("key", "")
        name = values.get("label", "").strip() or key or position
        read, more = _field(values)
        read = replace(read, show_if=self._in_context(read.show_if)) if read else None
        problems += more
        problems += problems_of(read) if read else []
        problems += self.conditions.of_field(number, read) if read else []
        problems += self._twice(key, values.get("maps_to", ""), str(name))
        self.note(sentence("{section}, question « {name} »", section=section, name=name), problems)
        self.earlier.setdefault(key, None if problems else read)
        if read:
            self.read.setdefault(key, read)
        return read

    def _in_context(self, show_if: ShowIf | None) -> ShowIf | None:
        """« oui » and « non » of a yes-no question are true and false."""
        if show_if is None:
            return None
        tests = [
            test.about_yes_no() if self._asks_yes_no(test.field) else test for test in show_if.tests
        ]
        return replace(show_if, tests=tuple(tests))

    def _asks_yes_no(self, key: str) -> bool:
        field = self.read.get(key)
        return field is not None and field.kind == Kind.YES_NO

    def _twice(self, key: str, target: str, name: str) -> Iterator[str]:
        if key and key in self.earlier:
            yield sentence("la clé « {key} » sert déjà à une autre question.", key=key)
        if target in self.fed and target in MAPPINGS:
            yield sentence(
                "« {target} » reçoit déjà la réponse de la question « {other} ».",
                target=MAPPINGS[target].label,
                other=self.fed[target],
            )
        self.fed.setdefault(target, name)


# The properties of a field that are taken as they are.
PLAIN = (
    *("help", "required", "maps_to", "autocomplete", "max_length", "max_files", "max_weight"),
    *("max_rows", "example", "default", "sensitive"),
)


def _field(values: dict[str, Any]) -> tuple[Field | None, list[str]]:
    """The field these values describe, none when its kind is unknown, and what is wrong so far."""
    if values.get("kind") not in set(Kind):
        unknown = sentence("le type « {kind} » n’existe pas.", kind=values.get("kind", ""))
        return None, [unknown]
    kind = Kind(values["kind"])
    choices, problems = _choices(values.get("choices", []))
    show_if, more = read_show_if(values.get("show_if"))
    plain = {name: values[name] for name in PLAIN if name in values}
    read = Field(
        key=values.get("key", ""),
        kind=kind,
        label=values.get("label", "").strip(),
        choices=choices,
        show_if=show_if,
        file_types=tuple(values.get("file_types", [])),
        seen_by=tuple(values.get("seen_by", [])),
        **plain,
    )
    return _with_defaults(read), problems + more


def _with_defaults(read: Field) -> Field:
    """The field with the usual limits, and what the browser may fill in for this target."""
    target = MAPPINGS.get(read.maps_to)
    return replace(
        read,
        max_length=read.max_length or usual_length(read.kind, read.maps_to),
        max_files=read.max_files or (MAX_FILES if read.kind == Kind.FILES else 0),
        max_weight=read.max_weight or (MAX_WEIGHT if read.kind == Kind.FILES else 0),
        max_rows=read.max_rows or (MAX_ROWS if read.kind == Kind.PERSONS else 0),
        autocomplete=read.autocomplete or (target.autocomplete if target else ""),
    )


def _choices(raw: list[Any]) -> tuple[tuple[Choice, ...], list[str]]:
    choices, problems = [], []
    for item in raw:
        values, more = shaped(item, CHOICE)
        problems += more
        choices.append(Choice(values.get("value", ""), values.get("label", "").strip()))
    return tuple(choices), problems
