"""Each reason not to publish a procedure has a procedure that shows it."""

from typing import Any

import pytest

from complaints.workflow import check_rules, parse_rules
from tests.complaints.workflow.raw import letter, move, procedure, role, stage, time_limit


def problems(**changes: Any) -> list[str]:
    return check_rules(parse_rules(procedure(**changes)))


def test_the_smallest_procedure_can_run() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"stages": [], "moves": []}, "La procédure n’a aucune étape."),
        (
            {"stages": [stage("entree", phase="answered"), stage("sortie", phase="closed")]},
            "La première étape doit être « signalé » ou « en cours ».",
        ),
        ({"roles": [role(), role()]}, "« Moderator » : la clé « moderator » sert deux fois."),
        ({"moves": [move("clore"), move("clore")]}, "« Clore » : la clé « clore » sert deux fois."),
        (
            {"stages": [stage("entree"), stage("sortie", phase="closed"), stage("entree")]},
            "« Entree » : la clé « entree » sert deux fois.",
        ),
        (
            {"time_limits": [time_limit(), time_limit()]},
            "« Réponse » : la clé « reponse » sert deux fois.",
        ),
        ({"letters": [letter(), letter()]}, "« Accuse » : la clé « accuse » sert deux fois."),
        (
            {"moves": [move("clore", roles=[])]},
            "« Clore » : aucun rôle ne peut faire cette action.",
        ),
        (
            {"moves": [move("clore"), move("aller", to="ailleurs")]},
            "« Aller » : l’étape « ailleurs » n’existe pas.",
        ),
        (
            {"moves": [move("clore", sources=["entree", "ailleurs"])]},
            "« Clore » : l’étape « ailleurs » n’existe pas.",
        ),
        (
            {"moves": [move("clore", roles=["juge"])]},
            "« Clore » : le rôle « juge » n’existe pas.",
        ),
        (
            {"moves": [move("clore", letter="absent")]},
            "« Clore » : le courrier « absent » n’existe pas.",
        ),
        ({"moves": [move("clore", to="")]}, "L’étape « Entree » n’a pas de sortie."),
        (
            {"stages": [stage("entree"), stage("sortie", phase="closed"), stage("loin", "closed")]},
            "L’étape « Loin » ne peut jamais être atteinte.",
        ),
        (
            {"time_limits": [time_limit(met_by=[])]},
            "Le délai « Réponse » : aucun fait ne le satisfait.",
        ),
        (
            {"time_limits": [time_limit(owner="juge")]},
            "Le délai « Réponse » : il faut un responsable parmi les rôles.",
        ),
        (
            {"time_limits": [time_limit(owner="")]},
            "Le délai « Réponse » : il faut un responsable parmi les rôles.",
        ),
        (
            {"time_limits": [time_limit(escalate_to="juge")]},
            "Le délai « Réponse » : le rôle « juge » n’existe pas.",
        ),
        (
            {"time_limits": [time_limit(when={"humeur": ["mauvaise"]})]},
            "Le délai « Réponse » : la condition « humeur » n’existe pas.",
        ),
        (
            {"time_limits": [time_limit(when={"severity": ["high", "unknown"]})]},
            "Le délai « Réponse » : « unknown » n’est pas une valeur de « severity ».",
        ),
        (
            {"time_limits": [time_limit(pauses_on=["information_requested"])]},
            "Le délai « Réponse » : suspendu, il ne reprendrait jamais.",
        ),
        (
            {"time_limits": [time_limit(internal=True, extension={"allowed": True})]},
            "Le délai « Réponse » : seul un délai annoncé au réclamant, dû par l’organisme,"
            " se prolonge.",
        ),
        (
            {"time_limits": [time_limit(on_expiry="lapse", extension={"allowed": True})]},
            "Le délai « Réponse » : seul un délai annoncé au réclamant, dû par l’organisme,"
            " se prolonge.",
        ),
        (
            {"time_limits": [time_limit(on_expiry="close", when={"severity": ["low"]})]},
            "Le délai « Réponse » : une clôture tacite ne peut pas dépendre d’une évaluation"
            " que le réclamant ne connaît pas.",
        ),
        (
            {"time_limits": [time_limit(extension={"allowed": True, "amount": 1})]},
            "Le délai « Réponse » : la prolongation a une durée sans unité.",
        ),
        (
            {"time_limits": [time_limit(extension={"times": -1})]},
            "Le délai « Réponse » : la prolongation ne peut pas être négative.",
        ),
        (
            {"time_limits": [time_limit(extension={"amount": -1, "unit": "mois"})]},
            "Le délai « Réponse » : la prolongation ne peut pas être négative.",
        ),
        (
            {"time_limits": [time_limit(warn_days=[2, -1])]},
            "Le délai « Réponse » : prévenir de 0 à 3660 jours avant.",
        ),
        (
            {"time_limits": [time_limit(warn_days=[10**9])]},
            "Le délai « Réponse » : prévenir de 0 à 3660 jours avant.",
        ),
        ({"review_months": 99_999_999}, "La relecture : de 0 à 1200 mois."),
        (
            {"severities": [{"key": "high", "label": "Forte"}] * 2},
            "« Forte » : la clé « high » sert deux fois.",
        ),
        (
            {"moves": [move("clore"), move("prolonger", deed="extend")]},
            "« Prolonger » : prolonger un délai demande un courrier au réclamant.",
        ),
    ],
)
def test_what_could_not_run_is_said_in_a_sentence(changes: dict[str, Any], problem: str) -> None:
    assert problem in problems(**changes)


def test_a_stage_reached_only_from_one_that_is_never_reached_is_said_too() -> None:
    stages = [stage("entree"), stage("sortie", phase="closed"), stage("a"), stage("b")]
    moves = [move("clore"), move("un", sources=["a"], to="b"), move("deux", sources=["b"], to="a")]
    found = problems(stages=stages, moves=moves)
    assert found == [
        "L’étape « A » ne peut jamais être atteinte.",
        "L’étape « B » ne peut jamais être atteinte.",
    ]


@pytest.mark.parametrize("on_expiry", ["lapse", "open_window", "close"])
def test_a_right_needs_nobody_and_nothing_to_meet_it(on_expiry: str) -> None:
    right = time_limit(met_by=[], owner="", on_expiry=on_expiry)
    assert problems(time_limits=[right]) == []


def test_a_limit_may_depend_on_what_the_dossier_is() -> None:
    conditions = {
        "severity": ["high", "ungraded"],
        "complexity": ["complex"],
        "kind": ["complaint"],
    }
    prolonged = {"allowed": True, "times": 1, "amount": 1, "unit": "mois"}
    assert problems(time_limits=[time_limit(when=conditions, extension=prolonged)]) == []


def test_a_closed_stage_may_have_no_way_out_and_may_have_one() -> None:
    again = move("rouvrir", deed="reopen", sources=["sortie"], to="entree")
    assert problems(moves=[move("clore"), again]) == []


def test_every_problem_is_said_at_once() -> None:
    changes = {
        "moves": [move("clore", roles=[], letter="absent")],
        "time_limits": [time_limit(owner="", met_by=[])],
    }
    assert len(problems(**changes)) == 4
