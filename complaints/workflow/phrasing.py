"""The settings of a procedure in French words: what an editor chose, as a person would say it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from complaints.workflow.definition import Extension, Rules
from complaints.workflow.vocabulary import (
    UNGRADED,
    Channel,
    Complexity,
    Kind,
    Severity,
    Stakeholder,
)

NBSP = "\u00a0"

# As `complaints.sla` names them; a test holds the two together.
UNITS = {
    "jours_ouvres": "jours ouvrés",
    "jours_ouvrables": "jours ouvrables",
    "jours_calendaires": "jours calendaires",
    "mois": "mois",
    "ans": "ans",
    "aucun": "sans délai chiffré",
}
SINGULAR = {
    "jours_ouvres": "jour ouvré",
    "jours_ouvrables": "jour ouvrable",
    "jours_calendaires": "jour calendaire",
    "ans": "an",
}
FAVOURS = {"organisation": "la date la plus proche", "complainant": "la date la plus lointaine"}
CONDITIONS = {
    "severity": "gravité",
    "complexity": "complexité",
    "kind": "nature",
    "stakeholder": "partie prenante",
    "channel": "reçu par",
}
VALUES = {
    UNGRADED: "pas encore évaluée",
    **dict(Severity.choices),
    **dict(Complexity.choices),
    **dict(Kind.choices),
    **dict(Stakeholder.choices),
    **dict(Channel.choices),
}


def quoted(text: str) -> str:
    """« texte »."""
    return f"«{NBSP}{text}{NBSP}»"


def labelled(items: Iterable[Any], key: str) -> str:
    """The label of the item of that key; the key itself when there is none such."""
    return next((item.label for item in items if item.key == key), key)


def length(amount: Any, unit: Any) -> str:
    """« 15 jours ouvrés », « 1 mois », « sans délai chiffré »; "" for neither amount nor unit."""
    if unit == "aucun":
        return UNITS["aucun"]
    words = UNITS.get(unit, unit)
    if isinstance(amount, int) and amount < 2:
        words = SINGULAR.get(unit, words)
    return f"{amount} {words}".strip() if amount or unit else ""


def counted(counting: Mapping[str, Any]) -> str:
    """The readings of a count: « 5 jours ouvrés ou 10 jours calendaires »."""
    readings = counting.get("readings") or ()
    return " ou ".join(
        length(reading.get("amount", 0), reading.get("unit", ""))
        for reading in readings
        if isinstance(reading, Mapping)
    )


def extended(extension: Extension) -> str:
    """Whether a limit may be prolonged, how often, by how much."""
    may = "possible" if extension.allowed else "non prévue"
    often = f"{extension.times} fois au plus" if extension.times else ""
    most = length(extension.amount or "", extension.unit)
    ceiling = f"de {most} au plus" if most else ""
    if extension.from_start:
        ceiling = f"{most} en tout".strip()
    return ", ".join(filter(None, [may, often, ceiling]))


def conditions(when: Mapping[str, tuple[str, ...]], rules: Rules) -> str:
    """« gravité : forte ou moyenne »; "" when a limit applies to every dossier.

    In one order, whatever the one in which they were ticked: it changes nothing.
    """
    order = [*CONDITIONS]
    names = sorted(when, key=lambda name: (name not in order, name in order and order.index(name)))
    return f"{NBSP}; ".join(
        f"{CONDITIONS.get(name, name)}{NBSP}: "
        + " ou ".join(_value(name, value, rules).lower() for value in _ordered(when[name]))
        for name in names
    )


def _ordered(values: Sequence[str]) -> list[str]:
    known = [*VALUES][1:]  # « pas encore évaluée » comes last
    return sorted(values, key=lambda value: known.index(value) if value in known else len(known))


def _value(name: str, value: str, rules: Rules) -> str:
    """Under the procedure’s own name for it, if it has one."""
    own = labelled(rules.severities, value) if name == "severity" else value
    return VALUES.get(value, value) if own == value else own
