"""A procedure in which dates depend on the evaluation, may be brought nearer, and be prolonged."""

from copy import deepcopy
from typing import Any

from complaints.models import Deadline, Dossier
from tests import factories
from tests.complaints.handling.rules import limit, publish
from tests.factories import World, paris

RECEIVED = "2026-03-30 09:00"  # a Monday
EVERYWHERE = ["recueil", "registre", "evaluation", "mesures", "notification"]

SEVERITIES = [
    {"key": "high", "label": "Fort", "criteria": "danger pour une personne"},
    {"key": "medium", "label": "Moyen"},
    {"key": "low", "label": "Faible"},
]
# IHRM in small: ten days when it is grave, and for the team until it is graded; else forty-five.
GRADE = limit(
    3, key="evaluer", label="Évaluer la gravité", met_by=["assessed"], internal=True,
    when={"severity": ["ungraded"]},
)  # fmt: skip
UNGRADED = limit(
    10, key="reponse_prudente", label="Réponse, gravité inconnue", internal=True,
    when={"severity": ["ungraded"]},
)  # fmt: skip
GRAVE = limit(10, key="reponse_forte", label="Réponse", when={"severity": ["high"]})
OTHERS = limit(
    45, key="reponse", label="Réponse", when={"severity": ["medium", "low"]},
    extension={"allowed": True, "times": 1, "amount": 1, "unit": "mois"},
)  # fmt: skip
COMPLEX = limit(
    5, key="retard", label="Annonce du retard", met_by=["delay_notified"],
    when={"complexity": ["complex"]},
)  # fmt: skip
FREE = limit(30, key="libre", label="Réponse", extension={"allowed": True})

LETTER = {
    "key": "prolongation",
    "label": "Prolongation",
    "subject": "Nouvelle échéance\u00a0: {nouvelle_date}",
    "body": "Bonjour {nom},\n\nLe délai «\u00a0{delai}\u00a0» est porté au {nouvelle_date}, car"
    " {motif}",
}


def move(key: str, deed: str, **changes: Any) -> dict[str, Any]:
    return {
        "key": key,
        "label": key.capitalize(),
        "deed": deed,
        "sources": EVERYWHERE,
        "roles": ["moderator", "direction"],
    } | changes


ASSESS = move("evaluer", "assess")
SHORTEN = move("fixer", "shorten")
EXTEND = move("prolonger", "extend", letter="prolongation")


def file_under(
    world: World, *limits: dict[str, Any], at: str = RECEIVED, checked: bool = True
) -> Dossier:
    """A dossier under these time limits, in a procedure that grades, shortens and prolongs."""
    rules = deepcopy(world.page.version.definition)
    others = [m for m in rules["moves"] if m["deed"] not in ("assess", "shorten", "extend")]
    publish(
        world,
        checked=checked,
        severities=SEVERITIES,
        time_limits=list(limits),
        moves=[*others, ASSESS, SHORTEN, EXTEND],
        letters=[*(one for one in rules["letters"] if one["key"] != LETTER["key"]), LETTER],
    )
    return factories.file(world, at=paris(at)).dossier


def grade(world: World, dossier: Dossier, severity: str, at: str, **data: Any) -> Dossier:
    """Press « Évaluer »."""
    filled = {"severity": severity, "complexity": "simple", "reason": "Relu."} | data
    return factories.play(world, dossier, ("evaluer", filled), at=paris(at))


def standing(dossier: Dossier) -> dict[str, tuple[str, str]]:
    """Each deadline's state and day, by its key; the last one of that key."""
    return {d.key: (d.state, str(d.due_on)) for d in dossier.deadlines.order_by("id")}


def only(dossier: Dossier) -> Deadline:
    return dossier.deadlines.get()
