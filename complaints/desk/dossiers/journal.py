"""The journal as people read it: each fact, who, when, what it says, and whether the seal holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone

from complaints.handling import assessment, contact
from complaints.handling.satisfaction import OPINIONS
from complaints.models import Dossier, Event
from complaints.models.event import first_broken_event
from complaints.workflow.phrasing import labelled
from complaints.workflow.vocabulary import (
    Channel,
    Complexity,
    EventKind,
    Kind,
    Outcome,
    Severity,
    Stakeholder,
)

# What a line's data is called, in the order in which it is shown: a database keeps none. What is
# not here (digests, internal numbers) is not shown.
LABELS = {
    "received_at": "Reçu le",
    "transcribed_by": "Noté par",
    "person": "Avec",
    "recipient": "À",
    "on": "Le",
    "text": "Texte",
    "comment": "Commentaire",
    "reason": "Motif",
    "people": "Personnes",
    "body_label": "Instance",
    "held_on": "Réunie le",
    "members": "Membres présents",
    "nature": "Nature",
    "facts_on": "Date des faits",
    "met": "Critères remplis",
    "unmet": "Critères non remplis",
    "exception": "Motif de l’exception",
    "understood": "Ce qui a été compris",
    "analysis": "Analyse",
    "root_cause": "Cause profonde",
    "breaches": "Manquements relevés",
    "decision": "Décision",
    "description": "Mesure",
    "effect": "Effet constaté",
    "outcome": "Sens",
    "opinion": "Avis",
    "mediator": "Médiateur",
    "register_number": "Numéro au registre",
    "number": "Réponse",
    "letter": "Courrier",
    "stakeholder": "Partie prenante",
    "consent": "Être nommé",
    "channel": "Reçu par",
    "form": "Formulaire",
    "procedure": "Procédure",
    "files": "Pièces jointes",
    "file": "Pièce",
    "paper": "Document",
    "limit": "Délai",
    "due_on": "Échéance",
    "was_on": "Au lieu du",
    "severity": "Gravité",
    "complexity": "Complexité",
    "markers": "Repères",
    "from_version": "Ancienne version",
    "to_version": "Nouvelle version",
    "deadlines": "Échéances",
    "escalated_to": "Signalé à",
    "to": "Vers",
}

# What is kept as a value of one of our closed lists.
CODED: Mapping[str, type[TextChoices]] = {
    "outcome": Outcome,
    "channel": Channel,
    "stakeholder": Stakeholder,
    "complexity": Complexity,
}


@dataclass(frozen=True)
class Line:
    """One fact, readable."""

    event: Event
    details: list[tuple[str, str]] = field(default_factory=list)
    erased: bool = False


@dataclass(frozen=True)
class Journal:
    """All the facts, the last one first, and the first line where the seal is broken, if any."""

    lines: list[Line]
    broken: Event | None


def read_journal(dossier: Dossier, names: Mapping[str, str]) -> Journal:
    """The journal of that dossier, files under these names by digest; two queries."""
    events = dossier.events.order_by("-number")
    lines = [
        Line(event, list(_details(dossier, event, names)), event.personal is None)
        for event in events
    ]
    return Journal(lines, first_broken_event(dossier))


def _details(dossier: Dossier, event: Event, names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    known = {**(event.personal or {}), **event.data}
    for key, label in LABELS.items():
        value = known.get(key)
        if value not in ("", None, []) and _is_told(event, key):
            yield _label(event, key, label), _words(dossier, event, key, value, names)


def _is_told(event: Event, key: str) -> bool:
    """A response has its number and the row of its letter: the number is enough."""
    return (event.kind, key) != (EventKind.RESPONSE_SENT, "letter")


def _label(event: Event, key: str, label: str) -> str:
    """A contact goes both ways."""
    return "Par" if (event.kind, key) == (EventKind.CONTACT_LOGGED, "channel") else label


def _severity(dossier: Dossier, value: str) -> str:
    """Under the procedure’s own name for it."""
    names = {level.key: level.label for level in dossier.rules.severities}
    return names.get(value, Severity(value).label)


def _reclassified(nature: str, before: str) -> str:
    return f"{Kind(nature).label} (avant\u00a0: {Kind(before).label})"


def _words(dossier: Dossier, event: Event, key: str, value: Any, names: Mapping[str, str]) -> str:
    if key in CODED:
        return CODED[key](value).label
    match key:
        case "opinion":
            return dict(OPINIONS).get(value, value)
        case "severity":
            return _severity(dossier, value)
        case "nature" if event.kind == EventKind.RECLASSIFIED:
            return _reclassified(value, event.data["before"]["nature"])
        case "met" | "unmet":
            return "\n".join(c.label for c in dossier.rules.criteria if c.key in value)
        case "markers":
            return ", ".join(assessment.marker_labels(dossier.rules, value))
        case "consent":
            return dict(contact.CONSENT)[value]
        case "on":
            return contact.in_words(value, event.data.get("hour", ""))
        case "deadlines":
            return assessment.in_words(dossier.rules, value)
        case "due_on" | "was_on" | "held_on" | "facts_on":
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        case "received_at":
            return f"{timezone.localtime(datetime.fromisoformat(value)):%d/%m/%Y}"
        case "limit":
            return dossier.rules.time_limit(value).label
        case "files":
            return ", ".join(names.get(digest, digest[:12]) for digest in value)
        case "file":
            return names.get(value, value[:12])
        case "to" if event.kind == EventKind.STAGE_CHANGED:
            # A version that the dossier followed then may have had a stage that this one has not.
            return labelled(dossier.rules.stages, value)
        case _:
            return str(value)
