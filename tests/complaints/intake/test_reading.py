"""Answers as people read them, and as the dossier receives them."""

from datetime import date

import pytest

from complaints.intake import MAPPINGS, answers, mapped, parse, readable
from tests.complaints.intake.samples import FILLED, WHOLE, filled, one, whole

LISTED = [{"value": "cap", "label": "CAP Cuisine"}, {"value": "bts", "label": "BTS Tourisme"}]


def test_the_answers_are_read_in_french_section_by_section() -> None:
    form = filled(WHOLE, FILLED)
    assert form.is_valid()
    assert readable(whole(), answers(form)) == [
        (
            "Vous",
            [
                ("Vos nom et prénom", "Camille Étchegaray"),
                ("Votre adresse électronique", "camille@exemple.fr"),
                ("Votre téléphone", "06 12 34 56 78"),
                ("Vous êtes", "Stagiaire"),
            ],
        ),
        (
            "Les faits",
            [
                (
                    "Que s’est-il passé\u202f?",
                    "Le cours du 3 mai a été annulé.\nPersonne n’a prévenu.",
                ),
                ("En avez-vous déjà parlé\u202f?", "oui"),
                ("Depuis quand\u202f?", "04/05/2026"),
                ("Nombre d’heures perdues", "7,5"),
                ("Opérations concernées", "Accueil, Cours"),
                ("J’accepte qu’un dossier soit constitué.", "oui"),
            ],
        ),
    ]


def test_hidden_and_empty_answers_are_not_read() -> None:
    found = readable(whole(), {"nom": "Jean", "precision": "cachée", "heures": "", "depuis": None})
    assert found == [("Vous", [("Vos nom et prénom", "Jean")])]


@pytest.mark.parametrize(
    ("number", "read"), [(12, "12"), (0, "0"), (12.5, "12,5"), (20240507, "20240507"), (1e-7, None)]
)
def test_a_number_is_read_in_french(number: float, read: str | None) -> None:
    ((_, [(_, found)]),) = readable(parse(one("number")), {"reponse": number})
    assert found == (read or "0,0000001")


def test_the_answers_feed_the_dossier() -> None:
    form = filled(WHOLE, FILLED)
    assert form.is_valid()
    assert mapped(whole(), answers(form)) == {
        "complainant.name": "Camille Étchegaray",
        "complainant.email": "camille@exemple.fr",
        "complainant.phone": "06 12 34 56 78",
        "complainant.stakeholder": "trainee",
        "dossier.description": "Le cours du 3 mai a été annulé.\nPersonne n’a prévenu.",
        "dossier.first_expressed_on": date(2026, 5, 4),
        "dossier.operations": "Accueil, Cours",
        "dossier.file_consent": True,
    }


def test_a_hidden_answer_feeds_nothing() -> None:
    found = mapped(whole(), {"deja": False, "depuis": "2026-05-04", "nom": "Jean"})
    assert found == {"complainant.name": "Jean"}


@pytest.mark.parametrize(
    ("target", "kept"), [("dossier.training", "CAP Cuisine"), ("dossier.kind", "cap")]
)
def test_a_choice_feeds_its_label_unless_our_own_list_knows_its_value(
    target: str, kept: str
) -> None:
    definition = parse(one("choice", choices=LISTED, maps_to=target))
    assert mapped(definition, {"reponse": "cap"}) == {target: kept}


@pytest.mark.parametrize(
    ("target", "kind"), [(name, kind) for name, target in MAPPINGS.items() for kind in target.kinds]
)
def test_every_target_can_be_fed_by_each_of_its_kinds(target: str, kind: str) -> None:
    choices = LISTED if kind in ("choice", "choices") else []
    limit = {"max_length": 200} if kind == "long_text" else {}
    definition = parse(one(kind, maps_to=target, choices=choices, **limit))
    assert definition.by_key["reponse"].maps_to == target
