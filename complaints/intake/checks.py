"""What makes a field right: each rule yields a French sentence where it is broken."""

import re
from collections.abc import Iterator, Mapping

from complaints.intake.definition import (
    CONTROLLING,
    MAX_LENGTH,
    TYPED,
    WITH_CHOICES,
    Field,
    Kind,
)
from complaints.intake.mapping import MAPPINGS, longest
from complaints.intake.typography import count, sentence

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Django's own name in a posted form.
RESERVED = {"csrfmiddlewaretoken"}
MAX_FIELDS = 200
MAX_CHOICES = 200
LONGEST = {Kind.TEXT: 1_000, Kind.LONG_TEXT: 100_000}
MOST_FILES = 20
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

Earlier = Mapping[str, Field | None]


def problems_of(field: Field, earlier: Earlier) -> list[str]:
    """Everything wrong in this field, given the fields above it."""
    return [
        *_naming(field),
        *_information(field),
        *_choices(field),
        *_limits(field),
        *_autocomplete(field),
        *_condition(field, earlier),
        *_mapping(field),
    ]


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


def _limits(field: Field) -> Iterator[str]:
    if field.kind in TYPED:
        most = LONGEST[field.kind]
        if not 1 <= field.max_length <= most:
            yield sentence("la longueur doit aller de 1 à {n} caractères.", n=count(most))
    elif field.max_length != MAX_LENGTH.get(field.kind, 0):
        yield sentence("seul un texte peut avoir une longueur.")
    if field.kind == Kind.FILES:
        if not 1 <= field.max_files <= MOST_FILES:
            yield sentence("le nombre de fichiers doit aller de 1 à {n}.", n=MOST_FILES)
    elif field.max_files:
        yield sentence("seul un champ de fichiers peut avoir un nombre de fichiers.")


def _autocomplete(field: Field) -> Iterator[str]:
    if field.autocomplete and field.autocomplete not in AUTOCOMPLETE:
        yield sentence(
            "le remplissage automatique « {token} » n’existe pas.", token=field.autocomplete
        )


def _condition(field: Field, earlier: Earlier) -> Iterator[str]:
    condition = field.show_if
    if condition is None:
        return
    if not condition.values:
        yield sentence("la condition d’affichage ne dit pas pour quelle réponse.")
    if condition.field not in earlier:
        yield sentence(
            "la condition porte sur « {key} », qui n’existe pas plus haut dans le formulaire.",
            key=condition.field,
        )
    elif controlling := earlier[condition.field]:
        yield from _readable(field, controlling)


def _readable(field: Field, controlling: Field) -> Iterator[str]:
    if controlling.kind not in CONTROLLING:
        yield sentence(
            "la condition porte sur « {label} », qui n’est ni un choix ni une question fermée.",
            label=controlling.label,
        )
        return
    yes_no = controlling.kind == Kind.YES_NO
    listed = [choice.value for choice in controlling.choices]
    for value in field.show_if.values if field.show_if else ():
        # By type as well: in Python, 1 is in [True, False].
        if not isinstance(value, bool) if yes_no else value not in listed:
            yield sentence(
                "la condition attend « {value} », qui n’est pas une réponse à « {label} ».",
                value=value,
                label=controlling.label,
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
