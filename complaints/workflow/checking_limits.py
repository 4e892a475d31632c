"""The time limits: each starts one day, is somebody's, and can be met."""

from collections.abc import Iterator, Mapping

from complaints.workflow.definition import Rules, TimeLimit
from complaints.workflow.facts import possible_facts
from complaints.workflow.problems import Problem
from complaints.workflow.vocabulary import (
    UNGRADED,
    Channel,
    Complexity,
    Deed,
    Kind,
    OnExpiry,
    Severity,
    Stakeholder,
)

# What a time limit may depend on, and the values it may name.
GRADED = ("severity", "complexity")
CONDITIONS = {
    "severity": {*Severity.values, UNGRADED},
    "complexity": {*Complexity.values},
    "kind": {*Kind.values},
    "stakeholder": {*Stakeholder.values},
    "channel": {*Channel.values},
}
# How long before its day a time limit may be warned of.
WARN_DAYS = 3_660
# The role under which the clock presses a button.
CLOCK = "clock"


def limit_problems(rules: Rules) -> Iterator[Problem]:
    """Time limits that could not start, end, be met or be anybody's."""
    for limit in rules.time_limits:
        yield from _people(limit, rules)
        yield from _facts(limit, rules)
        yield from _closing(limit, rules)
        yield from _conditions(limit)
        yield from _grading(limit, rules)
        yield from _extension(limit)
        if any(not 0 <= days <= WARN_DAYS for days in limit.warn_days):
            yield _at(limit, "warn_days", f"prévenir de 0 à {WARN_DAYS} jours avant.")


def _people(limit: TimeLimit, rules: Rules) -> Iterator[Problem]:
    roles = {role.key for role in rules.roles}
    if limit.on_expiry == OnExpiry.LATE and limit.owner not in roles:
        yield _at(limit, "owner", "il faut un responsable parmi les rôles.")
    if limit.escalate_to and limit.escalate_to not in roles:
        yield _at(limit, "escalate_to", f"le rôle « {limit.escalate_to} » n’existe pas.")


def _facts(limit: TimeLimit, rules: Rules) -> Iterator[Problem]:
    possible = possible_facts(rules)
    if limit.starts_on not in possible:
        fact = limit.starts_on.label
        yield _at(limit, "starts_on", f"aucune action ne produit « {fact} », il ne partirait pas.")
    if limit.on_expiry == OnExpiry.LATE and not limit.met_by:
        yield _at(limit, "met_by", "aucun fait ne le satisfait.")
    elif limit.on_expiry == OnExpiry.LATE and possible.isdisjoint(limit.met_by):
        yield _at(limit, "met_by", "aucune action ne produit un fait qui le satisfait.")
    if limit.pauses_on and not limit.resumes_on:
        yield _at(limit, "resumes_on", "suspendu, il ne reprendrait jamais.")
    elif possible & {*limit.pauses_on} and possible.isdisjoint(limit.resumes_on):
        yield _at(limit, "resumes_on", "aucune action ne produit le fait qui le fait reprendre.")


def _closing(limit: TimeLimit, rules: Rules) -> Iterator[Problem]:
    """What closes by itself is closed by a move open to the clock."""
    closes = any(move.deed == Deed.CLOSE and CLOCK in move.roles for move in rules.moves)
    if limit.on_expiry == OnExpiry.CLOSE and not closes:
        yield _at(
            limit,
            "on_expiry",
            f"pour qu’un dossier se close seul, une action « {Deed.CLOSE.label} » doit être ouverte"
            f" au rôle de l’horloge (clé « {CLOCK} »).",
        )


def _conditions(limit: TimeLimit) -> Iterator[Problem]:
    if limit.on_expiry == OnExpiry.CLOSE and {*GRADED} & limit.when.keys():
        yield _at(
            limit,
            "when",
            "une clôture tacite ne peut pas dépendre d’une évaluation que le réclamant ne connaît"
            " pas.",
        )
    for name, values in limit.when.items():
        if name not in CONDITIONS:
            yield _at(limit, "when", f"la condition « {name} » n’existe pas.")
        for value in sorted(set(values) - CONDITIONS.get(name, set(values))):
            yield _at(limit, "when", f"« {value} » n’est pas une valeur de « {name} ».")


def _grading(limit: TimeLimit, rules: Rules) -> Iterator[Problem]:
    """A limit that depends on an evaluation needs somebody who makes it."""
    depends = [name for name in GRADED if limit.when.get(name)]
    if depends and all(move.deed != Deed.ASSESS for move in rules.moves):
        words = f"il dépend d’une évaluation, et aucune action ne fait « {Deed.ASSESS.label} »."
        yield _at(limit, "when", words)
    if "severity" in depends and not rules.severities:
        yield _at(limit, "when", "il dépend de la gravité, et la procédure n’en a aucun niveau.")


def _extension(limit: TimeLimit) -> Iterator[Problem]:
    extension = limit.extension
    if min(extension.times, extension.amount) < 0:
        yield _at(limit, "extension", "la prolongation ne peut pas être négative.")
    if not extension.allowed:
        return
    if limit.internal or limit.on_expiry != OnExpiry.LATE:
        yield _at(
            limit,
            "extension",
            "seul un délai annoncé au réclamant, dû par l’organisme, se prolonge.",
        )
    if extension.amount and not extension.unit:
        yield _at(limit, "extension", "la prolongation a une durée sans unité.")
    if extension.from_start and not extension.amount:
        yield _at(limit, "extension", "une durée totale comptée depuis le départ doit être dite.")
    if extension.from_start and extension.amount and not _lengthens(limit):
        yield _at(
            limit,
            "extension",
            "la durée totale, prolongation comprise, doit dépasser la durée du délai.",
        )


def _lengthens(limit: TimeLimit) -> bool:
    """Whether the whole is longer than each reading in its unit; others do not compare."""
    extension, readings = limit.extension, limit.counting.get("readings") or ()
    amounts = [
        reading.get("amount")
        for reading in readings
        if isinstance(reading, Mapping) and reading.get("unit") == extension.unit
    ]
    return all(isinstance(amount, int) and amount < extension.amount for amount in amounts)


def _at(limit: TimeLimit, field: str, what: str) -> Problem:
    return Problem(f"Le délai « {limit.label} » : {what}", "time_limits", limit.key, field)
