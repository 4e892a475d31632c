"""What a promise depends on, in words: what is published is all that the clock will do."""

from collections.abc import Iterator, Mapping

from complaints import sla
from complaints.sla.words import NBSP, listed, of
from complaints.workflow import Rules, TimeLimit
from complaints.workflow.vocabulary import (
    UNGRADED,
    WRITTEN,
    Channel,
    Complexity,
    EventKind,
    Kind,
    Stakeholder,
)

NAMES = {"stakeholder": "qualité", "channel": "reçu par"}
LABELS = {**dict(Stakeholder.choices), **dict(Channel.choices)}
KINDS = {
    Kind.COMPLAINT: "une réclamation",
    Kind.GRIEVANCE: "une plainte",
    Kind.DIFFICULTY: "une difficulté",
    Kind.DISRUPTION: "un aléa",
    Kind.ADVERSE_EVENT: "un événement indésirable",
}
# Of whatever kind it is.
ANY = "un dossier"
UNKNOWN = "pas encore évaluée"
# What may open a promise: the only words that lose their capital once they are no longer first.
OPENINGS = {"La", "Le", "Les", "Notre", "Nous", "Sans", "Si", "Toute", "Un", "Une", "Votre", "Vous"}
# Why a limit stops, as the complainant lives it.
STOPS = {EventKind.INFORMATION_REQUESTED: "nous attendons les précisions que nous vous demandons"}
ROLLED = (
    "S’il finit un samedi, un dimanche ou un jour férié,"
    " il est reporté au premier jour suivant qui n’en est pas un."
)


def conditioned(sentence: str, limit: TimeLimit, rules: Rules) -> str:
    """« Pour une plainte reçue par écrit : nous vous répondons » ; as it is without a condition."""
    lead = condition(limit, rules)
    if not lead:
        return sentence
    first = sentence.split(" ", 1)[0]
    rest = f"{first.lower()}{sentence[len(first) :]}" if first in OPENINGS else sentence
    return f"{lead}{NBSP}: {rest}"


def condition(limit: TimeLimit, rules: Rules) -> str:
    """« Pour une réclamation complexe » ; "" when the limit applies to every dossier."""
    when = {name: values for name, values in limit.when.items() if values}
    if not when:
        return ""
    words = [_concerned(limit, rules), _complexity(when), _received(limit, rules)]
    more = "".join([_severity(when, rules), _unknown_complexity(when), *_others(when)])
    return f"Pour {' '.join(filter(None, words))}{more}"


def names_what_arrives(limit: TimeLimit, rules: Rules) -> bool:
    """Whether the condition has named what is received: the rest may then say « sa réception »."""
    return bool(condition(limit, rules)) and _concerned(limit, rules) != ANY


def _concerned(limit: TimeLimit, rules: Rules) -> str:
    return listed(_kinds(limit, rules), "ou")


def _kinds(limit: TimeLimit, rules: Rules) -> list[str]:
    values = limit.when.get("kind") or (rules.kinds if len(rules.kinds) == 1 else ())
    return [KINDS[Kind(value)] for value in values] or [ANY]


def _complexity(when: Mapping[str, tuple[str, ...]]) -> str:
    """« simple » : the same word for « une plainte » and « un aléa »."""
    labels = dict(Complexity.choices)
    known = [labels[value].lower() for value in when.get("complexity", ()) if value in labels]
    return listed(known, "ou")


def _received(limit: TimeLimit, rules: Rules) -> str:
    if not _is_written(limit.when):
        return ""
    masculine = _kinds(limit, rules)[-1].startswith("un ")
    return "reçu par écrit" if masculine else "reçue par écrit"


def _severity(when: Mapping[str, tuple[str, ...]], rules: Rules) -> str:
    """« , de gravité « Faible » ou pas encore évaluée »: each level by the name it was given."""
    names = {level.key.value: level.label for level in rules.severities}
    values = when.get("severity", ())
    said = [
        UNKNOWN if value == UNGRADED else f"«{NBSP}{names.get(value, value)}{NBSP}»"
        for value in values
    ]
    return f", de gravité {listed(said, 'ou')}" if said else ""


def _unknown_complexity(when: Mapping[str, tuple[str, ...]]) -> str:
    return f", de complexité {UNKNOWN}" if UNGRADED in when.get("complexity", ()) else ""


def _others(when: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """« (reçu par : téléphone) »."""
    for name, words in NAMES.items():
        values = when.get(name, ())
        if values and not (name == "channel" and _is_written(when)):
            labels = [LABELS.get(value, value).lower() for value in values]
            yield f" ({words}{NBSP}: {listed(labels, 'ou')})"


def _is_written(when: Mapping[str, tuple[str, ...]]) -> bool:
    return {*when.get("channel", ())} == WRITTEN


def provisos(limit: TimeLimit) -> Iterator[str]:
    """One sentence for each thing that may move its last day."""
    if limit.counting.get("roll_over"):
        yield ROLLED
    if limit.pauses_on:
        reasons = [STOPS.get(kind, f"fait{NBSP}: {kind.label.lower()}") for kind in limit.pauses_on]
        yield f"Il est suspendu tant que {listed(reasons, 'ou que')}."
    if limit.extension.allowed:
        yield _extension(limit)


def _extension(limit: TimeLimit) -> str:
    extension = limit.extension
    often = {0: "", 1: ", une seule fois"}.get(extension.times, f", {extension.times} fois au plus")
    by = "par un courrier qui vous dit pourquoi"
    if not extension.amount:
        return f"Il peut être prolongé{often}, {by}."
    length = sla.phrase_reading(sla.Reading(extension.amount, extension.unit))
    most = f"jusqu’à {length} en tout" if extension.from_start else f"{of(length)} au plus"
    return f"Il peut être prolongé {most}{often}, {by}."
