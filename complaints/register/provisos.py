"""What a promise depends on, in words: what is published is all that the clock will do."""

from collections.abc import Iterator

from complaints import sla
from complaints.sla.words import NBSP, listed
from complaints.workflow import Rules, TimeLimit
from complaints.workflow.vocabulary import (
    UNGRADED,
    Channel,
    Complexity,
    EventKind,
    Kind,
    Stakeholder,
)

NAMES = {
    "severity": "gravité",
    "complexity": "complexité",
    "kind": "nature",
    "stakeholder": "qualité",
    "channel": "reçu par",
}
LABELS = {
    UNGRADED: "pas encore évaluée",
    **dict(Complexity.choices),
    **dict(Kind.choices),
    **dict(Stakeholder.choices),
    **dict(Channel.choices),
}
# Why a limit stops, as the complainant lives it.
STOPS = {EventKind.INFORMATION_REQUESTED: "nous attendons les précisions que nous vous demandons"}
ROLLED = (
    "S’il finit un samedi, un dimanche ou un jour férié,"
    " il est reporté au premier jour suivant qui n’en est pas un."
)


def condition(limit: TimeLimit, rules: Rules) -> str:
    """« (gravité : fort ou moyen) »; "" when the limit applies to every dossier."""
    severities = {level.key.value: level.label for level in rules.severities}
    parts = [
        f"{NAMES[name]}{NBSP}: "
        + listed([(severities | LABELS).get(value, value).lower() for value in values], "ou")
        for name, values in limit.when.items()
        if values
    ]
    return f" ({f'{NBSP}; '.join(parts)})" if parts else ""


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
    most = ""
    if extension.amount:
        length = sla.phrase_reading(sla.Reading(extension.amount, extension.unit))
        most = f" de {length} au plus"
    return f"Il peut être prolongé{most}{often}, par un courrier qui vous dit pourquoi."
