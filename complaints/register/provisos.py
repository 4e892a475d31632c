"""What a promise depends on, in words: what is published is all that the clock will do."""

from collections.abc import Iterator, Mapping

from complaints import sla
from complaints.sla.words import NBSP, listed
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

NAMES = {
    "severity": "gravité",
    "complexity": "complexité",
    "stakeholder": "qualité",
    "channel": "reçu par",
}
LABELS = {
    UNGRADED: "pas encore évaluée",
    **dict(Complexity.choices),
    **dict(Stakeholder.choices),
    **dict(Channel.choices),
}
KINDS = {
    Kind.COMPLAINT: "une réclamation",
    Kind.GRIEVANCE: "une plainte",
    Kind.DIFFICULTY: "une difficulté",
    Kind.DISRUPTION: "un aléa",
    Kind.ADVERSE_EVENT: "un événement indésirable",
}
# Why a limit stops, as the complainant lives it.
STOPS = {EventKind.INFORMATION_REQUESTED: "nous attendons les précisions que nous vous demandons"}
ROLLED = (
    "S’il finit un samedi, un dimanche ou un jour férié,"
    " il est reporté au premier jour suivant qui n’en est pas un."
)


def condition(limit: TimeLimit, rules: Rules) -> str:
    """« (pour une réclamation reçue par écrit) »; "" when the limit applies to every dossier."""
    parts = [_received(limit.when), *_graded(limit.when, rules)]
    said = f"{NBSP}; ".join(filter(None, parts))
    return f" ({said})" if said else ""


def _received(when: Mapping[str, tuple[str, ...]]) -> str:
    """« pour une réclamation ou une plainte reçue par écrit »: short, for it comes back often."""
    kinds = [KINDS[Kind(value)] for value in when.get("kind", ())]
    words = ["pour", listed(kinds, "ou")] if kinds else []
    if {*when.get("channel", ())} == WRITTEN:
        masculine = bool(kinds) and kinds[-1].startswith("un ")
        words.append("reçu par écrit" if masculine else "reçue par écrit")
    return " ".join(words)


def _graded(when: Mapping[str, tuple[str, ...]], rules: Rules) -> Iterator[str]:
    """« gravité : fort ou moyen », « reçu par : téléphone »."""
    severities = {level.key.value: level.label for level in rules.severities}
    for name, values in when.items():
        if name in NAMES and values and not (name == "channel" and {*values} == WRITTEN):
            labels = [(severities | LABELS).get(value, value).lower() for value in values]
            yield f"{NAMES[name]}{NBSP}: {listed(labels, 'ou')}"


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
    most = f"jusqu’à {length} en tout" if extension.from_start else f"de {length} au plus"
    return f"Il peut être prolongé {most}{often}, {by}."
