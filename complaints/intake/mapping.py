"""Where an answer may go in a dossier: the closed list of targets, and the answers by target."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from complaints.intake.definition import Field, FormDefinition, Kind


@dataclass(frozen=True)
class Target:
    """A place in the dossier: its French name, the kinds of fields that may feed it.

    `max_length`: what its column holds; none for a text without limit.
    `coded`: it keeps the value of a choice, not its label, because our own lists know that value.
    `autocomplete`: what the browser may fill in, when the form says nothing.
    """

    label: str
    kinds: tuple[Kind, ...]
    max_length: int | None = None
    coded: bool = False
    autocomplete: str = ""


_LINE = (Kind.TEXT,)
_TEXT = (Kind.LONG_TEXT, Kind.TEXT)
_LISTED = (Kind.TEXT, Kind.CHOICE)
_AGREED = (Kind.CONSENT, Kind.YES_NO)
_SEPARATOR = ", "


def _coded(label: str) -> Target:
    return Target(label, (Kind.CHOICE,), max_length=20, coded=True)


MAPPINGS: Mapping[str, Target] = {
    "complainant.name": Target("Nom du réclamant", _LINE, 200, autocomplete="name"),
    "complainant.email": Target("Adresse électronique", (Kind.EMAIL,), 254, autocomplete="email"),
    "complainant.phone": Target("Téléphone", (Kind.PHONE,), 40, autocomplete="tel"),
    "complainant.postal_address": Target("Adresse postale", _TEXT, autocomplete="street-address"),
    "complainant.organisation_name": Target(
        "Entreprise ou organisme du réclamant", _LINE, 200, autocomplete="organization"
    ),
    "complainant.stakeholder": _coded("Partie prenante"),
    "complainant.consents_to_disclosure": Target("Accord du réclamant pour être nommé", _AGREED),
    "representative.name": Target("Nom du représentant", _LINE, 200),
    "representative.email": Target("Adresse électronique du représentant", (Kind.EMAIL,), 254),
    "dossier.kind": _coded("Nature de la demande"),
    "dossier.subject": Target("Objet", _LINE, 300),
    "dossier.description": Target("Description des faits", _TEXT),
    "dossier.expectations": Target("Attentes du réclamant", _TEXT),
    "dossier.training": Target("Contrat, formation ou service concerné", _LISTED, 300),
    "dossier.session": Target("Session", _LISTED, 300),
    "dossier.operations": Target("Opérations concernées", (*_TEXT, Kind.CHOICE, Kind.CHOICES), 300),
    "dossier.third_parties": Target("Autres personnes ou organismes concernés", _TEXT),
    "dossier.facts_on": Target("Date des faits (des derniers, s’ils durent)", (Kind.DATE,)),
    "dossier.first_expressed_on": Target("Date de la première réclamation", (Kind.DATE,)),
    "dossier.first_expressed_channel": _coded("Mode de la première réclamation"),
    "dossier.consumer": Target("Le réclamant est un consommateur", (Kind.YES_NO,)),
    "dossier.file_consent": Target("Accord pour la constitution du dossier", _AGREED),
}


def longest(field: Field) -> int:
    """How long what it sends to its target may be."""
    if field.kind == Kind.CHOICES:
        return len(_SEPARATOR.join(choice.label for choice in field.choices))
    if field.kind == Kind.CHOICE:
        coded = MAPPINGS[field.maps_to].coded
        return max((len(c.value if coded else c.label) for c in field.choices), default=0)
    return field.max_length


def mapped(definition: FormDefinition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that feed the dossier, by target; days are dates, labels unless coded."""
    return {
        field.maps_to: _value(field, answers[field.key])
        for field in definition.shown(answers)
        if field.maps_to and field.key in answers
    }


def _value(field: Field, answer: Any) -> Any:
    if field.kind == Kind.DATE:
        return date.fromisoformat(answer)
    if field.kind == Kind.CHOICES:
        return _SEPARATOR.join(field.label_of(value) for value in answer)
    if field.kind == Kind.CHOICE and not MAPPINGS[field.maps_to].coded:
        return field.label_of(answer)
    return answer
