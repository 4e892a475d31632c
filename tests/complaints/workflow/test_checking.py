"""Each reason not to publish a procedure has a procedure that shows it: lists, buttons, way."""

from typing import Any

import pytest

from complaints.workflow import check_rules, parse_rules
from complaints.workflow.problems import Problem
from tests.complaints.workflow.raw import letter, move, procedure, role, stage, time_limit


def problems(**changes: Any) -> list[Problem]:
    return check_rules(parse_rules(procedure(**changes)))


def sentences(**changes: Any) -> list[str]:
    return [problem.sentence for problem in problems(**changes)]


def test_the_smallest_procedure_can_run() -> None:
    assert problems() == []


def test_nothing_that_blocks_is_a_warning() -> None:
    assert not any(problem.warning for problem in problems(stages=[], moves=[]))


END = stage("sortie", phase="closed")
APPEAL = {
    "stages": [stage("entree"), stage("recours", phase="appeal"), END],
    "moves": [
        move("contester", deed="file_appeal", to="recours"),
        move("clore", sources=["recours"]),
    ],
}


@pytest.mark.parametrize(
    ("changes", "sentence", "place"),
    [
        (
            {"moves": [move("clore", roles=["moderator", "complainant"])]},
            "« Clore » : « Clore » ne peut pas être ouvert au réclamant.",
            ("moves", "clore", "roles"),
        ),
        (
            {"moves": [move("clore"), move("retirer", deed="withdraw", roles=["clock"])]},
            "« Retirer » : « Noter le retrait » ne peut pas être ouvert à l’horloge.",
            ("moves", "retirer", "roles"),
        ),
        (
            {"roles": [role(), role()]},
            "« Moderator » : la clé « moderator » sert deux fois.",
            ("roles", "moderator", "key"),
        ),
        (
            {"moves": [move("clore"), move("clore")]},
            "« Clore » : la clé « clore » sert deux fois.",
            ("moves", "clore", "key"),
        ),
        (
            {"stages": [stage("entree"), END, stage("entree")]},
            "« Entree » : la clé « entree » sert deux fois.",
            ("stages", "entree", "key"),
        ),
        (
            {"time_limits": [time_limit(), time_limit()]},
            "« Réponse » : la clé « reponse » sert deux fois.",
            ("time_limits", "reponse", "key"),
        ),
        (
            {"letters": [letter(), letter()]},
            "« Accuse » : la clé « accuse » sert deux fois.",
            ("letters", "accuse", "key"),
        ),
        (
            {"severities": [{"key": "high", "label": "Forte"}] * 2},
            "« Forte » : la clé « high » sert deux fois.",
            ("severities", "high", "key"),
        ),
        (
            {"register_columns": [{"key": "number", "label": "N°"}] * 2},
            "« N° » : la clé « number » sert deux fois.",
            ("register_columns", "number", "key"),
        ),
        (
            {"bodies": [{"key": "ctrp", "label": " "}]},
            "Il manque un nom à une instance (clé « ctrp »).",
            ("bodies", "ctrp", "label"),
        ),
        (
            {"markers": [{"key": "image", "label": ""}]},
            "Il manque un nom à un repère (clé « image »).",
            ("markers", "image", "label"),
        ),
        (
            {"criteria": [{"key": "ecrit", "label": ""}]},
            "Il manque un nom à un critère (clé « ecrit »).",
            ("criteria", "ecrit", "label"),
        ),
        (
            {"criteria": [{"key": "age", "label": "Récente", "amount": 2}]},
            "« Récente » : il y a une durée sans unité.",
            ("criteria", "age", "unit"),
        ),
        (
            {"criteria": [{"key": "age", "label": "Récente", "unit": "mois"}]},
            "« Récente » : il y a une unité sans durée.",
            ("criteria", "age", "amount"),
        ),
        (
            {"criteria": [{"key": "age", "label": "Récente", "amount": -2, "unit": "mois"}]},
            "« Récente » : une durée ne peut pas être négative.",
            ("criteria", "age", "amount"),
        ),
        (
            {"register_columns": [{"key": "humeur", "label": "Humeur"}]},
            "« Humeur » : le registre ne sait pas montrer « humeur ».",
            ("register_columns", "humeur", "key"),
        ),
        (
            {"letters": [letter(body="Bonjour {prenom},")]},
            "Le courrier « Accuse » : {prenom} n’est pas un champ connu, il partirait tel quel.",
            ("letters", "accuse", "body"),
        ),
        (
            {"letters": [letter(subject="Dossier {numero du dossier}")]},
            "Le courrier « Accuse » : {numero du dossier} n’est pas un champ connu, il partirait"
            " tel quel.",
            ("letters", "accuse", "subject"),
        ),
        (
            {"review_months": 99_999_999},
            "La relecture : de 0 à 1200 mois.",
            ("review_months", "", ""),
        ),
        (
            {"moves": [move("clore", roles=[])]},
            "« Clore » : aucun rôle ne peut faire cette action.",
            ("moves", "clore", "roles"),
        ),
        (
            {"moves": [move("clore", roles=["juge"])]},
            "« Clore » : le rôle « juge » n’existe pas.",
            ("moves", "clore", "roles"),
        ),
        (
            {"moves": [move("clore"), move("ranger", sources=[])]},
            "« Ranger » : aucune étape n’a ce bouton.",
            ("moves", "ranger", "sources"),
        ),
        (
            {"moves": [move("clore", sources=["entree", "ailleurs"])]},
            "« Clore » : l’étape « ailleurs » n’existe pas.",
            ("moves", "clore", "sources"),
        ),
        (
            {"moves": [move("clore"), move("aller", deed="advance", to="ailleurs")]},
            "« Aller » : l’étape « ailleurs » n’existe pas.",
            ("moves", "aller", "to"),
        ),
        (
            {"moves": [move("clore", letter="absent")]},
            "« Clore » : le courrier « absent » n’existe pas.",
            ("moves", "clore", "letter"),
        ),
        (
            {"moves": [move("clore", within="recours")]},
            "« Clore » : le délai « recours » n’existe pas.",
            ("moves", "clore", "within"),
        ),
        (
            {"moves": [move("verser", deed="record_minutes")]},
            "« Verser » : la procédure n’a aucune instance qui tienne séance.",
            ("moves", "verser", "deed"),
        ),
        (
            {"moves": [move("requalifier", deed="reclassify")]},
            "« Requalifier » : la procédure ne traite qu’une nature de dossier.",
            ("moves", "requalifier", "deed"),
        ),
        (
            {"moves": [move("clore"), move("ranger", to="")]},
            "« Ranger » : clore mène à une étape close.",
            ("moves", "ranger", "to"),
        ),
        (
            {"moves": [move("clore"), move("rouvrir", deed="reopen", sources=["sortie"])]},
            "« Rouvrir » : rouvrir mène à une étape ouverte.",
            ("moves", "rouvrir", "to"),
        ),
        (
            APPEAL,
            "L’étape « Recours » : aucune action n’y tranche le recours.",
            ("stages", "recours", "phase"),
        ),
        ({"stages": [], "moves": []}, "La procédure n’a aucune étape.", ("stages", "", "")),
        (
            {"stages": [stage("entree", phase="answered"), END]},
            "La première étape doit être « signalé » ou « en cours ».",
            ("stages", "entree", "phase"),
        ),
        (
            {"stages": [stage("entree"), END, stage("neant", phase="erased")]},
            "L’étape « Neant » : « effacé » vient après la conservation.",
            ("stages", "neant", "phase"),
        ),
        (
            {"moves": [move("clore", to="")]},
            "L’étape « Entree » n’a pas de sortie.",
            ("stages", "entree", ""),
        ),
        (
            {"moves": [move("tourner", deed="advance", to="entree")]},
            "L’étape « Entree » n’a pas de sortie.",
            ("stages", "entree", ""),
        ),
        (
            {"stages": [stage("entree"), END, stage("loin", "closed")]},
            "L’étape « Loin » ne peut jamais être atteinte.",
            ("stages", "loin", ""),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_could_not_run_is_said_where_it_is(
    changes: dict[str, Any], sentence: str, place: tuple[str, str, str]
) -> None:
    assert Problem(sentence, *place) in problems(**changes)


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        ("acknowledge", "accuser réception demande un courrier au réclamant."),
        ("give_notice", "envoyer l’avis de réception demande un courrier au réclamant."),
        ("extend", "prolonger un délai demande un courrier au réclamant."),
        ("respond", "répondre demande un courrier au réclamant."),
        ("decide_appeal", "trancher un recours demande un courrier au réclamant."),
        (
            "inform_implicated",
            "informer la personne mise en cause demande un courrier qui lui est adressé.",
        ),
        (
            "inform_third_party",
            "informer une partie prenante demande un courrier qui lui est adressé.",
        ),
    ],
)
def test_a_deed_that_writes_needs_a_letter(deed: str, sentence: str) -> None:
    moves = [move("clore"), move("ecrire", deed=deed)]
    assert problems(moves=moves) == [
        Problem(f"« Ecrire » : {sentence}", "moves", "ecrire", "letter")
    ]
    moves = [move("clore"), move("ecrire", deed=deed, letter="accuse")]
    assert problems(moves=moves, letters=[letter()]) == []


def test_stages_that_lead_only_to_each_other_never_end() -> None:
    stages = [stage("entree"), stage("a", phase="open"), stage("b", phase="open"), END]
    moves = [
        move("clore"),
        move("aller", deed="advance", to="a"),
        move("un", deed="advance", sources=["a"], to="b"),
        move("deux", deed="advance", sources=["b"], to="a"),
    ]
    assert sentences(stages=stages, moves=moves) == [
        "L’étape « A » ne mène à aucune étape close.",
        "L’étape « B » ne mène à aucune étape close.",
    ]


def test_a_stage_reached_only_from_one_that_is_never_reached_is_said_too() -> None:
    stages = [stage("entree"), END, stage("a"), stage("b")]
    moves = [
        move("clore"),
        move("un", deed="advance", sources=["a"], to="b"),
        move("deux", sources=["b"]),
    ]
    assert sentences(stages=stages, moves=moves) == [
        "L’étape « A » ne peut jamais être atteinte.",
        "L’étape « B » ne peut jamais être atteinte.",
    ]


def test_the_clock_and_the_complainant_need_not_be_named() -> None:
    theirs = move("retirer", deed="withdraw", roles=["complainant"])
    assert problems(moves=[move("clore", roles=["clock"]), theirs]) == []


def test_an_appeal_that_somebody_decides_is_one() -> None:
    decide = move("trancher", deed="decide_appeal", sources=["recours"], letter="accuse")
    assert problems(**APPEAL | {"moves": [*APPEAL["moves"], decide], "letters": [letter()]}) == []


def test_a_closed_stage_may_have_no_way_out_and_may_have_one() -> None:
    again = move("rouvrir", deed="reopen", sources=["sortie"], to="entree")
    assert problems(moves=[move("clore"), again]) == []


def test_every_problem_is_said_at_once() -> None:
    changes = {
        "moves": [move("clore", roles=[], letter="absent")],
        "time_limits": [time_limit(owner="", met_by=[])],
    }
    assert len(problems(**changes)) == 4


def test_a_sentence_is_shown_with_the_spaces_that_hold() -> None:
    shown = str(Problem("« Clore » : est-ce sûr ?")).replace("\u00a0", "_")
    assert shown == "«_Clore_»_: est-ce sûr_?"


def test_a_kind_without_a_way_out_where_others_have_one_is_said() -> None:
    """Reclassified there, a dossier would stay for ever."""
    rules = {
        "kinds": ["complaint", "disruption"],
        "stages": [stage("entree"), stage("etude", phase="open"), END],
    }
    moves = [
        move("etudier", deed="advance", to="etude", kinds=["complaint"]),
        move("ranger", kinds=["disruption"]),
        move("finir", sources=["etude"], kinds=["complaint"]),
        move("requalifier", deed="reclassify", sources=["etude"], to=""),
    ]
    assert sentences(**rules, moves=moves[:3]) == []
    # From there it may be reclassified again, so it is not stuck.
    assert sentences(**rules, moves=moves) == []
    away = {**moves[3], "sources": ["entree"], "to": "etude"}
    assert problems(**rules, moves=[*moves[:3], away]) == [
        Problem(
            "L’étape « Etude » ne mène à aucune étape close pour un dossier de nature « Aléa ».",
            "stages",
            "etude",
        )
    ]
