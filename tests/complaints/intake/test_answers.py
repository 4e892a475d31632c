"""What a visitor types becomes clean answers, or a plain French sentence next to the question."""

import json
from typing import Any

import pytest

from complaints.intake import answers, uploads
from tests.complaints.intake.files.sent_files import pdf, sent
from tests.complaints.intake.samples import FILLED, WHOLE, filled, form_of, one


def answer(kind: str, typed: Any, **properties: Any) -> Any:
    form = filled(one(kind, **properties), {"reponse": typed})
    assert form.is_valid(), form.errors
    return answers(form).get("reponse")


def refusal(kind: str, typed: Any, **properties: Any) -> str:
    form = filled(one(kind, **properties), {} if typed is None else {"reponse": typed})
    (message,) = form.errors["reponse"]
    return message.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_whole_form_gives_answers_fit_for_json() -> None:
    form = filled(WHOLE, FILLED)
    assert form.is_valid(), form.errors
    found = answers(form)
    assert json.loads(json.dumps(found)) == found
    assert found == {
        "nom": "Camille Étchegaray",
        "courriel": "camille@exemple.fr",
        "telephone": "06 12 34 56 78",
        "qualite": "trainee",
        "description": "Le cours du 3 mai a été annulé.\nPersonne n’a prévenu.",
        "deja": True,
        "depuis": "2026-05-04",
        "heures": 7.5,
        "operations": ["accueil", "cours"],
        "accord": True,
    }


def test_files_are_kept_apart_from_the_answers() -> None:
    form = filled(WHOLE, FILLED, {"pieces": [sent("b.pdf", pdf()), sent("a.pdf", pdf())]})
    assert form.is_valid(), form.errors
    assert "pieces" not in answers(form)
    assert [checked.name for checked in uploads(form)] == ["b.pdf", "a.pdf"]
    assert uploads(filled_without_file()) == []


def filled_without_file() -> Any:
    form = filled(WHOLE, FILLED)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  Jean  ", "Jean"),
        ("text", "Jean\r\nBcc: x@y.fr", "Jean Bcc: x@y.fr"),
        ("text", "Je\x07an\x0b", "Jean"),
        ("text", "😀" * 200, "😀" * 200),
        ("long_text", " a\r\n\r\nb\tc ", "a\n\nb\tc"),
        ("long_text", "x" * 20_000, "x" * 20_000),
        ("long_text", "a\r\n" * 6_667, ("a\n" * 6_667).strip()),
        ("email", " Prenom.Nom+test@exemple.co.uk ", "Prenom.Nom+test@exemple.co.uk"),
        ("phone", "06.12.34.56.78", "06.12.34.56.78"),
        ("phone", "+33 (0)6 12 34 56 78", "+33 (0)6 12 34 56 78"),
        ("phone", "0033 6-12-34-56-78", "0033 6-12-34-56-78"),
        ("phone", "+1 (415) 555/0100", "+1 (415) 555/0100"),
        ("phone", "06\u00a012\u202f34 56 78", "06\u00a012\u202f34 56 78"),
        ("phone", "(01) 23 45 67 89", "(01) 23 45 67 89"),
        ("phone", "+352 27 12 34", "+352 27 12 34"),
        ("phone", "+1234567", "+1234567"),
        ("phone", "+123456789012345", "+123456789012345"),
        ("phone", "00 41 22 345 67 89", "00 41 22 345 67 89"),
        ("phone", "\u202a+33 6 12 34 56 78\u202c", "+33 6 12 34 56 78"),
        ("phone", "\u206806\u200b12\ufeff34 56 78\u2069\u00a0", "061234 56 78"),
        ("phone", "06\u201112\u201334\u201156\u201178", "06\u201112\u201334\u201156\u201178"),
        ("email", "\ufeffjean\u00ad.roux@\u200bexemple.fr\u00a0", "jean.roux@exemple.fr"),
        ("text", "\u202aCamille\u202c Roux\ufeff", "Camille Roux"),
        ("text", "🤷🏽\u200d♀️", "🤷🏽\u200d♀️"),
        ("text", "\u200b\u200d\ufeff", None),
        ("amount", "\u202a1\u00a0200,50\u202c €", "1200.50"),
        ("amount", "\ufeff", None),
        ("date", "\u206704/05/2026\u2069", "2026-05-04"),
        ("number", "\u202a12\u200b,5", 12.5),
        ("amount", "125", "125.00"),
        ("amount", "1 200,50", "1200.50"),
        ("amount", "1\u202f200,5\u00a0€", "1200.50"),
        ("amount", "12,5 euros", "12.50"),
        ("amount", "€ 1200.50", "1200.50"),
        ("amount", "1.200,50", "1200.50"),
        ("amount", "007", "7.00"),
        ("amount", "0", "0.00"),
        ("amount", " ", None),
        ("signature", " Jean \r\n Roux ", "Jean   Roux"),
        ("date", "2026-05-04", "2026-05-04"),
        ("date", " 4/5/2026 ", "2026-05-04"),
        ("date", "04.05.2026", "2026-05-04"),
        ("number", "12", 12),
        ("number", "12,50", 12.5),
        ("number", "1\u202f200,5", 1200.5),
        ("number", "-3.0", -3),
        ("number", "0", 0),
        ("yes_no", "yes", True),
        ("yes_no", "no", False),
        ("consent", "on", True),
        ("text", "   ", None),
        ("number", " ", None),
        ("date", "", None),
        ("yes_no", "", None),
    ],
)
def test_what_is_typed_is_kept_clean(kind: str, typed: str, kept: Any) -> None:
    found = answer(kind, typed)
    assert found == kept
    assert type(found) is type(kept)


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("text", "Je\x00an", "contient un caractère nul, que nous ne pouvons pas garder"),
        ("long_text", "\ud800", "contient un caractère nul"),
        ("text", "x" * 201, "compte 201 caractères et la limite est de 200 : raccourcissez"),
        ("long_text", "x" * 1_000_000, "compte 1 000 000 caractères et la limite est de 20 000"),
        ("email", "jean", "Indiquez une adresse électronique complète à « Votre réponse »"),
        ("email", "jean@exemple", "Indiquez une adresse électronique complète"),
        ("email", "a@b.fr, c@d.fr", "Indiquez une adresse électronique complète"),
        ("email", "a@b.fr\r\nBcc: c@d.fr", "Indiquez une adresse électronique complète"),
        ("email", "jean@wanadoo.f", "exemple.fr. Vouliez-vous écrire « jean@wanadoo.fr » ?"),
        ("email", "jean@gmail;com", "Vouliez-vous écrire « jean@gmail.com » ?"),
        ("email", "a..b@c.fr", "Indiquez une adresse électronique complète"),
        ("phone", "12 34", "Indiquez un numéro de téléphone complet"),
        ("phone", "le matin", "Indiquez un numéro de téléphone complet"),
        ("phone", "+336123456781234567890", "Indiquez un numéro de téléphone complet"),
        ("phone", "06 12 34 56 7", "dix chiffres pour la France"),
        ("phone", "06 12 34 56 78 90", "dix chiffres pour la France"),
        ("phone", "00 12 34 56 78", "dix chiffres pour la France"),
        ("phone", "+33 6 12 34 56", "dix chiffres pour la France"),
        ("phone", "+33 6 12 34 56 78 9", "dix chiffres pour la France"),
        ("phone", "612345678", "dix chiffres pour la France"),
        ("phone", "+123456", "avec l’indicatif du pays"),
        ("phone", "+1234567890123456", "avec l’indicatif du pays"),
        ("phone", "06 12 34 56 78 ou 79", "Indiquez un numéro de téléphone complet"),
        ("amount", "douze", "Indiquez un montant en euros à « Votre réponse »"),
        ("amount", "-5", "Indiquez un montant en euros"),
        ("amount", "12,345", "Indiquez un montant en euros"),
        ("amount", "1.200", "Indiquez un montant en euros"),
        ("amount", "€5€", "Indiquez un montant en euros"),
        ("amount", "12 €/h", "Indiquez un montant en euros"),
        ("amount", "10000000000,00", "Indiquez un montant en euros"),
        ("amount", "9" * 1_000_000, "Indiquez un montant en euros"),
        ("amount", "٣", "Indiquez un montant en euros"),
        ("signature", "x" * 201, "compte 201 caractères"),
        ("date", "2026-02-30", "Indiquez une date qui existe"),
        ("date", "30/02/2026", "Indiquez une date qui existe"),
        ("date", "hier", "Indiquez une date qui existe"),
        ("date", "0202-05-04", "Indiquez une date qui existe"),
        ("date", "٢٠٢٦-٠٥-٠٤", "Indiquez une date qui existe"),
        ("number", "douze", "Indiquez un nombre en chiffres"),
        ("number", "nan", "Indiquez un nombre en chiffres"),
        ("number", "1e9", "Indiquez un nombre en chiffres"),
        ("number", "1000000000001", "Indiquez un nombre en chiffres"),
        ("number", "9" * 2_000, "Indiquez un nombre en chiffres"),
        ("yes_no", "peut-être", "Choisissez une des réponses proposées à « Votre réponse »."),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_way_out(
    kind: str, typed: str, sentence: str
) -> None:
    assert sentence in refusal(kind, typed)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("text", "Indiquez « Votre réponse »."),
        ("long_text", "Indiquez « Votre réponse »."),
        ("email", "Indiquez « Votre réponse »."),
        ("phone", "Indiquez « Votre réponse »."),
        ("date", "Indiquez « Votre réponse »."),
        ("number", "Indiquez « Votre réponse »."),
        ("amount", "Indiquez « Votre réponse »."),
        ("signature", "Indiquez « Votre réponse »."),
        ("yes_no", "Choisissez une réponse à « Votre réponse »."),
        ("consent", "Cochez la case « Votre réponse » pour continuer."),
        ("files", "Joignez au moins un fichier à « Votre réponse »."),
    ],
)
def test_a_missing_answer_is_asked_for(kind: str, sentence: str) -> None:
    assert refusal(kind, None, required=True) == sentence


def test_a_question_is_asked_for_as_a_question() -> None:
    assert refusal("text", " ", required=True, label="Pourquoi ?") == "Répondez à « Pourquoi ? »."


@pytest.mark.parametrize("kind", ["choice", "choices"])
def test_a_choice_is_one_of_those_proposed(kind: str) -> None:
    proposed = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]
    assert answer(kind, "b", choices=proposed) == ("b" if kind == "choice" else ["b"])
    assert "Choisissez une des réponses" in refusal(kind, "c", choices=proposed)
    assert "Choisissez une réponse" in refusal(kind, None, choices=proposed, required=True)


def test_a_form_that_is_not_a_list_of_choices_is_answered_without_a_crash() -> None:
    proposed = [{"value": str(n), "label": str(n)} for n in range(9)]
    assert answer("choice", ["1", "2"], choices=proposed) == "2"
    assert answer("choices", ["2", "1", "2"], choices=proposed) == ["1", "2"]


def test_a_consent_shown_and_left_unticked_is_kept_as_a_no() -> None:
    form = filled(one("consent"), {})
    assert form.is_valid()
    assert answers(form) == {"reponse": False}


CHAIN = form_of(
    {"key": "deja", "kind": "yes_no", "label": "Déjà\u202f?"},
    {
        "key": "comment",
        "kind": "choices",
        "label": "Comment\u202f?",
        "choices": [{"value": "oral", "label": "Oral"}, {"value": "ecrit", "label": "Écrit"}],
        "show_if": {"field": "deja", "is": [True]},
    },
    {
        "key": "quand",
        "kind": "date",
        "label": "Quand\u202f?",
        "required": True,
        "show_if": {"field": "comment", "is": ["ecrit"]},
    },
    {
        "key": "lettre",
        "kind": "files",
        "label": "Lettre",
        "required": True,
        "show_if": {"field": "comment", "is": ["ecrit"]},
    },
)


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ({}, {}),
        ({"deja": "no", "comment": "ecrit", "quand": "jamais"}, {"deja": False}),
        ({"comment": "ecrit", "quand": "2026-05-04"}, {}),
        (
            {"deja": "yes", "comment": "oral", "quand": "2026-05-04"},
            {"deja": True, "comment": ["oral"]},
        ),
    ],
)
def test_a_hidden_question_is_neither_required_nor_checked_nor_kept(
    data: dict[str, Any], kept: dict[str, Any]
) -> None:
    form = filled(CHAIN, data, {"lettre": sent("virus.exe", b"MZ")})
    assert form.is_valid(), form.errors
    assert answers(form) == kept
    assert uploads(form) == []


def test_a_shown_question_is_required() -> None:
    form = filled(CHAIN, {"deja": "yes", "comment": ["oral", "ecrit"]})
    assert set(form.errors) == {"quand", "lettre"}


@pytest.mark.parametrize(
    "key", ["clean", "errors", "fields", "data", "files", "helper", "definition", "prefix", "media"]
)
def test_a_key_may_be_a_word_of_django(key: str) -> None:
    form = filled(one("text", key=key), {key: "Jean"})
    assert form.is_valid(), form.errors
    assert answers(form) == {key: "Jean"}


def test_ten_thousand_foreign_fields_are_ignored() -> None:
    form = filled(one("text"), {f"champ{n}": "x" for n in range(10_000)} | {"reponse": "Jean"})
    assert form.is_valid()
    assert answers(form) == {"reponse": "Jean"}
