"""Where an answer may go in a dossier: the closed list of places, and what each one takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from complaints.intake.definition import MAX_LENGTH, TYPED, Kind


@dataclass(frozen=True)
class Target:
    """A place in the dossier: its French name, the kinds of fields that may feed it.

    `kinds`: the one that suits it best is first. `max_length`: what its column holds; none for a
    text without limit. `coded`: it keeps the value of a choice, not its label, because our own
    lists know that value. `one_day`: it keeps a single day, the last one of a period.
    `autocomplete`: what the browser may fill in, when the form says nothing.
    """

    label: str
    kinds: tuple[Kind, ...]
    max_length: int | None = None
    coded: bool = False
    one_day: bool = False
    autocomplete: str = ""


_LINE = (Kind.TEXT,)
_TEXT = (Kind.LONG_TEXT, Kind.TEXT)
_LISTED = (Kind.TEXT, Kind.CHOICE)
_POSTAL = (Kind.ADDRESS, *_TEXT)
_AGREED = (Kind.CONSENT, Kind.YES_NO)


def _coded(label: str) -> Target:
    return Target(label, (Kind.CHOICE,), max_length=20, coded=True)


MAPPINGS: Mapping[str, Target] = {
    "complainant.name": Target("Nom du réclamant", _LINE, 200, autocomplete="name"),
    "complainant.function": Target(
        "Fonction du réclamant", _LINE, 200, autocomplete="organization-title"
    ),
    "complainant.organisation_name": Target(
        "Entreprise ou organisme du réclamant", _LINE, 200, autocomplete="organization"
    ),
    "complainant.email": Target("Adresse électronique", (Kind.EMAIL,), 254, autocomplete="email"),
    "complainant.phone": Target("Téléphone", (Kind.PHONE,), 40, autocomplete="tel"),
    "complainant.postal_address": Target("Adresse postale", _POSTAL, autocomplete="street-address"),
    "complainant.stakeholder": _coded("Partie prenante"),
    "complainant.consents_to_disclosure": Target("Accord du réclamant pour être nommé", _AGREED),
    "representative.name": Target("Nom du représentant", _LINE, 200),
    "representative.organisation_name": Target("Organisme du représentant", _LINE, 200),
    "representative.email": Target("Adresse électronique du représentant", (Kind.EMAIL,), 254),
    "representative.phone": Target("Téléphone du représentant", (Kind.PHONE,), 40),
    "representative.postal_address": Target("Adresse postale du représentant", _POSTAL),
    "dossier.kind": _coded("Nature de la demande"),
    "dossier.subject": Target("Objet", _LINE, 300),
    "dossier.description": Target("Description des faits", _TEXT),
    "dossier.facts_on": Target(
        "Date des faits (des derniers, s’ils durent)", (Kind.DATE, Kind.PERIOD), one_day=True
    ),
    "dossier.expectations": Target("Attentes du réclamant", _TEXT),
    "dossier.training": Target(
        "Contrat, formation ou service concerné", (Kind.TRAINING, *_LISTED), 300
    ),
    "dossier.session": Target("Session", _LISTED, 300),
    "dossier.trainee": Target("Stagiaire concerné", _LINE, 200),
    "dossier.training_dates": Target(
        "Dates de la formation", (Kind.PERIOD, Kind.DATE, Kind.TEXT), 100
    ),
    "dossier.operations": Target("Opérations concernées", (Kind.CHOICES, Kind.CHOICE, *_TEXT), 300),
    "dossier.persons": Target("Personnes mises en cause, témoins", (Kind.PERSONS,)),
    "dossier.third_parties": Target("Autres personnes ou organismes concernés", _TEXT),
    "dossier.first_expressed_on": Target("Date de la première réclamation", (Kind.DATE,)),
    "dossier.first_expressed_channel": _coded("Mode de la première réclamation"),
    "dossier.consumer": Target("Le réclamant est un consommateur", (Kind.YES_NO,)),
    "dossier.file_consent": Target("Accord pour la constitution du dossier", _AGREED),
}


def usual_length(kind: Kind, maps_to: str) -> int:
    """How long an answer of that kind may be when the form does not say: what its target holds."""
    usual, target = MAX_LENGTH.get(kind, 0), MAPPINGS.get(maps_to)
    if kind in TYPED and target and target.max_length:
        return min(usual, target.max_length)
    return usual
