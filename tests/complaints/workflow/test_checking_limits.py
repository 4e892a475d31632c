"""Each time limit that could not start, be met, end or be somebody's has a procedure with it."""

from typing import Any

import pytest

from complaints.workflow import check_rules, parse_rules
from complaints.workflow.facts import ALWAYS, WRITTEN_BY
from complaints.workflow.problems import Problem
from complaints.workflow.vocabulary import Deed, EventKind
from tests.complaints.workflow.raw import letter, move, procedure, role, time_limit

ASSESS = move("evaluer", deed="assess", to="")
SEVERITIES = [{"key": "high", "label": "Forte"}]


def problems(*limits: dict[str, Any], **changes: Any) -> list[Problem]:
    return check_rules(parse_rules(procedure(time_limits=list(limits), **changes)))


@pytest.mark.parametrize(
    ("limit", "what", "field"),
    [
        ({"met_by": []}, "aucun fait ne le satisfait.", "met_by"),
        (
            {"met_by": ["response_sent"]},
            "aucune action ne produit un fait qui le satisfait.",
            "met_by",
        ),
        ({"owner": "juge"}, "il faut un responsable parmi les rôles.", "owner"),
        ({"owner": ""}, "il faut un responsable parmi les rôles.", "owner"),
        ({"escalate_to": "juge"}, "le rôle « juge » n’existe pas.", "escalate_to"),
        (
            {"starts_on": "appeal_filed"},
            "aucune action ne produit « Recours déposé », il ne partirait pas.",
            "starts_on",
        ),
        (
            {"pauses_on": ["information_requested"]},
            "suspendu, il ne reprendrait jamais.",
            "resumes_on",
        ),
        (
            {"pauses_on": ["message_received"], "resumes_on": ["information_received"]},
            "aucune action ne produit le fait qui le fait reprendre.",
            "resumes_on",
        ),
        (
            {"on_expiry": "close"},
            "pour qu’un dossier se close seul, une action « Clore » doit être ouverte au rôle de"
            " l’horloge (clé « clock »).",
            "on_expiry",
        ),
        ({"when": {"humeur": ["mauvaise"]}}, "la condition « humeur » n’existe pas.", "when"),
        (
            {"when": {"severity": ["high", "unknown"]}},
            "« unknown » n’est pas une valeur de « severity ».",
            "when",
        ),
        (
            {"when": {"severity": ["high"]}},
            "il dépend d’une évaluation, et aucune action ne fait « Évaluer la gravité et la"
            " complexité ».",
            "when",
        ),
        (
            {"when": {"complexity": ["complex"]}},
            "il dépend d’une évaluation, et aucune action ne fait « Évaluer la gravité et la"
            " complexité ».",
            "when",
        ),
        (
            {"when": {"severity": ["high"]}},
            "il dépend de la gravité, et la procédure n’en a aucun niveau.",
            "when",
        ),
        (
            {"on_expiry": "close", "when": {"severity": ["low"]}},
            "une clôture tacite ne peut pas dépendre d’une évaluation que le réclamant ne connaît"
            " pas.",
            "when",
        ),
        (
            {"internal": True, "extension": {"allowed": True}},
            "seul un délai annoncé au réclamant, dû par l’organisme, se prolonge.",
            "extension",
        ),
        (
            {"on_expiry": "lapse", "extension": {"allowed": True}},
            "seul un délai annoncé au réclamant, dû par l’organisme, se prolonge.",
            "extension",
        ),
        (
            {"extension": {"allowed": True, "amount": 1}},
            "la prolongation a une durée sans unité.",
            "extension",
        ),
        ({"extension": {"times": -1}}, "la prolongation ne peut pas être négative.", "extension"),
        (
            {"extension": {"amount": -1, "unit": "mois"}},
            "la prolongation ne peut pas être négative.",
            "extension",
        ),
        (
            {"extension": {"allowed": True, "from_start": True}},
            "une durée totale comptée depuis le départ doit être dite.",
            "extension",
        ),
        (
            {
                "counting": {"readings": [{"amount": 2, "unit": "mois"}]},
                "extension": {"allowed": True, "amount": 2, "unit": "mois", "from_start": True},
            },
            "la durée totale, prolongation comprise, doit dépasser la durée du délai.",
            "extension",
        ),
        ({"warn_days": [2, -1]}, "prévenir de 0 à 3660 jours avant.", "warn_days"),
        ({"warn_days": [10**9]}, "prévenir de 0 à 3660 jours avant.", "warn_days"),
    ],
    ids=str,
)
def test_a_limit_that_could_not_be_kept_is_said(
    limit: dict[str, Any], what: str, field: str
) -> None:
    expected = Problem(f"Le délai « Réponse » : {what}", "time_limits", "reponse", field)
    assert expected in problems(time_limit(**limit))


@pytest.mark.parametrize("on_expiry", ["lapse", "open_window", "close"])
def test_a_right_needs_nobody_and_nothing_to_meet_it(on_expiry: str) -> None:
    right = time_limit(met_by=[], owner="", on_expiry=on_expiry)
    moves = [move("clore", roles=["moderator", "clock"])]
    assert problems(right, moves=moves, roles=[role(), role("clock")]) == []


def test_a_limit_may_depend_on_what_the_dossier_is() -> None:
    conditions = {
        "severity": ["high", "ungraded"],
        "complexity": ["complex"],
        "kind": ["complaint"],
    }
    prolonged = {"allowed": True, "times": 1, "amount": 1, "unit": "mois"}
    limit = time_limit(when=conditions, extension=prolonged)
    assert problems(limit, moves=[move("clore"), ASSESS], severities=SEVERITIES) == []


def test_a_response_that_ends_at_a_closed_stage_closes() -> None:
    respond = move("repondre", deed="respond", letter="accuse")
    assert problems(time_limit(), moves=[respond], letters=[letter()]) == []


def test_the_facts_of_every_deed_are_known() -> None:
    assert WRITTEN_BY.keys() == set(Deed)


def test_only_the_end_of_the_relation_is_written_by_nothing() -> None:
    """It is a date of the dossier: no deed records it, so no time limit may wait for it."""
    written = ALWAYS.union(*WRITTEN_BY.values())
    assert set(EventKind) - written == {EventKind.RELATION_ENDED}
