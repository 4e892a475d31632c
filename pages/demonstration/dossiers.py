"""Dossiers to look at: filed and handled through the real deeds, on days just past."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model

from complaints.handling.actors import Actor
from complaints.handling.filing import Submission, file_dossier
from complaints.handling.moving import blank_form, perform
from complaints.models import Dossier
from pages.models import ProcedurePage

ANSWERS = {
    "qualite": "trainee",
    "reponse_par": "email",
    "formation": "Communication professionnelle",
    "deja": False,
}
# Who wrote what, how many days ago, and which buttons were pressed since.
SAMPLES: list[tuple[int, dict[str, Any], list[tuple[str, dict[str, Any]]]]] = [
    (
        41,
        {
            "nom": "Camille Aubert",
            "courriel": "camille.aubert@exemple.example",
            "objet": "Attestation de fin de formation jamais reçue",
            "faits": "La formation s’est terminée il y a deux mois. Malgré deux relances, "
            "je n’ai pas reçu l’attestation que mon employeur demande.",
            "attentes": "Recevoir l’attestation.",
        },
        [
            ("accuser", {}),
            ("inscrire", {}),
            ("recevable", {"breaches": "L’envoi des attestations n’est suivi par personne."}),
            (
                "decider",
                {
                    "outcome": "favourable",
                    "decision": "L’envoi aurait dû être immédiat.",
                },
            ),
            (
                "prevoir_mesure",
                {"nature": "preventive", "description": "Envoi automatique des attestations."},
            ),
            ("preparer_reponse", {"comment": ""}),
            ("repondre", {"resolution": "Attestation envoyée, envoi automatisé."}),
        ],
    ),
    (
        9,
        {
            "nom": "Julien Moreau",
            "courriel": "julien.moreau@exemple.example",
            "objet": "Salle inaccessible en fauteuil roulant",
            "faits": "La salle était au premier étage, sans ascenseur. J’avais signalé mon besoin.",
            "attentes": "Pouvoir suivre la prochaine session.",
        },
        [("accuser", {}), ("inscrire", {}), ("recevable", {"breaches": ""})],
    ),
    (
        5,
        {
            "nom": "Nadia Benali",
            "courriel": "nadia.benali@exemple.example",
            "objet": "Facture différente du devis",
            "faits": "Le montant facturé dépasse le devis signé de 180 euros.",
        },
        [("accuser", {}), ("demander_complement", {})],
    ),
    (
        1,
        {
            "nom": "Thomas Leroy",
            "courriel": "thomas.leroy@exemple.example",
            "objet": "Formateur remplacé sans prévenir",
            "faits": "Le formateur annoncé a été remplacé le matin même par un autre, "
            "qui ne connaissait pas le programme.",
        },
        [],
    ),
]


def file_samples(page: ProcedurePage, now: datetime) -> None:
    """File and handle the samples, once: an organisation that has dossiers is left alone."""
    if Dossier.objects.filter(organisation=page.organisation).exists():
        return
    alice = Actor.staff(get_user_model().objects.get(username="alice"))
    for days, answers, moves in SAMPLES:
        at = now - timedelta(days=days)
        submission = Submission(
            organisation=page.organisation,
            procedure_version=page.version,
            form_version=page.form.current,
            answers=ANSWERS | answers,
        )
        dossier = file_dossier(submission, at=at).dossier
        for hours, (move, data) in enumerate(moves, 2):
            press(dossier, move, data, actor=alice, at=at + timedelta(hours=hours))


def press(
    dossier: Dossier, move: str, data: dict[str, Any], *, actor: Actor, at: datetime
) -> Dossier:
    """Make a move as a person who leaves the proposed letter as it is."""
    dossier.refresh_from_db()
    proposed = blank_form(dossier, move, actor=actor, at=at).initial
    return perform(dossier, move, proposed | data, actor=actor, at=at)
