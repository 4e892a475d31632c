"""Answers as people read them, and as the dossier receives them."""

from datetime import date

import pytest

from complaints.intake import (
    MAPPINGS,
    DefinitionError,
    FormDefinition,
    answers,
    mapped,
    parse,
    readable,
)
from tests.complaints.intake.samples import FILLED, WHOLE, Json, filled, form_of, one, whole

LISTED = [{"value": "cap", "label": "CAP Cuisine"}, {"value": "bts", "label": "BTS Tourisme"}]


def told(definition: FormDefinition, given: Json) -> list[tuple[str, list[tuple[str, str]]]]:
    """What is read, as (label, text) lines."""
    sections = readable(definition, given)
    return [(title, [(line.label, line.text) for line in lines]) for title, lines in sections]


def test_the_answers_are_read_in_french_section_by_section() -> None:
    form = filled(WHOLE, FILLED)
    assert form.is_valid()
    assert told(whole(), answers(form)) == [
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
    found = told(whole(), {"nom": "Jean", "precision": "cachée", "heures": "", "depuis": None})
    assert found == [("Vous", [("Vos nom et prénom", "Jean")])]


@pytest.mark.parametrize(
    ("number", "read"), [(12, "12"), (0, "0"), (12.5, "12,5"), (20240507, "20240507"), (1e-7, None)]
)
def test_a_number_is_read_in_french(number: float, read: str | None) -> None:
    ((_, [line]),) = readable(parse(one("number")), {"reponse": number})
    assert line.text == (read or "0,0000001")


GUARDED = form_of(
    {"key": "nom", "kind": "text", "label": "Nom"},
    {"key": "sante", "kind": "text", "label": "Santé", "sensitive": True},
    {"key": "auteur", "kind": "text", "label": "Auteur", "seen_by": ["direction"]},
    {"key": "certificat", "kind": "files", "label": "Certificat", "seen_by": ["direction"]},
)
GIVEN = {"nom": "Jean", "sante": "Lombalgie", "auteur": "Paul"}


def test_an_answer_that_the_reader_may_not_see_is_a_line_that_says_so() -> None:
    ((_, lines),) = readable(parse(GUARDED), GIVEN, sees=lambda question: not question.seen_by)
    assert [line.text for line in lines] == ["Jean", "Lombalgie", "Réponse réservée"]
    assert [line.withheld for line in lines] == [False, False, True]


def test_what_stands_for_it_may_be_said_otherwise() -> None:
    definition = parse(GUARDED)
    found = readable(definition, GIVEN, sees=lambda question: not question.guarded, instead="Ici.")
    assert [line.text for line in found[0][1]] == ["Jean", "Ici.", "Ici."]


def test_what_was_not_answered_is_not_said_to_be_reserved() -> None:
    ((_, lines),) = readable(parse(GUARDED), {"nom": "Jean"}, sees=lambda question: False)
    assert [line.field.key for line in lines] == ["nom"]


def test_a_question_answered_by_files_has_a_line_too() -> None:
    definition, files = parse(GUARDED), {"certificat"}
    assert not readable(definition, {})
    ((_, [seen]),) = readable(definition, {}, files=files)
    assert (seen.label, seen.text, seen.withheld) == ("Certificat", "", False)
    ((_, [kept]),) = readable(definition, {}, files=files, sees=lambda question: False)
    assert (kept.text, kept.withheld) == ("Réponse réservée", True)


@pytest.mark.parametrize(("given", "accepted"), [(True, "Lu et compris."), (False, "")])
def test_a_consent_has_the_whole_text_it_was_given_to(given: bool, accepted: str) -> None:
    definition = parse(one("consent", help="Lu et compris."))
    ((_, [line]),) = readable(definition, {"reponse": given})
    assert (line.text, line.accepted) == ("oui" if given else "non", accepted)


def test_a_signature_says_that_it_is_one() -> None:
    ((_, [line]),) = readable(parse(one("signature")), {"reponse": "Jean Martin"})
    assert line.text == "Signé\u00a0: Jean Martin"


@pytest.mark.parametrize("guard", [{"sensitive": True}, {"seen_by": ["direction"]}])
def test_an_answer_that_is_not_for_all_eyes_feeds_no_place_that_all_read(guard: Json) -> None:
    with pytest.raises(DefinitionError) as refused:
        parse(one("text", maps_to="dossier.session", **guard))
    (problem,) = refused.value.problems
    assert "une réponse sensible ou réservée n’alimente pas le dossier\u00a0:" in problem
    assert "« Session »" in problem.replace("\u00a0", " ")


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
