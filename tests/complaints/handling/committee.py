"""IHRM in small: a response that silence closes, one appeal, a committee, a president (§ 1.5)."""

from typing import Any

from complaints.models import Dossier
from complaints.models.organisation import complete_roles
from pages.demonstration.accounts import Person, install_accounts
from tests import factories
from tests.complaints.handling.composed import letter
from tests.complaints.handling.rules import limit, publish
from tests.factories import World, paris

RECEIVED = paris("2026-03-30 09:00")  # a Monday
ANSWERED = paris("2026-04-01 09:00")
# Fifteen days after it was sent: Thursday 16 April 2026 is the last one.
IN_TIME = paris("2026-04-16 23:00")
TOO_LATE = paris("2026-04-17 00:00")
TEAM = ["moderator", "direction", "president"]
BODIES = [{"key": "ctrp", "label": "CTRP"}, {"key": "comite", "label": "Comité d’impartialité"}]


def stage(key: str, phase: str) -> dict[str, Any]:
    return {"key": key, "label": key.capitalize(), "phase": phase}


def move(key: str, deed: str, source: str, to: str = "", **changes: Any) -> dict[str, Any]:
    return {
        "key": key,
        "label": key.capitalize(),
        "deed": deed,
        "sources": source.split(),
        "to": to,
        "roles": TEAM,
    } | changes


OPEN = "recu repondu recours tranche"
RULES = {
    "roles": [
        *({"key": key, "label": key.capitalize()} for key in TEAM),
        {"key": "complainant", "label": "Réclamant"},
        {"key": "clock", "label": "Horloge"},
    ],
    "bodies": BODIES,
    "stages": [
        stage("recu", "signalled"),
        stage("repondu", "answered"),
        stage("recours", "appeal"),
        stage("tranche", "answered"),
        stage("clos", "closed"),
    ],
    "moves": [
        move("decider", "decide", "recu"),
        move("prevoir", "plan_measure", "recu"),
        move("realiser", "complete_measure", "repondu clos"),
        move("repondre", "respond", "recu", "repondu", letter="reponse"),
        move(
            "deposer", "file_appeal", "repondu tranche", "recours",
            roles=["complainant"], within="silence", letter="confirmation",
        ),
        move("enregistrer", "file_appeal", "repondu tranche", "recours", letter="confirmation"),
        move("verser", "record_minutes", OPEN),
        move("ecarter", "recuse", OPEN, roles=["direction", "president"]),
        move("proroger", "extend", "recours", letter="prorogation"),
        move("trancher", "decide_appeal", "recours", "tranche", letter="verdict"),
        move("clore_seul", "close", "repondu", "clos", roles=["clock"]),
        move("clore", "close", "tranche", "clos"),
    ],
    "time_limits": [
        limit(45, key="reponse", label="Réponse", warn_days=[2]),
        limit(
            15, key="silence", label="Recours ou clôture", starts_on="response_sent",
            met_by=["appeal_filed"], on_expiry="close", warn_days=[2],
        ),
        limit(
            1, "mois", key="recours", label="Décision sur le recours", starts_on="appeal_filed",
            met_by=["appeal_decided"], owner="president",
            extension={"allowed": True, "times": 1, "amount": 1, "unit": "mois"},
        ),
    ],
    "letters": [
        letter("reponse", "Notre réponse."),
        letter("confirmation", "Bonjour {nom}, votre recours est arrivé."),
        letter("prorogation", "Nouvelle échéance : {nouvelle_date}, car {motif}"),
        letter("verdict", "Décision {sens} : {decision}", subject="Recours {numero} : {sens}"),
    ],
}  # fmt: skip


def file_under_committee(world: World, **changes: Any) -> Dossier:
    """A dossier just filed under these rules; alice moderates, diane directs, paule presides."""
    version = publish(world, **(RULES | changes))
    complete_roles(world.organisation, version.rules.roles)
    install_accounts(world.organisation, (Person("paule", "Paule", "president", ""),))
    return factories.file(world, at=RECEIVED).dossier


def answered(world: World, **changes: Any) -> Dossier:
    """Decided against the complainant and answered on 1 April 2026."""
    dossier = file_under_committee(world, **changes)
    decision = ("decider", {"outcome": "unfavourable", "decision": "Rien n’était dû."})
    response = ("repondre", {"resolution": "Aucune."})
    return factories.play(world, dossier, decision, response, at=ANSWERED)


def appealed(world: World, at: Any = IN_TIME) -> Dossier:
    """An appeal on paper, entered by the moderator."""
    filed = ("enregistrer", {"reason": "La pièce 3 n’a pas été lue."})
    return factories.play(world, answered(world), filed, at=at)
