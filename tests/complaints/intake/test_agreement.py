"""One definition, two faces: the Django form and the JSON Schema accept and refuse the same."""

import string
from itertools import product
from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django.core.validators import validate_email
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from complaints.intake import IntakeForm, Kind, answers, build_form, json_schema, parse, readable
from complaints.intake.patterns import EMAIL
from tests.complaints.intake.generated import CHOOSE, PROPOSED, TYPED, as_posted, filings
from tests.complaints.intake.samples import FILLED, WHOLE, Json, filled, form_of, one, posted


def schema_accepts(definition: Json, given_answers: Json) -> bool:
    schema = json_schema(parse(definition))
    return Draft202012Validator(schema, format_checker=FormatChecker(["date"])).is_valid(
        given_answers
    )


def agree(definition: Json, given_answers: Json) -> IntakeForm:
    """Both accept these answers, or neither; and what is kept of them is accepted again, as is."""
    form = filled(definition, as_posted(definition, given_answers))
    assert form.is_valid() == schema_accepts(definition, given_answers), form.errors
    if form.is_valid():
        kept = answers(form)
        assert schema_accepts(definition, kept)
        again = filled(definition, as_posted(definition, kept))
        assert again.is_valid()
        assert answers(again) == kept
        readable(parse(definition), kept)
    return form


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(filings())
@example((WHOLE, {}))
def test_the_form_and_the_schema_accept_and_refuse_the_same(filing: tuple[Json, Json]) -> None:
    assert render_crispy_form(agree(*filing))


@pytest.mark.parametrize("kind", TYPED)
def test_they_agree_on_each_kind_of_answer(kind: str) -> None:
    seen = set()

    @settings(max_examples=40, deadline=None, derandomize=True, database=None)
    @given(TYPED[kind], st.booleans())
    def agreed(answer: Any, required: bool) -> None:
        definition = one(kind, required=required, **CHOOSE.get(kind, {}))
        seen.add(agree(definition, {"reponse": answer}).is_valid())

    agreed()
    # Else nothing was tried: a « yes or no » is always right, and so is a box left unticked.
    assert seen >= ({True} if kind == "yes_no" else {True, False})


@pytest.mark.parametrize("kind", TYPED)
def test_they_agree_that_nothing_was_answered(kind: str) -> None:
    for required in (True, False):
        definition = one(kind, required=required, **CHOOSE.get(kind, {}))
        assert agree(definition, {}).is_valid() is not required


@pytest.mark.parametrize("kind", [kind for kind in TYPED if kind != "consent"])
def test_they_agree_on_what_is_not_answered(kind: str) -> None:
    """What was sent to a hidden question, or is but blank, is no answer for those below."""
    fields = [
        {"key": "ouvre", "kind": "yes_no", "label": "Ouvre"},
        one(kind, **CHOOSE.get(kind, {}))["sections"][0]["fields"][0]
        | {"show_if": {"field": "ouvre", "is": [True]}},
        {"key": "suite", "kind": "text", "label": "Suite", "required": True}
        | {"show_if": {"field": "reponse", "answered": True}},
        {"key": "sinon", "kind": "text", "label": "Sinon", "required": True}
        | {"show_if": {"field": "reponse", "answered": False}},
    ]

    @settings(max_examples=25, deadline=None, derandomize=True, database=None)
    @given(TYPED[kind], st.booleans(), st.sampled_from(["suite", "sinon"]))
    def agreed(answer: Any, opened: bool, followed: str) -> None:
        agree(form_of(*fields), {"ouvre": opened, "reponse": answer, followed: "x"})

    agreed()


A_IS: Json = {"field": "a", "is": [True]}
A_IS_NOT: Json = {"field": "a", "is_not": [True]}
B_UNANSWERED: Json = {"field": "b", "answered": False}
C_IS: Json = {"field": "c", "is": ["a", "b"]}
C_IS_NOT: Json = {"field": "c", "is_not": ["a", "b"]}
SHOWN_IF = [
    *(A_IS, A_IS_NOT, B_UNANSWERED, C_IS, C_IS_NOT),
    *({"all": tests} for tests in ([A_IS, B_UNANSWERED], [B_UNANSWERED, C_IS_NOT], [A_IS, C_IS])),
    *({"any": tests} for tests in ([B_UNANSWERED, C_IS], [A_IS_NOT, C_IS_NOT], [A_IS, C_IS])),
]


@pytest.mark.parametrize("on_section", [True, False], ids=["section", "field"])
@pytest.mark.parametrize("show_if", SHOWN_IF, ids=str)
def test_they_agree_on_each_way_to_show(show_if: Json, on_section: bool) -> None:
    definition = form_of(
        {"key": "a", "kind": "yes_no", "label": "A"},
        {"key": "b", "kind": "yes_no", "label": "B", "show_if": {"field": "a", "is": [True]}},
        {"key": "c", "kind": "choices", "label": "C", "choices": PROPOSED},
    )
    asked: Json = {"key": "suite", "kind": "text", "label": "Suite", "required": True}
    section: Json = {"key": "apres", "title": "Après", "fields": [asked]}
    (section if on_section else asked)["show_if"] = show_if
    definition["sections"].append(section)
    accepted = set()
    for a, b, c in product([None, True, False], [None, True], [None, [], ["a"], ["c"], ["b", "c"]]):
        given_answers = {"a": a, "b": b, "c": c}
        sent = {key: value for key, value in given_answers.items() if value is not None}
        accepted.add(agree(definition, sent).is_valid())
        assert agree(definition, sent | {"suite": "x"}).is_valid()
    # The question that is missing was asked of some, and not of others.
    assert accepted == {True, False}


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(
    st.from_regex(EMAIL, fullmatch=True, alphabet=string.printable).filter(lambda a: len(a) < 254)
)
def test_every_accepted_address_is_one_that_django_would_write_to(address: str) -> None:
    validate_email(address)


def test_the_schema_is_a_schema_and_accepts_a_whole_filing() -> None:
    form = filled(WHOLE, FILLED)
    assert form.is_valid()
    schema = json_schema(form.definition)
    Draft202012Validator.check_schema(schema)
    assert schema_accepts(WHOLE, answers(form))
    assert "pieces" not in schema["properties"]
    assert "avant" not in schema["properties"]
    assert schema["properties"]["qualite"]["oneOf"][0] == {"const": "trainee", "title": "Stagiaire"}


def test_the_schema_says_what_a_form_shows_of_each_question() -> None:
    """An example or a default is an answer that the schema takes; other words stay words."""
    fields: list[Json] = [
        {"key": "n", "kind": "number", "label": "N", "example": "12,5", "default": "3"},
        {"key": "d", "kind": "date", "label": "D", "default": "2026-05-04"},
        {"key": "t", "kind": "date", "label": "T", "default": "today"},
        {"key": "o", "kind": "yes_no", "label": "O", "default": "no"},
        {"key": "c", "kind": "choices", "label": "C", "choices": PROPOSED, "default": "a"},
        {"key": "e", "kind": "email", "label": "E", "example": "la vôtre", "help": "Aide"},
    ]
    schema = json_schema(parse(form_of(*fields)))
    Draft202012Validator.check_schema(schema)
    said = schema["properties"]
    assert {key: shown["default"] for key, shown in said.items() if "default" in shown} == {
        "n": 3,
        "d": "2026-05-04",
        "o": False,
        "c": ["a"],
    }
    assert (said["n"]["examples"], said["e"]["examples"]) == ([12.5], ["la vôtre"])
    assert said["e"]["description"] == "Aide"
    assert "examples" not in said["d"]


def test_the_schema_refuses_a_property_that_is_no_question() -> None:
    assert not schema_accepts(WHOLE, as_posted(WHOLE, {}) | {"nome": "Jean"})


def test_the_form_ignores_what_its_browser_adds() -> None:
    form = build_form(parse(WHOLE))(posted(FILLED | {"csrfmiddlewaretoken": "x"}))
    assert form.is_valid()


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.INFORMATION])
def test_an_example_of_any_question_is_told_to_programs(kind: Kind) -> None:
    """Of several parts or of a tick, it stays words; « 0 » is a number as another."""
    schema = json_schema(parse(one(kind, example="Ex.", **CHOOSE.get(kind, {}))))
    told = schema["properties"].get("reponse", {"examples": ["Ex."]})["examples"]
    assert told == ["Ex."]
    nought = json_schema(parse(one("number", example="0")))
    assert nought["properties"]["reponse"]["examples"] == [0]


def test_a_training_that_is_filled_in_beforehand_is_an_answer_as_it_stands() -> None:
    definition = one("training", default="CAP Cuisine", required=True)
    [shown] = build_form(parse(definition))()["reponse"].rows
    assert [box.value for box in shown.boxes] == ["CAP Cuisine", ""]
    started = json_schema(parse(definition))["properties"]["reponse"]["default"]
    assert started == {"training": "CAP Cuisine"}
    assert schema_accepts(definition, {"reponse": started})
