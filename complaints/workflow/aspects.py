"""What a procedure is made of, side by side: the name of each setting and its value in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from complaints.workflow.definition import Retention, Rules
from complaints.workflow.phrasing import FAVOURS, conditions, counted, extended, labelled, length
from complaints.workflow.vocabulary import Stakeholder


@dataclass(frozen=True)
class Aspect:
    """One side of an item: its name, and its value in words in given rules.

    `gained` and `lost`: how a sentence says that a value was added or taken away, for an aspect
    that is a list; that it is now so or no longer, for one that is yes or no; the verb, for one
    that goes from one length to another.
    """

    name: str
    value: Callable[[Any, Rules], Any]
    gained: str = ""
    lost: str = ""


@dataclass(frozen=True)
class Part:
    """A list of the rules: its section on the screen, and the words for one of its items."""

    section: str
    the: str
    new: str
    order: str
    aspects: tuple[Aspect, ...]


def _own(name: str) -> Callable[[Any, Rules], str]:
    """As it is read: a browser ends lines in its own way."""
    return lambda item, _rules: "\n".join(str(getattr(item, name) or "").splitlines())


def _choice(name: str) -> Callable[[Any, Rules], str]:
    return lambda item, _rules: getattr(item, name).label


def _named(name: str, part: str) -> Callable[[Any, Rules], str]:
    return lambda item, rules: labelled(getattr(rules, part), getattr(item, name))


def _all_named(name: str, part: str) -> Callable[[Any, Rules], list[str]]:
    return lambda item, rules: [labelled(getattr(rules, part), key) for key in getattr(item, name)]


def _facts(name: str) -> Callable[[Any, Rules], list[str]]:
    return lambda item, _rules: [fact.label for fact in getattr(item, name)]


def _flag(name: str) -> Callable[[Any, Rules], bool]:
    return lambda item, _rules: bool(getattr(item, name))


def _kept(retention: Retention | None) -> str:
    """« 7 ans (la clôture du dossier) »; "" when nothing is promised."""
    if retention is None:
        return ""
    start = retention.starts_on.label
    words = length(retention.amount, retention.unit)
    return f"{words} après {start[:1].lower()}{start[1:]}"


def _reviewed(months: int) -> str:
    return f"tous les {months} mois" if months else ""


LABEL = Aspect("le nom", _own("label"))
STAGE = (
    LABEL,
    Aspect("la phase", _choice("phase")),
    Aspect("le nom pour le réclamant", _own("public_label")),
    Aspect("le numéro sur la page", _own("step")),
    Aspect("l’explication pour le public", _own("summary")),
)
MOVE = (
    LABEL,
    Aspect("ce qu’elle fait", _choice("deed")),
    Aspect(
        "les étapes",
        _all_named("sources", "stages"),
        "est désormais possible à l’étape",
        "n’est plus possible à l’étape",
    ),
    Aspect("l’étape d’arrivée", _named("to", "stages")),
    Aspect(
        "les rôles",
        _all_named("roles", "roles"),
        "est désormais ouverte à",
        "n’est plus ouverte à",
    ),
    Aspect("le courrier proposé", _named("letter", "letters")),
    Aspect("", _flag("likely"), "est désormais mise en avant", "n’est plus mise en avant"),
    Aspect("l’aide", _own("help")),
    Aspect("le délai pendant lequel elle est ouverte", _named("within", "time_limits")),
    Aspect("les natures de dossiers", _facts("kinds"), "est désormais pour", "n’est plus pour"),
)
LIMIT = (
    LABEL,
    Aspect("le départ", _choice("starts_on")),
    Aspect("la durée", lambda item, _rules: counted(item.counting), "passe"),
    Aspect(
        "",
        lambda item, _rules: bool(item.counting.get("roll_over")),
        "est désormais reporté au jour ouvré suivant quand il finit un jour non ouvré",
        "n’est plus reporté quand il finit un jour non ouvré",
    ),
    Aspect(
        "entre plusieurs lectures",
        lambda item, _rules: (
            FAVOURS.get(item.counting.get("favours", ""), "")
            or str(item.counting.get("favours", ""))
        ),
    ),
    Aspect(
        "ce qui le satisfait",
        _facts("met_by"),
        "est désormais satisfait par",
        "n’est plus satisfait par",
    ),
    Aspect("la phrase pour le public", _own("promise")),
    Aspect("", _flag("internal"), "devient un repère interne", "est désormais annoncé au public"),
    Aspect(
        "",
        _flag("from_first_writing"),
        "compte désormais depuis la première réclamation écrite",
        "ne compte plus depuis la première réclamation écrite",
    ),
    Aspect("à l’échéance", _choice("on_expiry")),
    Aspect(
        "les avertissements",
        lambda item, _rules: [f"{days} j avant" for days in item.warn_days],
        "prévient désormais",
        "ne prévient plus",
    ),
    Aspect("le responsable", _named("owner", "roles")),
    Aspect("qui d’autre est alerté", _named("escalate_to", "roles")),
    Aspect(
        "ce qui le suspend",
        _facts("pauses_on"),
        "est désormais suspendu par",
        "n’est plus suspendu par",
    ),
    Aspect(
        "ce qui le reprend",
        _facts("resumes_on"),
        "reprend désormais avec",
        "ne reprend plus avec",
    ),
    Aspect("les dossiers concernés", lambda item, rules: conditions(item.when, rules)),
    Aspect("la prolongation", lambda item, _rules: extended(item.extension)),
)
LETTER = (LABEL, Aspect("l’objet", _own("subject")), Aspect("le texte", _own("body")))
SEVERITY = (LABEL, Aspect("le texte des critères", _own("criteria")))
BODY = (LABEL, Aspect("la composition", _own("members")))
CRITERION = (
    LABEL,
    Aspect("l’âge des faits", lambda item, _rules: length(item.amount or "", item.unit)),
)

PARTS: Mapping[str, Part] = {
    "roles": Part("Rôles", "Le rôle", "Nouveau rôle", "des rôles", (LABEL,)),
    "stages": Part("Étapes", "L’étape", "Nouvelle étape", "des étapes", STAGE),
    "moves": Part("Actions", "L’action", "Nouvelle action", "des actions", MOVE),
    "time_limits": Part("Délais", "Le délai", "Nouveau délai", "des délais", LIMIT),
    "letters": Part("Courriers", "Le courrier", "Nouveau courrier", "des courriers", LETTER),
    "severities": Part("Gravités", "La gravité", "Nouvelle gravité", "des gravités", SEVERITY),
    "bodies": Part("Instances", "L’instance", "Nouvelle instance", "des instances", BODY),
    "markers": Part("Repères", "Le repère", "Nouveau repère", "des repères", (LABEL,)),
    "criteria": Part(
        "Recevabilité", "Le critère", "Nouveau critère", "des critères de recevabilité", CRITERION
    ),
    "register_columns": Part(
        "Registre", "La colonne", "Nouvelle colonne", "des colonnes du registre", (LABEL,)
    ),
}
WHOLE = "Présentation"
# What is no item of a list, before and after the lists on the screen: its section, its words.
FIRST: tuple[tuple[str, Aspect], ...] = (
    (
        WHOLE,
        Aspect(
            "les natures traitées",
            lambda rules, _: [kind.label for kind in rules.kinds],
            "traite désormais",
            "ne traite plus",
        ),
    ),
    (
        WHOLE,
        Aspect(
            "les parties prenantes",
            lambda rules, _: [Stakeholder(key).label for key in rules.stakeholders],
            "s’adresse désormais à",
            "ne s’adresse plus à",
        ),
    ),
    (WHOLE, Aspect("la liste des destinataires", _own("recipients"))),
)
LAST: tuple[tuple[str, Aspect], ...] = (
    ("Courriers", Aspect("le préfixe des réponses", _own("response_prefix"))),
    (
        "Conservation",
        Aspect("la durée de conservation", lambda rules, _: _kept(rules.retention)),
    ),
    ("Relecture", Aspect("la relecture", lambda rules, _: _reviewed(rules.review_months))),
)
