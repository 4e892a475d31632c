"""What makes the limits of a field right: its length, its files, its rows, what it starts with."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError

from complaints.intake.definition import MAX_LENGTH, TYPED, Field, Kind
from complaints.intake.files import FILE_TYPES
from complaints.intake.questions import TODAY, question
from complaints.intake.typography import count, sentence

LONGEST = {Kind.TEXT: 1_000, Kind.LONG_TEXT: 100_000}
LONGEST_EXAMPLE = 300
LONGEST_DEFAULT = 2_000
MOST_FILES = 20
# In mebibytes: what a telephone sends in a minute, and a mailbox still takes.
MOST_WEIGHT = 20
MOST_ROWS = 20
MOST_ROLES = 20
# What is agreed to, signed or attached is never filled in beforehand; nor are days, places and
# persons: of the answers in parts, only a training may be the same for all.
STARTED = frozenset(
    {
        *(Kind.TEXT, Kind.LONG_TEXT, Kind.EMAIL, Kind.PHONE, Kind.DATE, Kind.NUMBER, Kind.AMOUNT),
        *(Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.TRAINING),
    }
)


def limit_problems(field: Field) -> Iterator[str]:
    """What is wrong in the limits and in the words that help to answer."""
    yield from _length(field)
    yield from _files(field)
    yield from _rows(field)
    yield from _example(field)
    yield from _readers(field)


def _length(field: Field) -> Iterator[str]:
    if field.kind in TYPED:
        most = LONGEST[field.kind]
        if not 1 <= field.max_length <= most:
            yield sentence("la longueur doit aller de 1 à {n} caractères.", n=count(most))
    elif field.max_length != MAX_LENGTH.get(field.kind, 0):
        yield sentence("seul un texte peut avoir une longueur.")


def _files(field: Field) -> Iterator[str]:
    if field.kind != Kind.FILES:
        if field.max_files:
            yield sentence("seule une demande de fichiers peut avoir un nombre de fichiers.")
        if field.max_weight or field.file_types:
            yield sentence("seule une demande de fichiers peut limiter leur poids ou leurs types.")
        return
    if not 1 <= field.max_files <= MOST_FILES:
        yield sentence("le nombre de fichiers doit aller de 1 à {n}.", n=MOST_FILES)
    if not 1 <= field.max_weight <= MOST_WEIGHT:
        yield sentence("le poids d’un fichier doit aller de 1 à {n} Mo.", n=MOST_WEIGHT)
    # A list: what is not a text cannot be looked up in a set.
    for unknown in (name for name in field.file_types if name not in [*FILE_TYPES]):
        yield sentence("le type de fichier « {name} » n’existe pas.", name=unknown)


def _rows(field: Field) -> Iterator[str]:
    if field.kind != Kind.PERSONS:
        if field.max_rows:
            yield sentence("seule une liste de personnes peut avoir un nombre de personnes.")
    elif not 1 <= field.max_rows <= MOST_ROWS:
        yield sentence("le nombre de personnes doit aller de 1 à {n}.", n=MOST_ROWS)


def _example(field: Field) -> Iterator[str]:
    if field.example and not field.asks:
        yield sentence("un bloc d’information n’attend pas de réponse et n’a pas d’exemple.")
    if len(field.example) > LONGEST_EXAMPLE:
        yield sentence("l’exemple dépasse {n} caractères.", n=LONGEST_EXAMPLE)


def _readers(field: Field) -> Iterator[str]:
    if len(field.seen_by) > MOST_ROLES:
        yield sentence("la réponse est réservée à plus de {n} rôles.", n=MOST_ROLES)
    if not all(isinstance(role, str) and role.isprintable() and role for role in field.seen_by):
        yield sentence("un des rôles à qui la réponse est réservée n’a pas de nom.")


def default_problems(field: Field) -> Iterator[str]:
    """Whether what it starts with is an answer; only for a field that is right otherwise."""
    if not field.default or (field.kind == Kind.DATE and field.default == TODAY):
        return
    if field.kind not in STARTED or len(field.default) > LONGEST_DEFAULT:
        yield sentence("ce type de question ne peut pas être rempli d’avance.")
        return
    try:
        started = question(field)
        started.clean(started.initial)
    except ValidationError as error:
        yield from (
            sentence("la réponse remplie d’avance ne convient pas. {why}", why=words)
            for words in error.messages
        )
