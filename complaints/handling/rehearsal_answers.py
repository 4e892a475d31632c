"""What somebody could plausibly answer to the form of a move, for a dossier that is only played."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from complaints.handling.forms import MoveForm
from complaints.letters.merge import subject_line
from complaints.models import Measure
from complaints.workflow.vocabulary import Channel, Outcome

NAME, EMAIL = "Camille Exemple", "camille.exemple@example.invalid"
ADDRESS = "1 rue de l’Exemple\n75000 Exemple"
SUBJECT = "Attestation jamais reçue"
FACTS = "La formation est finie depuis deux mois et l’attestation n’est pas arrivée."
TRAINING = "Communication professionnelle"

# By the name of the field; a form that asks for something else is filled in by its types.
WORDS: Mapping[str, str] = {
    "breaches": "L’envoi des attestations n’est suivi par personne.",
    "reason": "Exemple de motif.",
    "answer": "Voici l’information que vous demandiez.",
    "comment": "Exemple de commentaire.",
    "writing": FACTS,
    "outcome": Outcome.FAVOURABLE,
    "decision": "L’attestation aurait dû être envoyée à la fin de la formation.",
    "resolution": "L’attestation est envoyée.",
    "description": "Envoyer l’attestation dès la fin de la formation.",
    "nature": Measure.Nature.CORRECTIVE,
    "mediator": "Le médiateur de la consommation",
    "opinion": "satisfied",
    "understood": "Le stagiaire attend son attestation depuis deux mois.",
    "analysis": "L’attestation était prête, personne ne l’a envoyée.",
    "root_cause": "Aucun rappel à la fin d’une formation.",
    "members": "Deux membres.",
    "person": NAME,
    "channel": Channel.PHONE,
    "said": "Rappel de la demande.",
    "name": "Dominique Modèle",
    "email": "dominique.modele@example.invalid",
    "effect": "Plus aucun retard depuis.",
}


def plausible(form: MoveForm, chosen: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """What the form proposes, and where it proposes nothing, what it demands.

    `chosen`: what the scenario has decided, by the name of the field; "" is no decision.
    """
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        proposed = chosen.get(name) or form.get_initial_for_field(field, name)
        data[name] = _answer(name, field, at) if proposed in (None, "", []) else proposed
    if "subject" in data:
        data["subject"] = subject_line(data["subject"])
    return {name: value for name, value in data.items() if value is not None}


def _answer(name: str, field: forms.Field, at: datetime) -> Any:
    """None where nothing need be said."""
    if isinstance(field, forms.MultipleChoiceField):
        return [value for value, _label in field.choices][:1] if field.required else None
    if isinstance(field, forms.ModelChoiceField):
        first = field.queryset.first()
        return first and first.pk
    if isinstance(field, forms.ChoiceField):
        return _choice(name, field)
    if name in WORDS and not isinstance(field, forms.FileField):
        return WORDS[name]
    return _by_type(field, at) if field.required else None


def _choice(name: str, field: forms.ChoiceField) -> Any:
    """What is usual, if it is offered; else the middle of what is."""
    offered = [value for value, _label in field.choices if value]
    if not field.required or not offered:
        return None
    usual = WORDS.get(name)
    return usual if usual in offered else offered[len(offered) // 2]


TYPES: tuple[tuple[type[forms.Field], Callable[[datetime], Any]], ...] = (
    (forms.DateField, lambda at: timezone.localdate(at) + timedelta(days=7)),
    (forms.TimeField, lambda at: timezone.localtime(at).time()),
    (forms.BooleanField, lambda _at: True),
    (forms.EmailField, lambda _at: EMAIL),
    (forms.IntegerField, lambda _at: 1),
    (forms.CharField, lambda _at: "Exemple."),
)


def _by_type(field: forms.Field, at: datetime) -> Any:
    """A file is never made up: the move is refused, and the rehearsal says why."""
    return next((make(at) for kind, make in TYPES if isinstance(field, kind)), None)
