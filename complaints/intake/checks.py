"""What makes a field right: each rule yields a French sentence where it is broken."""

import re
from collections.abc import Iterator

from complaints.intake.definition import WITH_CHOICES, Field
from complaints.intake.limit_checks import default_problems, limit_problems
from complaints.intake.mapping import longest
from complaints.intake.mapping.targets import MAPPINGS
from complaints.intake.typography import count, sentence

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Django's own name in a posted form.
RESERVED = {"csrfmiddlewaretoken"}
MAX_FIELDS = 200
MAX_CHOICES = 200
LONGEST_LABEL = 300
LONGEST_CHOICE = 200
LONGEST_HELP = 10_000
# The tokens of HTML (WCAG 1.3.5) that a person filing a complaint may need.
AUTOCOMPLETE = {
    *("off", "name", "given-name", "family-name", "honorific-prefix", "email", "tel", "bday"),
    *("street-address", "postal-code", "address-level2", "country-name"),
    *("organization", "organization-title"),
}

HARD_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f"), " ")


def problems_of(field: Field) -> list[str]:
    """Everything wrong in this field by itself; its condition is for `condition_checks`."""
    problems = [
        *_naming(field),
        *_information(field),
        *_choices(field),
        *limit_problems(field),
        *_autocomplete(field),
        *_mapping(field),
    ]
    return problems or list(default_problems(field))


def _naming(field: Field) -> Iterator[str]:
    if not KEY.fullmatch(field.key) or field.key in RESERVED:
        yield sentence(
            "la clé « {key} » n’est pas valable : des minuscules sans accent, des chiffres "
            "et « _ », une lettre au début, 40 caractères au plus.",
            key=field.key,
        )
    if not field.label and field.asks:
        yield sentence("il manque un libellé.")
    if len(field.label) > LONGEST_LABEL:
        yield sentence("le libellé dépasse {n} caractères.", n=LONGEST_LABEL)
    if len(field.help) > LONGEST_HELP:
        yield sentence("l’aide dépasse {n} caractères.", n=count(LONGEST_HELP))


def _information(field: Field) -> Iterator[str]:
    if field.asks:
        return
    if not field.help.strip():
        yield sentence("ce bloc d’information n’a pas de texte.")
    if field.required:
        yield sentence("un bloc d’information n’attend pas de réponse et ne peut être obligatoire.")


def _choices(field: Field) -> Iterator[str]:
    if field.kind not in WITH_CHOICES:
        if field.choices:
            yield sentence("seul un choix peut proposer des réponses.")
        return
    if not field.choices:
        yield sentence("il faut proposer au moins une réponse.")
    if len(field.choices) > MAX_CHOICES:
        yield sentence("plus de {n} réponses sont proposées.", n=MAX_CHOICES)
    seen: set[str] = set()
    for choice in field.choices:
        if not _plain(choice.value) or not _plain(_spaced(choice.label)):
            yield sentence(
                "la réponse proposée « {label} » doit avoir une valeur et un libellé, d’une "
                "ligne et de {n} caractères au plus.",
                label=choice.label or choice.value,
                n=LONGEST_CHOICE,
            )
        elif choice.value in seen:
            yield sentence("la réponse « {value} » est proposée deux fois.", value=choice.value)
        seen.add(choice.value)


def _plain(text: str) -> bool:
    return text == text.strip() and text.isprintable() and 0 < len(text) <= LONGEST_CHOICE


def _spaced(label: str) -> str:
    """The label with the hard spaces that French puts before « ? » as spaces: they are read."""
    return label.translate(HARD_SPACES)


def _autocomplete(field: Field) -> Iterator[str]:
    if field.autocomplete and field.autocomplete not in AUTOCOMPLETE:
        yield sentence(
            "le remplissage automatique « {token} » n’existe pas.", token=field.autocomplete
        )


def _mapping(field: Field) -> Iterator[str]:
    if not field.maps_to:
        return
    target = MAPPINGS.get(field.maps_to)
    if target is None:
        yield sentence("le dossier n’a pas de place nommée « {name} ».", name=field.maps_to)
    elif field.kind not in target.kinds:
        yield sentence(
            "« {target} » ne peut recevoir une réponse du type « {kind} ».",
            target=target.label,
            kind=field.kind.value,
        )
    elif target.max_length and longest(field) > target.max_length:
        yield sentence(
            "« {target} » ne peut recevoir que {n} caractères, et la réponse peut en avoir {more}.",
            target=target.label,
            n=target.max_length,
            more=count(longest(field)),
        )
    if target and field.guarded:
        yield sentence(
            "une réponse sensible ou réservée n’alimente pas le dossier : dans « {target} », "
            "tous ceux qui l’ouvrent la liraient.",
            target=target.label,
        )
