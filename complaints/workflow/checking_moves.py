"""The buttons: each names stages, roles, a letter and a time limit that exist."""

from collections.abc import Iterable, Iterator
from typing import Any

from complaints.workflow.definition import Move, Rules
from complaints.workflow.problems import Problem
from complaints.workflow.vocabulary import Deed

# Roles that nobody is given: a procedure may use them without naming them.
COMPLAINANT, CLOCK = "complainant", "clock"
IMPERSONAL = frozenset({COMPLAINANT, CLOCK})
# What a complainant may do with their dossier; the forms of the other deeds show the team's side.
OPEN_TO = {
    COMPLAINANT: {
        Deed.RECEIVE_INFORMATION,
        Deed.RECEIVE_WRITING,
        Deed.RECORD_SATISFACTION,
        Deed.FILE_APPEAL,
        Deed.WITHDRAW,
    },
    CLOCK: {Deed.CLOSE},
}
WHO = {COMPLAINANT: "au réclamant", CLOCK: "à l’horloge"}


def move_problems(rules: Rules) -> Iterator[Problem]:
    """Moves nobody may make, or that name what the procedure does not have."""
    for move in rules.moves:
        yield from _roles(move, rules)
        yield from _stages(move, rules)
        yield from _named(move, rules)


def _roles(move: Move, rules: Rules) -> Iterator[Problem]:
    if not move.roles:
        yield _at(move, "roles", "aucun rôle ne peut faire cette action.")
    named = [key for key in move.roles if key not in IMPERSONAL]
    for key in _missing(named, rules.roles):
        yield _at(move, "roles", f"le rôle « {key} » n’existe pas.")
    for key in OPEN_TO.keys() & set(move.roles):
        if move.deed not in OPEN_TO[key]:
            yield _at(move, "roles", f"« {move.deed.label} » ne peut pas être ouvert {WHO[key]}.")


def _stages(move: Move, rules: Rules) -> Iterator[Problem]:
    if not move.sources:
        yield _at(move, "sources", "aucune étape n’a ce bouton.")
    for key in _missing(move.sources, rules.stages):
        yield _at(move, "sources", f"l’étape « {key} » n’existe pas.")
    for key in _missing([move.to], rules.stages):
        yield _at(move, "to", f"l’étape « {key} » n’existe pas.")


def _named(move: Move, rules: Rules) -> Iterator[Problem]:
    for key in _missing([move.letter], rules.letters):
        yield _at(move, "letter", f"le courrier « {key} » n’existe pas.")
    for key in _missing([move.within], rules.time_limits):
        yield _at(move, "within", f"le délai « {key} » n’existe pas.")
    for kind in dict.fromkeys(move.kinds):
        if kind not in rules.kinds:
            yield _at(move, "kinds", f"la procédure ne traite pas la nature « {kind.label} ».")


def _missing(keys: Iterable[str], items: Iterable[Any]) -> list[str]:
    """The keys that name nothing there, in order, each once."""
    return [key for key in dict.fromkeys(keys) if key and key not in {item.key for item in items}]


def _at(move: Move, field: str, what: str) -> Problem:
    return Problem(f"« {move.label} » : {what}", "moves", move.key, field)
