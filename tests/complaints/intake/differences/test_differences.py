"""What changes from one version of a form to the next is told, all of it, in plain French."""

from collections.abc import Iterator
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.intake import FormDefinition
from complaints.intake.differences import WHOLE, Difference, differences, name_differences
from tests.complaints.intake.differences.form_edits import (
    BASE,
    FORM,
    ROLES,
    Edit,
    edited,
    plain,
    question,
    section,
    setting,
)
from tests.complaints.intake.samples import Json


def said(after: FormDefinition, before: FormDefinition = FORM) -> list[str]:
    return [plain(one.sentence) for one in differences(before, after, ROLES)]


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (setting("tel", required=False), "« Téléphone » devient facultatif."),
        (setting("deja", required=True), "« Déjà ? » devient obligatoire."),
        (setting("tel", label="Votre téléphone"),
         "« Téléphone » s’intitule désormais « Votre téléphone »."),
        (setting("tel", label="Votre téléphone " * 6), "l’intitulé change."),
        (setting("tel", help="Fixe"), "« Téléphone » : l’aide, « Fixe » au lieu de « Portable »."),
        (setting("tel", help=None),
         "« Téléphone » : l’aide, « Portable » auparavant, plus rien désormais."),
        (setting("deja", help="Ligne\nsuivante"), "« Déjà ? » : l’aide apparaît."),
        (setting("tel", example="+33 6"),
         "« Téléphone » : l’exemple, « +33 6 » au lieu de « 06 12 34 56 78 »."),
        (setting("qualite", default="client"),
         "« Vous êtes » : la réponse déjà remplie, « Client » au lieu de « Stagiaire »."),
        (setting("recit", kind="text"),
         "« Que s’est-il passé ? » : le type, « Texte court » au lieu de « Texte long »."),
        (setting("recit", max_length=20_000),
         "« Que s’est-il passé ? » : la longueur maximale, « 20 000 caractères » au lieu de "
         "« 500 caractères »."),
        (setting("recit", sensitive=False), "« Que s’est-il passé ? » n’est plus sensible."),
        (setting("deja", sensitive=True), "« Déjà ? » devient sensible."),
        (setting("deja", seen_by=["moderator", "direction"]),
         "La réponse à « Déjà ? » n’est plus visible que par : Direction, Modérateur."),
        (setting("recit", seen_by=[]),
         "La réponse à « Que s’est-il passé ? » devient visible par toutes les personnes qui "
         "lisent le dossier."),
        (setting("recit", seen_by=["moderator"]),
         "La réponse à « Que s’est-il passé ? » est désormais visible par : Modérateur."),
        (setting("tel", maps_to=None), "« Téléphone » n’alimente plus « Téléphone »."),
        (setting("tel", maps_to="representative.phone"),
         "« Téléphone » alimente désormais « Téléphone du représentant », au lieu de "
         "« Téléphone »."),
        (setting("gens", maps_to="dossier.persons"),
         "« Personnes » alimente désormais « Personnes mises en cause, témoins »."),
        (setting("tel", autocomplete="off"),
         "« Téléphone » : le remplissage automatique, désormais « Aucun »."),
        (setting("pieces", max_files=1),
         "« Pièces » : le nombre maximal, « 1 fichier » au lieu de « 3 fichiers »."),
        (setting("pieces", max_weight=8),
         "« Pièces » : le poids d’un fichier, « 8 Mo » au lieu de « 5 Mo »."),
        (setting("pieces", file_types=[]),
         "« Pièces » : les types de fichiers, « tous » au lieu de « PDF, Images et photos »."),
        (setting("gens", max_rows=4),
         "« Personnes » : le nombre de personnes, « 4 » au lieu de « 3 »."),
        (setting("rgpd", help="Gardées."),
         "« Vos données » : le texte, « Gardées. » au lieu de « Lues. »."),
        (setting("accord", help="L’autre."),
         "« J’accepte. » : le texte accepté, « L’autre. » au lieu de « Le texte. »."),
        (setting("accord", label="J’accepte tout."),
         "« J’accepte. » s’intitule désormais « J’accepte tout. »."),
        (setting("tel", show_if=None),
         "« Téléphone » s’affiche désormais toujours, et plus seulement si la réponse à « Vous "
         "êtes » est « Stagiaire » ou « Client »."),
        (setting("deja", show_if={"field": "tel", "answered": False}),
         "« Déjà ? » ne s’affiche plus que si la réponse à « Téléphone » n’est pas donnée."),
        (setting("tel", show_if={"field": "qualite", "is": ["other"]}),
         "« Téléphone » s’affiche désormais si la réponse à « Vous êtes » est « Autre », et non "
         "plus si la réponse à « Vous êtes » est « Stagiaire » ou « Client »."),
        (lambda raw: question(raw, "qualite")["choices"].append(
            {"value": "funder", "label": "Financeur"}),
         "« Vous êtes » propose désormais « Financeur »."),
        (lambda raw: question(raw, "qualite")["choices"].pop(),
         "« Vous êtes » ne propose plus « Autre »."),
        (lambda raw: question(raw, "qualite")["choices"][2].update(label="Autre personne"),
         "« Vous êtes » : « Autre » devient « Autre personne »."),
        (lambda raw: question(raw, "qualite")["choices"][2].update(value="else"),
         "« Vous êtes » : ce qui est gardé pour « Autre » change."),
        (lambda raw: question(raw, "qualite")["choices"].reverse(),
         "« Vous êtes » : les réponses proposées sont dans un autre ordre."),
        (lambda raw: section(raw, "faits")["fields"].reverse(),
         "Les questions de la partie « Les faits » sont dans un autre ordre."),
        (lambda raw: section(raw, "faits")["fields"].pop(0),
         "La question « Que s’est-il passé ? » n’est plus posée."),
        (lambda raw: section(raw, "faits")["fields"].pop(3),
         "Le texte « Vos données » n’est plus montré."),
        (lambda raw: section(raw, "vous")["fields"].append(
            {"key": "age", "kind": "number", "label": "Âge"}),
         "Nouvelle question : « Âge »."),
        (lambda raw: section(raw, "vous")["fields"].append(
            {"key": "mot", "kind": "information", "label": "", "help": "Un mot  à vous."}),
         "Nouveau texte : « Un mot à vous. »."),
        (lambda raw: section(raw, "vous")["fields"].append(
            section(raw, "faits")["fields"].pop(1)),
         "« Pièces » passe de la partie « Les faits » à « Vous »."),
        (setting("gens", key="autres"),
         "« Personnes » change de clé : les programmes y voient une autre question."),
        (lambda raw: raw["sections"].append(
            {"key": "fin", "title": "Fin", "fields": [
                {"key": "mot", "kind": "text", "label": "Mot"}]}),
         "Nouvelle partie : « Fin »."),
        (lambda raw: raw["sections"].pop(), "La partie « Les faits » n’existe plus."),
        (lambda raw: section(raw, "vous").update(title="Qui êtes-vous ?"),
         "La partie « Vous » s’intitule désormais « Qui êtes-vous ? »."),
        (lambda raw: section(raw, "vous").update(help=""),
         "La partie « Vous » : l’introduction, « Pour vous répondre. » auparavant, plus rien "
         "désormais."),
        (lambda raw: section(raw, "faits").pop("show_if"),
         "La partie « Les faits » s’affiche désormais toujours, et plus seulement si la réponse "
         "à « Déjà ? » est « Oui » ou si la réponse à « Téléphone » est donnée."),
        (lambda raw: raw.pop("steps"), "Le formulaire se remplit désormais sur une seule page."),
    ],
)  # fmt: skip
def test_each_change_has_its_sentence(edit: Edit, sentence: str) -> None:
    told = said(edited(edit))
    assert any(one.endswith(sentence) for one in told), told
    both_ways = (differences(FORM, edited(edit), ROLES), differences(edited(edit), FORM, ROLES))
    assert all(found and not found[0].trivial for found in both_ways)


def test_one_change_is_one_sentence() -> None:
    assert said(edited(setting("tel", required=False))) == ["« Téléphone » devient facultatif."]
    assert said(edited(setting("gens", key="autres")))[1:] == []
    assert len(said(edited(setting("recit", kind="text")))) == 1


def test_parts_change_places() -> None:
    def turned(raw: Json) -> None:
        section(raw, "faits").pop("show_if")
        raw["sections"].reverse()

    (found, _condition) = differences(FORM, edited(turned))
    assert found == Difference(
        WHOLE, "Les parties sont dans un autre ordre.", "Vous, Les faits", "Les faits, Vous"
    )


def test_both_values_stand_beside_the_sentence_each_in_its_own_words() -> None:
    """The controlling answer was renamed too: each condition is told as it was read."""

    def renamed(raw: Json) -> None:
        question(raw, "qualite")["label"] = "Votre qualité"
        question(raw, "tel")["show_if"] = {"field": "qualite", "is": ["other"]}

    found = differences(FORM, edited(renamed))[-1]
    assert (found.section, plain(found.before), plain(found.after)) == (
        "Vous",
        "Affichée si la réponse à « Vous êtes » est « Stagiaire » ou « Client »",
        "Affichée si la réponse à « Votre qualité » est « Autre »",
    )


def test_a_question_only_renamed_changes_no_condition_that_reads_it() -> None:
    assert said(edited(setting("deja", label="Déjà dit ?"))) == [
        "« Déjà ? » s’intitule désormais « Déjà dit ? »."
    ]


def reordered_condition(raw: Json) -> None:
    section(raw, "faits")["show_if"]["any"].reverse()


@pytest.mark.parametrize(
    "edit",
    [
        setting("pieces", file_types=["image", "pdf"]),
        setting("tel", show_if={"field": "qualite", "is": ["client", "trainee"]}),
        setting("tel", show_if={"any": [{"field": "qualite", "is": ["trainee", "client"]}]}),
        setting("tel", help="Portable\r\n"),
        setting("tel", autocomplete="tel"),
        setting("deja", required=False),
        reordered_condition,
        lambda raw: section(raw, "vous").update(key="qui"),
    ],
)
def test_what_is_written_otherwise_to_say_the_same_is_told_as_such(edit: Edit) -> None:
    (found,) = differences(FORM, edited(edit))
    assert found.trivial
    assert "pour dire la même chose" in found.sentence


def test_a_moved_question_keeps_what_else_changes() -> None:
    def moved(raw: Json) -> None:
        pieces = section(raw, "faits")["fields"].pop(1)
        section(raw, "vous")["fields"].insert(0, pieces | {"max_files": 2})

    assert said(edited(moved)) == [
        "« Pièces » passe de la partie « Les faits » à « Vous ».",
        "« Pièces » : le nombre maximal, « 2 fichiers » au lieu de « 3 fichiers ».",
    ]


def test_what_is_frozen_with_the_questions_is_told_by_its_name() -> None:
    (found,) = name_differences(
        {"le titre": "R", "la référence": "FR-1"}, {"le titre": "R", "la référence": "FR-2"}
    )
    assert plain(found.sentence) == "Le formulaire : la référence, « FR-2 » au lieu de « FR-1 »."


def mutations(raw: Json) -> Iterator[Edit]:
    """One property of one question, changed or taken away."""
    others = {"label": "Autrement", "help": "Autre aide.", "required": True, "sensitive": True}
    for one in raw["sections"]:
        for asked in one["fields"]:
            for name in others.keys() - ({"required"} if asked["kind"] == "information" else {""}):
                yield setting(asked["key"], **{name: others[name]})
            for name in asked.keys() - {"key", "kind", "label", "choices", "help"}:
                yield setting(asked["key"], **{name: None})


EDITS = [*mutations(BASE), lambda raw: raw.pop("steps", None)]
EDITS += [lambda raw: raw["sections"].pop(), lambda raw: raw["sections"][0]["fields"].pop(1)]
EDITS += [lambda raw: raw["sections"][-1]["fields"].reverse()]


def possible(edits: list[Edit]) -> FormDefinition:
    """As many of these edits as make a form."""
    kept: list[Edit] = []
    for edit in edits:
        try:
            edited(*kept, edit)
        except (ValueError, StopIteration, IndexError):
            continue
        kept.append(edit)
    return edited(*kept)


SOME = st.lists(st.sampled_from(EDITS), max_size=5).map(possible)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(SOME, SOME)
def test_two_forms_differ_in_words_when_their_digests_do(
    before: FormDefinition, after: FormDefinition
) -> None:
    found = differences(before, after, ROLES)
    assert bool(found) == (before.digest != after.digest)
    assert all(one.sentence.endswith(".") and one.section for one in found)
    sections = [one.section for one in found]
    assert [title for title, _ in groupby(sections)] == list(dict.fromkeys(sections))
