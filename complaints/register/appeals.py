"""The internal appeal in plain sentences: who may, until when, who decides, in how long."""

from collections.abc import Iterator

from complaints import sla
from complaints.register.promises import span, starts_words
from complaints.register.provisos import provisos
from complaints.sla.words import NBSP, listed
from complaints.workflow import Move, Rules, TimeLimit
from complaints.workflow.vocabulary import Deed, EventKind, Phase

COMPLAINANT = "complainant"


def has_appeal(rules: Rules) -> bool:
    """Whether the procedure has a stage where an appeal is examined."""
    return any(stage.phase == Phase.APPEAL for stage in rules.stages)


def appeal_words(rules: Rules) -> list[str]:
    """The sentences, in the order a reader asks; none without an appeal."""
    return list(_sentences(rules)) if has_appeal(rules) else []


def _sentences(rules: Rules) -> Iterator[str]:
    filing = [move for move in rules.moves if move.deed == Deed.FILE_APPEAL]
    yield _who(rules, filing)
    for limit in _windows(rules, filing):
        yield _window(limit)
    if deciders := deciders_of(rules):
        yield f"Votre recours est examiné par{NBSP}: {listed(deciders, 'et')}."
    for limit in rules.time_limits:
        if not limit.internal and EventKind.APPEAL_DECIDED in limit.met_by:
            yield _answer(limit)
    yield "Un seul recours est possible pour une même réclamation."


def _who(rules: Rules, filing: list[Move]) -> str:
    """The complainant themselves when a button is theirs, else through whom."""
    keys = {role for move in filing for role in move.roles}
    names = [role.label for role in rules.roles if role.key in keys]
    opening = "Si notre réponse ne vous convient pas, vous, ou votre représentant, pouvez"
    if COMPLAINANT in keys or not names:
        return f"{opening} former un recours interne."
    return f"{opening} former un recours interne en vous adressant à{NBSP}: {listed(names, 'ou')}."


def _windows(rules: Rules, filing: list[Move]) -> list[TimeLimit]:
    keys = dict.fromkeys(move.within for move in filing if move.within)
    return [limit for limit in rules.time_limits if limit.key in keys]


def _window(limit: TimeLimit) -> str:
    length = sla.phrase(sla.parse_limit(limit.counting))
    return _said(limit, f"Vous avez {length} pour le faire, {starts_words(limit)}")


def _answer(limit: TimeLimit) -> str:
    length = span(sla.parse_limit(limit.counting), starts_words(limit))
    return _said(limit, f"La décision vous est donnée dans un délai {length}")


def _said(limit: TimeLimit, sentence: str) -> str:
    """Without a number there is only the promise."""
    counting = sla.parse_limit(limit.counting)
    if counting.is_none:
        return f"{limit.promise or limit.label}, {sla.phrase(counting)}."
    return " ".join([f"{sentence}.", *provisos(limit)])


def deciders_of(rules: Rules) -> list[str]:
    """The bodies that decide the appeal, else the roles.

    A body decides when its key is that of a role of the button, or when the button or the stage of
    the appeal names it.
    """
    moves = [move for move in rules.moves if move.deed == Deed.DECIDE_APPEAL]
    keys = {role for move in moves for role in move.roles}
    bodies = [body.label for body in rules.bodies if body.key in keys]
    return bodies or _named(rules, moves) or _roles(rules, keys)


def _named(rules: Rules, moves: list[Move]) -> list[str]:
    stages = [stage for stage in rules.stages if stage.phase == Phase.APPEAL]
    texts = [f"{move.label} {move.help}" for move in moves]
    texts += [f"{stage.label} {stage.public_label} {stage.summary}" for stage in stages]
    said = " ".join(texts).casefold()
    return [body.label for body in rules.bodies if body.label.casefold() in said]


def _roles(rules: Rules, keys: set[str]) -> list[str]:
    return [role.label for role in rules.roles if role.key in keys and role.key != COMPLAINANT]
