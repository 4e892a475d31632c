"""One definition, two faces: the Django form and the JSON Schema accept and refuse the same."""

import string
from datetime import date
from typing import Any

from crispy_forms.utils import render_crispy_form
from django.core.validators import validate_email
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from complaints.intake import answers, build_form, json_schema, parse, readable
from complaints.intake.patterns import EMAIL
from tests.complaints.intake.samples import FILLED, WHOLE, Json, filled, posted

VALUES = ["a", "b", "c"]
# JSON writes a new line as « \n »; a browser posts it as « \r\n ».
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12)
SPACED = st.sampled_from(["", " ", "\t", "\n", "\u00a0"])

ISO_SHAPED = st.from_regex(r"\A(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}\Z")
SPACED_OUT = st.from_regex(r"\A[+0-9() .\n-]*\Z")


def around(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("{}{}{}".format, SPACED, values, SPACED)


def often(right: st.SearchStrategy[Any], doubtful: st.SearchStrategy[Any]) -> st.SearchStrategy:
    """Three right answers for a doubtful one: else hardly any form would be accepted."""
    return st.one_of(right, right, right, doubtful)


TYPED: dict[str, st.SearchStrategy[Any]] = {
    "text": often(st.just("Jean"), TEXT),
    "long_text": often(st.just("a\nb"), TEXT),
    "email": often(st.just("jean@exemple.fr"), around(st.emails() | TEXT)),
    "phone": often(st.just("06 12 34 56 78"), around(SPACED_OUT)),
    "date": often(st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(str), ISO_SHAPED),
    "number": often(st.integers(0, 99), st.decimals(-(10**13), 10**13, places=3).map(float)),
    "yes_no": st.booleans(),
    "consent": often(st.just(True), st.booleans()),
    "choice": often(st.sampled_from(VALUES), st.just("z")),
    "choices": often(st.lists(st.sampled_from(VALUES), min_size=1), st.lists(st.just("z"))),
}
KINDS = [*TYPED, "files", "information"]


@st.composite
def definitions(draw: st.DrawFn) -> Json:
    fields: list[Json] = []
    for number in range(draw(st.integers(1, 7))):
        fields.append(draw(described(number, fields)))
    middle = draw(st.integers(0, len(fields) - 1))
    groups = [group for group in (fields[:middle], fields[middle:]) if group]
    return {
        "sections": [
            {"key": f"s{n}", "title": f"S{n}", "fields": group} for n, group in enumerate(groups)
        ]
    }


@st.composite
def described(draw: st.DrawFn, number: int, earlier: list[Json]) -> Json:
    kind = draw(st.sampled_from(KINDS))
    field: Json = {"key": f"k{number}", "kind": kind, "label": f"Question {number}"}
    if kind == "information":
        field["help"] = "Lisez."
    elif kind != "files":  # files are sent apart: the schema knows nothing of them
        field["required"] = draw(st.booleans())
    if kind in ("text", "long_text"):
        field["max_length"] = draw(st.integers(1, 12))
    if kind in ("choice", "choices"):
        field["choices"] = [{"value": value, "label": value.upper()} for value in VALUES]
    controls = [f for f in earlier if f["kind"] in ("yes_no", "choice", "choices")]
    if controls and draw(st.booleans()):
        field["show_if"] = draw(conditions(draw(st.sampled_from(controls))))
    return field


def conditions(control: Json) -> st.SearchStrategy[Json]:
    possible = [True, False] if control["kind"] == "yes_no" else VALUES
    values = st.lists(st.sampled_from(possible), min_size=1, max_size=2, unique=True)
    return st.fixed_dictionaries({"field": st.just(control["key"]), "is": values})


@st.composite
def filings(draw: st.DrawFn) -> tuple[Json, Json]:
    """A definition, and answers to it that may be right, wrong or missing."""
    definition = draw(definitions())
    given_answers = {
        field["key"]: draw(TYPED[field["kind"]])
        for section in definition["sections"]
        for field in section["fields"]
        if field["kind"] in TYPED and draw(st.integers(0, 5))
    }
    return definition, given_answers


def as_posted(definition: Json, given_answers: Json) -> Json:
    """What a browser would have posted for these answers."""
    form: Json = {}
    for key, value in given_answers.items():
        kind = parse(definition).by_key[key].kind
        if kind == "yes_no":
            form[key] = "yes" if value else "no"
        elif kind == "consent":
            form |= {key: "on"} if value else {}
        elif kind == "number":
            form[key] = f"{value:f}" if isinstance(value, float) else str(value)
        else:
            form[key] = value.replace("\n", "\r\n") if isinstance(value, str) else value
    return form


def schema_accepts(definition: Json, given_answers: Json) -> bool:
    schema = json_schema(parse(definition))
    return Draft202012Validator(schema, format_checker=FormatChecker(["date"])).is_valid(
        given_answers
    )


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(filings())
@example((WHOLE, {}))
def test_the_form_and_the_schema_accept_and_refuse_the_same(filing: tuple[Json, Json]) -> None:
    definition, given_answers = filing
    form = filled(definition, as_posted(definition, given_answers))
    assert form.is_valid() == schema_accepts(definition, given_answers), form.errors
    assert render_crispy_form(form)
    if form.is_valid():
        kept = answers(form)
        assert schema_accepts(definition, kept)
        again = filled(definition, as_posted(definition, kept))
        assert again.is_valid()
        assert answers(again) == kept
        readable(parse(definition), kept)


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


def test_the_schema_refuses_a_property_that_is_no_question() -> None:
    assert not schema_accepts(WHOLE, as_posted(WHOLE, {}) | {"nome": "Jean"})


def test_the_form_ignores_what_its_browser_adds() -> None:
    form = build_form(parse(WHOLE))(posted(FILLED | {"csrfmiddlewaretoken": "x"}))
    assert form.is_valid()
