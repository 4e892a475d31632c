"""Whatever JSON a definition is, and whatever a browser posts: sentences, never a crash."""

from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from crispy_forms.utils import render_crispy_form
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from complaints.intake import (
    MAPPINGS,
    DefinitionError,
    FormDefinition,
    Kind,
    answers,
    build_form,
    json_schema,
    mapped,
    parse,
    readable,
)
from complaints.intake.checks import AUTOCOMPLETE
from complaints.intake.files import FILE_TYPES
from complaints.intake.form import initial_rows, posted_names
from complaints.intake.shapes import CONDITION, FIELD, FORM, SECTION
from tests.complaints.intake.generated import definitions
from tests.complaints.intake.samples import EVERY_FILLED, WHOLE, Json, every, form_of, one, posted

TODAY = date(2026, 5, 4)
JUNK_TEXT = st.sampled_from(
    ["", " ", "\x00", "\ud800", "{% now 'Y' %}", "{{ form }}", "%s", "{0}", "today", "k0", "-1"]
)
NAMES = st.sampled_from(sorted({*FORM, *SECTION, *FIELD, *CONDITION, "value", "all", "any"}))
LEAF = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 300),
    st.sampled_from([10**30, 1e308, 0.5, *Kind]),
    JUNK_TEXT,
    st.text(max_size=3),
)
ANYTHING = st.recursive(
    LEAF,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


def go_through(definition: Any, posts: list[Json]) -> None:
    """Everything that is ever done with a definition, once it is read."""
    with suppress(DefinitionError):
        form = parse(definition)
        Draft202012Validator.check_schema(json_schema(form))
        assert render_crispy_form(build_form(form)(today=TODAY)).encode()
        for post in posts:
            send(form, post)


def send(definition: FormDefinition, post: Json) -> None:
    form = build_form(definition)(posted(post))
    assert render_crispy_form(form).encode()
    assert initial_rows(definition, posted(post)).keys() <= {*posted_names(definition)}
    if form.is_valid():
        readable(definition, answers(form))
        mapped(definition, answers(form))


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(ANYTHING, ANYTHING)
def test_no_json_is_a_definition_that_crashes(first: Any, second: Any) -> None:
    for definition in (first, form_of(first), {"sections": [first, second]}, one(second)):
        go_through(definition, [{}])
    for kind in ("text", "choice", "persons"):
        go_through(one(kind, choices=first, show_if=second), [])


WORDS = JUNK_TEXT.filter(lambda text: text not in ("\x00", "\ud800")) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20
)
# What an editor could set, right or wrong for the kind of the field.
SETTINGS: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from([kind.value for kind in Kind]),
    "label": WORDS,
    "help": WORDS,
    "example": WORDS,
    "required": st.booleans(),
    "sensitive": st.booleans(),
    "default": WORDS | st.sampled_from(["yes", "a", "trainee", "12,5", "2026-05-04", "06"]),
    "maps_to": st.sampled_from([*MAPPINGS]),
    "autocomplete": st.sampled_from(sorted(AUTOCOMPLETE)),
    "file_types": st.lists(st.sampled_from([*FILE_TYPES]), max_size=3),
    "seen_by": st.lists(st.sampled_from(["moderator", "director"]), max_size=2),
    **dict.fromkeys(("max_length", "max_files", "max_weight", "max_rows"), st.integers(0, 25)),
}


@st.composite
def changed(draw: st.DrawFn) -> Json:
    """A good definition whose fields were given other settings, one after the other."""
    definition = deepcopy(draw(st.sampled_from([WHOLE, every()]) | definitions()))
    for field in [field for section in definition["sections"] for field in section["fields"]]:
        if draw(st.integers(0, 3)) == 0:
            name = draw(st.sampled_from(sorted(SETTINGS)))
            try_out = {**field, name: draw(SETTINGS[name])}
            if draw(st.integers(0, 9)) == 0 or _is_right(try_out):
                field |= try_out
    return definition


def _is_right(field: Json) -> bool:
    try:
        parse(form_of({**field, "show_if": None}))
    except DefinitionError:
        return False
    return True


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(changed(), st.dictionaries(st.sampled_from([*EVERY_FILLED, "k0", "k1", "k2"]), WORDS))
def test_no_setting_of_a_field_crashes(definition: Json, post: Json) -> None:
    go_through(definition, [{}, EVERY_FILLED | post])


@st.composite
def spoilt(draw: st.DrawFn) -> Json:
    """A good definition of which one or two places hold anything."""
    definition = deepcopy(draw(st.sampled_from([WHOLE, every()]) | definitions()))
    for _ in range(draw(st.integers(1, 2))):
        holder, name = draw(st.sampled_from([*_places(definition)]))
        holder[name] = draw(ANYTHING)
    return definition


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in items:
        yield value, name
        if isinstance(inner, (dict, list)):
            yield from _places(inner)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(spoilt())
def test_no_place_of_a_definition_crashes_whatever_it_holds(definition: Json) -> None:
    go_through(definition, [{}, EVERY_FILLED])


HALF = "half a character"
HOSTILE = {
    "null": "a\x00b",
    HALF: "\ud800",
    "a megabyte": "x" * 1_000_000,
    "right to left": "\u202egpj.exe",
    "emoji": "🤷🏽\u200d♀️" * 20,
    "a script": "</textarea></select><script>alert(1)</script>",
    "a template": "{{ form }}{% now 'Y' %}{% include 'x' %}",
    "a format": "%s %(a)s {0} {label}",
    "lines": "\r\n\n\x0b\x1c\u2028 a",
    "a formula": "=HYPERLINK(1)",
    "digits": "٣" * 50,
    "spaces": "\u00a0\u2009 \t",
}


@pytest.mark.parametrize("required", [True, False], ids=["required", "optional"])
@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_typed_everywhere_is_answered_with_the_page(typed: str, required: bool) -> None:
    definition = parse(every(required=required, help="Aide", example="Ex."))
    send(definition, dict.fromkeys(posted_names(definition), typed))


# No page can be written with half a character; and of a text area that holds nothing but spaces,
# crispy keeps one.
SHOWN_AGAIN = {name: text for name, text in HOSTILE.items() if name not in ("spaces", HALF)}


@pytest.mark.parametrize("typed", SHOWN_AGAIN.values(), ids=SHOWN_AGAIN)
def test_what_is_typed_in_a_box_is_there_again(typed: str) -> None:
    """Whole and as it was: the browser shows it, the person mends it."""
    definition = parse(every(required=True))
    texts = [name for name in posted_names(definition) if name not in CHOSEN]
    form = build_form(definition)(posted(dict.fromkeys(texts, typed)))
    html = render_crispy_form(form)
    soup = BeautifulSoup(html, "html.parser")
    for name in texts:
        box = soup.find(attrs={"name": name})
        # HTML forgets the line that follows « <textarea> », and it alone.
        again = box.text.removeprefix("\n") if box.name == "textarea" else box["value"]
        # The parser of this test reads a « \r » as a browser does, and so will send it.
        assert again.splitlines() == typed.splitlines(), name
    assert not soup.find("script")


CHOSEN = {"yes_no", "choice", "choices", "consent", "persons-rows"} | {
    f"persons-{row}-role" for row in range(5)
}


def test_a_list_posted_where_one_answer_is_awaited_is_its_last() -> None:
    definition = parse(every())
    form = build_form(definition)(posted({"address-city": ["Lyon", "Annecy"], "text": ["a", "b"]}))
    assert form["address"].data["city"] == "Annecy"
    assert form["text"].data == "b"
    send(definition, {name: ["a", "b"] for name in posted_names(definition)})


def test_a_thousand_rows_are_only_names_that_nobody_reads() -> None:
    definition = parse(one("persons", max_rows=3))
    post = {f"reponse-{row}-{part}": "x" for row in range(3_000) for part in ("name", "details")}
    form = build_form(definition)(posted(post))
    assert form.is_valid()
    assert len(answers(form)["reponse"]) == 3


def test_a_form_of_many_linked_conditions_has_a_schema_of_its_own_size() -> None:
    """Each condition names two earlier questions: told in full each time, it would never end."""
    fields: list[Json] = [{"key": f"k{n}", "kind": "yes_no", "label": f"K{n}"} for n in range(60)]
    for number in range(2, 60):
        tests = [{"field": f"k{number - back}", "answered": True} for back in (1, 2)]
        fields[number]["show_if"] = {"any": tests}
    schema = json_schema(parse(form_of(*fields)))
    assert len(str(schema)) < 60_000
