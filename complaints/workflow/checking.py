"""What makes a readable procedure unfit to run: dead ends, unknown names, moves nobody may make."""

from collections.abc import Iterator

from complaints.workflow.definition import Rules, TimeLimit
from complaints.workflow.vocabulary import (
    UNGRADED,
    Channel,
    Complexity,
    Deed,
    Kind,
    OnExpiry,
    Phase,
    Severity,
    Stakeholder,
)

# What a time limit may depend on, and the values it may name.
GRADED = {"severity", "complexity"}
CONDITIONS = {
    "severity": {*Severity.values, UNGRADED},
    "complexity": {*Complexity.values},
    "kind": {*Kind.values},
    "stakeholder": {*Stakeholder.values},
    "channel": {*Channel.values},
}
# How long before its day a time limit may be warned of.
WARN_DAYS = 3_660
# Beyond a century, the day of a review could not be written.
REVIEW_MONTHS = 1_200


def check_rules(rules: Rules) -> list[str]:
    """French sentences, one for each reason not to publish; empty when the procedure can run."""
    checks = (_names, _keys, _references, _exits, _reachability, _limits, _review)
    return [problem for check in checks for problem in check(rules)]


def _names(rules: Rules) -> Iterator[str]:
    if not rules.stages:
        yield "La procédure n’a aucune étape."
    elif rules.first_stage.phase not in (Phase.SIGNALLED, Phase.OPEN):
        yield "La première étape doit être « signalé » ou « en cours »."


def _keys(rules: Rules) -> Iterator[str]:
    keyed = (rules.roles, rules.stages, rules.moves, rules.time_limits, rules.letters)
    for items in (*keyed, rules.severities):
        seen: set[str] = set()
        for item in items:
            if item.key in seen:
                yield f"« {item.label} » : la clé « {item.key} » sert deux fois."
            seen.add(item.key)


def _references(rules: Rules) -> Iterator[str]:
    stages = {stage.key for stage in rules.stages}
    roles = {role.key for role in rules.roles}
    letters = {letter.key for letter in rules.letters}
    for move in rules.moves:
        if not move.roles:
            yield f"« {move.label} » : aucun rôle ne peut faire cette action."
        for key in {*move.sources, *filter(None, [move.to])} - stages:
            yield f"« {move.label} » : l’étape « {key} » n’existe pas."
        for key in set(move.roles) - roles:
            yield f"« {move.label} » : le rôle « {key} » n’existe pas."
        if move.letter and move.letter not in letters:
            yield f"« {move.label} » : le courrier « {move.letter} » n’existe pas."
        if move.deed == Deed.EXTEND and not move.letter:
            yield f"« {move.label} » : prolonger un délai demande un courrier au réclamant."


def _exits(rules: Rules) -> Iterator[str]:
    for stage in rules.stages:
        leaves = any(stage.key in move.sources and move.to for move in rules.moves)
        if stage.phase.is_open and not leaves:
            yield f"L’étape « {stage.label} » n’a pas de sortie."


def _reachability(rules: Rules) -> Iterator[str]:
    if not rules.stages:
        return
    reached, frontier = set(), {rules.first_stage.key}
    while frontier:
        reached |= frontier
        frontier = {m.to for m in rules.moves if m.to and reached & set(m.sources)} - reached
    for stage in rules.stages:
        if stage.key not in reached:
            yield f"L’étape « {stage.label} » ne peut jamais être atteinte."


def _limits(rules: Rules) -> Iterator[str]:
    roles = {role.key for role in rules.roles}
    for limit in rules.time_limits:
        if not limit.met_by and limit.on_expiry == "late":
            yield f"Le délai « {limit.label} » : aucun fait ne le satisfait."
        if limit.on_expiry == "late" and limit.owner not in roles:
            yield f"Le délai « {limit.label} » : il faut un responsable parmi les rôles."
        if limit.escalate_to and limit.escalate_to not in roles:
            yield f"Le délai « {limit.label} » : le rôle « {limit.escalate_to} » n’existe pas."
        if limit.pauses_on and not limit.resumes_on:
            yield f"Le délai « {limit.label} » : suspendu, il ne reprendrait jamais."
        if any(not 0 <= days <= WARN_DAYS for days in limit.warn_days):
            yield f"Le délai « {limit.label} » : prévenir de 0 à {WARN_DAYS} jours avant."
        yield from _conditions(limit)
        yield from _extension(limit)


def _review(rules: Rules) -> Iterator[str]:
    if not 0 <= rules.review_months <= REVIEW_MONTHS:
        yield f"La relecture : de 0 à {REVIEW_MONTHS} mois."


def _conditions(limit: TimeLimit) -> Iterator[str]:
    if limit.on_expiry == OnExpiry.CLOSE and GRADED & limit.when.keys():
        yield (
            f"Le délai « {limit.label} » : une clôture tacite ne peut pas dépendre d’une évaluation"
            " que le réclamant ne connaît pas."
        )
    for name, values in limit.when.items():
        if name not in CONDITIONS:
            yield f"Le délai « {limit.label} » : la condition « {name} » n’existe pas."
        for value in sorted(set(values) - CONDITIONS.get(name, set(values))):
            yield f"Le délai « {limit.label} » : « {value} » n’est pas une valeur de « {name} »."


def _extension(limit: TimeLimit) -> Iterator[str]:
    extension = limit.extension
    if min(extension.times, extension.amount) < 0:
        yield f"Le délai « {limit.label} » : la prolongation ne peut pas être négative."
    if not extension.allowed:
        return
    if limit.internal or limit.on_expiry != OnExpiry.LATE:
        yield (
            f"Le délai « {limit.label} » : seul un délai annoncé au réclamant, dû par l’organisme,"
            " se prolonge."
        )
    if extension.amount and not extension.unit:
        yield f"Le délai « {limit.label} » : la prolongation a une durée sans unité."
