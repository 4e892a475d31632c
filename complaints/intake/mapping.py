"""Where an answer may go in a dossier: the closed list of targets, and the answers by target."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from complaints.intake.definition import Field, FormDefinition, Kind


@dataclass(frozen=True)
class Target:
    """A place in the dossier: its French name, the kinds of fields that may feed it.

    `coded`: it keeps the value of a choice, not its label, because our own lists know that value.
    `autocomplete`: what the browser may fill in, when the form says nothing.
    """

    label: str
    kinds: tuple[Kind, ...]
    coded: bool = False
    autocomplete: str = ""


_LINE = (Kind.TEXT,)
_TEXT = (Kind.LONG_TEXT, Kind.TEXT)
_LISTED = (Kind.TEXT, Kind.CHOICE)

MAPPINGS: Mapping[str, Target] = {
    "complainant.name": Target("Nom du réclamant", _LINE, autocomplete="name"),
    "complainant.email": Target("Adresse électronique", (Kind.EMAIL,), autocomplete="email"),
    "complainant.phone": Target("Téléphone", (Kind.PHONE,), autocomplete="tel"),
    "complainant.postal_address": Target("Adresse postale", _TEXT, autocomplete="street-address"),
    "complainant.organisation_name": Target(
        "Entreprise ou organisme du réclamant", _LINE, autocomplete="organization"
    ),
    "complainant.stakeholder": Target("Partie prenante", (Kind.CHOICE,), coded=True),
    "representative.name": Target("Nom du représentant", _LINE),
    "representative.email": Target("Adresse électronique du représentant", (Kind.EMAIL,)),
    "dossier.kind": Target("Nature de la demande", (Kind.CHOICE,), coded=True),
    "dossier.subject": Target("Objet", _LINE),
    "dossier.description": Target("Description des faits", _TEXT),
    "dossier.expectations": Target("Attentes du réclamant", _TEXT),
    "dossier.training": Target("Contrat, formation ou service concerné", _LISTED),
    "dossier.session": Target("Session", _LISTED),
    "dossier.operations": Target(
        "Opérations concernées", (Kind.LONG_TEXT, Kind.TEXT, Kind.CHOICE, Kind.CHOICES)
    ),
    "dossier.third_parties": Target("Autres personnes ou organismes concernés", _TEXT),
    "dossier.first_expressed_on": Target("Date de la première réclamation", (Kind.DATE,)),
    "dossier.first_expressed_channel": Target(
        "Mode de la première réclamation", (Kind.CHOICE,), coded=True
    ),
    "dossier.consumer": Target("Le réclamant est un consommateur", (Kind.YES_NO,)),
    "dossier.file_consent": Target(
        "Accord pour la constitution du dossier", (Kind.CONSENT, Kind.YES_NO)
    ),
}


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
        return ", ".join(field.label_of(value) for value in answer)
    if field.kind == Kind.CHOICE and not MAPPINGS[field.maps_to].coded:
        return field.label_of(answer)
    return answer
