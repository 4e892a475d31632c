"""A definition is read whole, or refused with everything that is wrong in it."""

from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.intake import DefinitionError, Kind, build_form, digest, parse, reread
from tests.complaints.intake.samples import WHOLE, Json, form_of, one, posted, whole

COLOUR = {
    "key": "couleur",
    "kind": "choice",
    "label": "Couleur",
    "choices": [{"value": "bleu", "label": "Bleu"}],
}
ASKED = {"key": "suite", "kind": "text", "label": "Suite"}


def problems(definition: Any) -> list[str]:
    with pytest.raises(DefinitionError) as refusal:
        parse(definition)
    return [problem.replace("\u00a0", " ") for problem in refusal.value.problems]


def test_a_definition_becomes_data() -> None:
    definition = whole()
    assert [section.key for section in definition.sections] == ["vous", "faits"]
    assert definition.by_key["nom"].kind == Kind.TEXT
    assert definition.by_key["pieces"].max_files == 3
    assert definition.digest == digest(WHOLE)


def test_the_usual_limits_are_filled_in() -> None:
    definition = whole()
    assert definition.by_key["nom"].max_length == 200
    assert definition.by_key["description"].max_length == 20_000
    assert parse(one("files")).by_key["reponse"].max_files == 5


def test_the_digest_ignores_the_order_of_keys_and_sees_every_word() -> None:
    reordered = {"sections": [dict(reversed(s.items())) for s in WHOLE["sections"]]}
    changed = deepcopy(WHOLE)
    changed["sections"][0]["fields"][0]["label"] += "."
    assert digest(reordered) == digest(WHOLE)
    assert digest(changed) != digest(WHOLE)
    assert len(digest(WHOLE)) == 64


def test_the_class_is_built_once_for_each_digest() -> None:
    assert build_form(parse(WHOLE)) is build_form(parse(deepcopy(WHOLE)))
    assert build_form(parse(WHOLE)) is not build_form(parse(one("text")))


def test_french_typography_is_kept_in_what_is_read() -> None:
    label = "Le livret\u00a0: «\u202fBarista\u202f», niveau 2\u202f?"
    definition = parse(one("choice", choices=[{"value": "livret", "label": label}]))
    assert definition.by_key["reponse"].choices[0].label == label


def test_null_is_absence() -> None:
    parse(one("text", choices=None, max_files=None, show_if=None, maps_to=None, help=None))


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (one("couleur"), "le type « couleur » n’existe pas."),
        (one("text", key="Nom"), "la clé « Nom » n’est pas valable"),
        (one("text", key="1nom"), "la clé « 1nom » n’est pas valable"),
        (one("text", key="nom\n"), "n’est pas valable"),
        (one("text", key="csrfmiddlewaretoken"), "n’est pas valable"),
        (one("text", key="a" * 41), "n’est pas valable"),
        (one("text", label=" "), "il manque un libellé."),
        (one("text", label="x" * 301), "le libellé dépasse 300 caractères."),
        (one("text", help="x" * 10_001), "l’aide dépasse"),
        (one("text", label="\x00"), "« label » contient un caractère nul."),
        (one("text", label="\ud800"), "« label » contient un caractère nul."),
        (one("text", required="oui"), "« required » doit être vrai ou faux."),
        (one("text", max_length=True), "« max_length » doit être un nombre entier."),
        (one("text", obligatoire=True), "la propriété « obligatoire » n’existe pas."),
        (one("text", choices=COLOUR["choices"]), "seul un choix peut proposer des réponses."),
        (one("text", max_length=1_001), "la longueur doit aller de 1"),
        (one("text", max_length=-1), "la longueur doit aller de 1"),
        (one("text", maps_to="dossier.subject", max_length=301), "ne peut recevoir que 300"),
        (one("long_text", maps_to="dossier.operations", max_length=301), "que 300 caractères"),
        (
            one(
                "choices",
                maps_to="dossier.operations",
                choices=[{"value": str(n), "label": "x" * 99} for n in range(4)],
            ),
            "ne peut recevoir que 300 caractères, et la réponse peut en avoir 402.",
        ),
        (
            one(
                "choice",
                maps_to="dossier.kind",
                choices=[{"value": "a" * 21, "label": "A"}],
            ),
            "« Nature de la demande » ne peut recevoir que 20",
        ),
        (one("date", max_length=10), "seul un texte peut avoir une longueur."),
        (one("files", max_files=21), "le nombre de fichiers doit aller de 1 à 20."),
        (one("text", max_files=2), "seule une demande de fichiers"),
        (one("text", autocomplete="x onfocus=alert(1)"), "le remplissage automatique"),
        (one("choice"), "il faut proposer au moins une réponse."),
        (one("choices"), "il faut proposer au moins une réponse."),
        (one("choice", choices=["bleu"]), "un objet était attendu."),
        (one("choice", choices=COLOUR["choices"] * 2), "« bleu » est proposée deux fois."),
        (one("choice", choices=[{"value": "", "label": "Bleu"}]), "une valeur et un libellé"),
        (one("choice", choices=[{"value": "a\nb", "label": "B"}]), "une valeur et un libellé"),
        (one("choice", choices=[{"value": "a", "label": "A\tB"}]), "une valeur et un libellé"),
        (one("choice", choices=[{"value": "a\u00a0b", "label": "B"}]), "une valeur et un libellé"),
        (one("choice", choices=COLOUR["choices"] * 201), "plus de 200 réponses"),
        (one("information"), "ce bloc d’information n’a pas de texte."),
        (one("information", help="Lisez.", required=True), "ne peut être obligatoire."),
        (one("information", help="Lisez.", maps_to="dossier.subject"), "ne peut recevoir"),
        (one("text", maps_to="dossier.couleur"), "pas de place nommée « dossier.couleur »."),
        (one("text", maps_to="complainant.email"), "« Adresse électronique » ne peut recevoir"),
        (one("yes_no", maps_to="dossier.kind"), "« Nature de la demande » ne peut recevoir"),
        (one("text", show_if={"field": "reponse", "is": ["a"]}), "la question elle-même"),
        (form_of(ASKED | {"show_if": {"field": "couleur", "is": ["bleu"]}}, COLOUR), "plus haut"),
        (form_of(COLOUR, ASKED | {"show_if": {"field": "couleur", "is": ["vert"]}}), "« vert »"),
        (form_of(COLOUR, ASKED | {"show_if": {"field": "couleur", "is": [["x"]]}}), "attend"),
        (form_of(COLOUR, ASKED | {"show_if": {"field": "couleur", "is": []}}), "quelle réponse"),
        (
            form_of(ASKED, ASKED | {"key": "fin", "show_if": {"field": "suite", "is": ["x"]}}),
            "ni un choix ni une question fermée",
        ),
        (
            form_of(
                {"key": "oui", "kind": "yes_no", "label": "Oui"},
                ASKED | {"show_if": {"field": "oui", "is": [1]}},
            ),
            "la condition attend « 1 »",
        ),
        (form_of(ASKED, ASKED), "la clé « suite » sert déjà à une autre question."),
        (
            form_of(
                ASKED | {"maps_to": "dossier.subject"},
                ASKED | {"key": "autre", "maps_to": "dossier.subject"},
            ),
            "« Objet » reçoit déjà la réponse de la question « Suite ».",
        ),
        (form_of(), "elle ne contient aucune question."),
        (form_of(*[ASKED | {"key": f"k{n}"} for n in range(201)]), "plus de 200 questions."),
        ({"sections": []}, "aucune partie"),
        ({}, "aucune partie"),
        ({"sections": {}}, "« sections » doit être une liste."),
        ({"sections": ["vous"]}, "un objet était attendu."),
        ({"sections": [], "titre": "x"}, "la propriété « titre » n’existe pas."),
        ({"sections": [one("text")["sections"][0]] * 2}, "sert déjà à une autre partie."),
        ({"sections": [{"key": "A", "title": "", "fields": [ASKED]}]}, "il manque un titre."),
        ({"sections": object()}, "illisible"),
        ({"sections": float("nan")}, "illisible"),
        ("sections", "illisible"),
    ],
)
def test_what_is_wrong_is_said_in_french(definition: Any, expected: str) -> None:
    assert any(expected in problem for problem in problems(definition)), problems(definition)


def test_every_problem_is_said_at_once_with_its_section_and_its_field() -> None:
    definition: Json = {
        "sections": [
            {
                "key": "vous",
                "title": "Vous",
                "fields": [
                    {"key": "Nom", "kind": "text", "label": "Votre nom"},
                    {"key": "avis", "kind": "choice", "label": "Avis"},
                ],
            },
            {"key": "faits", "title": "", "fields": [{"key": "x", "kind": "rêve"}]},
        ]
    }
    first, second, third, fourth = problems(definition)
    assert first.startswith("Partie « Vous », question « Votre nom » : la clé « Nom »")
    assert second == "Partie « Vous », question « Avis » : il faut proposer au moins une réponse."
    assert third == "Partie « faits » : il manque un titre."
    assert fourth == "Partie « faits », question « x » : le type « rêve » n’existe pas."


@pytest.mark.parametrize(("written", "read"), [("oui", True), (" Non ", False), (True, True)])
def test_a_condition_on_a_closed_question_may_be_written_in_words(written: Any, read: bool) -> None:
    closed = {"key": "deja", "kind": "yes_no", "label": "Déjà ?"}
    shown = ASKED | {"show_if": {"field": "deja", "is": [written]}}
    condition = parse(form_of(closed, shown)).by_key["suite"].show_if
    assert condition
    assert condition.tests[0].values == (read,)


def test_a_field_is_not_blamed_for_the_field_it_depends_on() -> None:
    broken = COLOUR | {"choices": []}
    definition = form_of(broken, ASKED | {"show_if": {"field": "couleur", "is": ["bleu"]}})
    (only,) = problems(definition)
    assert "question « Couleur »" in only


NAMES = st.sampled_from(
    ["sections", "fields", "key", "kind", "label", "choices", "value", "show_if", "field", "is"]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from([*Kind]) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(ANYTHING, ANYTHING)
def test_no_json_makes_the_reading_crash(field: Any, value: Any) -> None:
    for definition in (
        field,
        form_of(field),
        one("choice", choices=value),
        one("text", show_if=value),
        one(value),
    ):
        with suppress(DefinitionError):
            build_form(parse(definition))()


def test_what_was_published_is_read_for_ever_whatever_is_refused_since() -> None:
    closed = {"key": "deja", "kind": "yes_no", "label": "Déjà ?", "maps_to": "dossier.nowhere"}
    shown = ASKED | {"show_if": {"field": "deja", "is": [True]}}
    definition = form_of(closed, shown)
    with pytest.raises(DefinitionError):
        parse(definition)
    before = reread(definition)
    assert [field.key for field in before.shown({"deja": True})] == ["deja", "suite"]
    assert build_form(before)(posted({"deja": "yes", "suite": "x"})).is_valid()
