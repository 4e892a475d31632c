"""The limits and the first words of a field: those its kind has, each refusal in French."""

import pytest

from complaints.intake import Kind, parse
from complaints.intake.limit_checks import STARTED
from tests.complaints.intake.samples import Json, one
from tests.complaints.intake.test_parsing import problems

PROPOSED = [{"value": "a", "label": "A"}]
# What a question of that kind cannot do without.
NEEDED: dict[str, Json] = {
    "choice": {"choices": PROPOSED},
    "choices": {"choices": PROPOSED},
    "information": {"help": "Lisez."},
}


def test_the_usual_limits_are_filled_in() -> None:
    files = parse(one("files")).by_key["reponse"]
    assert (files.max_files, files.max_weight, files.file_types) == (5, 10, ())
    assert parse(one("persons")).by_key["reponse"].max_rows == 5
    assert parse(one("signature")).by_key["reponse"].max_length == 200


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (one("files", max_files=21), "le nombre de fichiers doit aller de 1 à 20."),
        (one("files", max_weight=21), "le poids d’un fichier doit aller de 1 à 20 Mo."),
        (one("files", max_weight=-1), "le poids d’un fichier doit aller de 1 à 20 Mo."),
        (one("files", file_types=["gif"]), "le type de fichier « gif » n’existe pas."),
        (one("files", file_types=[["pdf"]]), "n’existe pas."),
        (one("text", file_types=["pdf"]), "seule une demande de fichiers peut limiter leur poids"),
        (one("text", max_weight=5), "seule une demande de fichiers peut limiter leur poids"),
        (one("persons", max_rows=21), "le nombre de personnes doit aller de 1 à 20."),
        (one("persons", max_rows=-1), "le nombre de personnes doit aller de 1 à 20."),
        (one("address", max_rows=2), "seule une liste de personnes"),
        (one("signature", max_length=50), "seul un texte peut avoir une longueur."),
        (one("text", example="x" * 301), "l’exemple dépasse 300 caractères."),
        (one("information", help="Lisez.", example="x"), "n’a pas d’exemple."),
        (one("text", seen_by=[1]), "un des rôles à qui la réponse est réservée n’a pas de nom."),
        (one("text", seen_by=[""]), "un des rôles à qui la réponse est réservée n’a pas de nom."),
        (one("text", seen_by=["r"] * 21), "réservée à plus de 20 rôles."),
        (one("text", default="x" * 201), "la limite est de 200"),
        (one("text", default="x" * 2_001), "ne peut pas être rempli d’avance"),
        (one("email", default="jean"), "Indiquez une adresse électronique complète"),
        (one("phone", default="06"), "Indiquez un numéro de téléphone complet"),
        (one("date", default="demain"), "Indiquez une date qui existe"),
        (one("number", default="douze"), "Indiquez un nombre"),
        (one("amount", default="-1"), "Indiquez un montant"),
        (one("yes_no", default="oui"), "Choisissez une des réponses"),
        (one("choice", choices=PROPOSED, default="b"), "Choisissez une des réponses"),
        (one("choices", choices=PROPOSED, default="b"), "Choisissez une des réponses"),
    ],
)
def test_what_is_wrong_is_said_in_french(definition: Json, expected: str) -> None:
    (only,) = problems(definition)
    assert expected in only


@pytest.mark.parametrize("kind", sorted(set(Kind) - STARTED))
def test_nobody_agrees_nor_signs_beforehand(kind: str) -> None:
    (only,) = problems(one(kind, default="on", **NEEDED.get(kind, {})))
    assert "ce type de question ne peut pas être rempli d’avance." in only


@pytest.mark.parametrize(
    ("kind", "default"),
    [
        ("text", "Lyon"),
        ("date", "today"),
        ("date", "2026-05-04"),
        ("number", "12,5"),
        ("amount", "1 200 €"),
        ("yes_no", "no"),
        ("choice", "a"),
        ("choices", "a"),
        ("training", "CAP Cuisine"),
    ],
)
def test_the_others_may_start_with_an_answer(kind: str, default: str) -> None:
    parsed = parse(one(kind, default=default, required=True, **NEEDED.get(kind, {})))
    assert parsed.by_key["reponse"].default == default
