"""Each answer goes where its question sends it, in the shape that place keeps."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.intake import MAPPINGS, FormDefinition, Kind, mapped, parse
from complaints.intake.definition import IMPLICATED, PARTS
from complaints.intake.mapping import fed, longest
from complaints.intake.mapping.targets import usual_length
from tests.complaints.intake.samples import Json, form_of, one

LISTED = [{"value": "complaint", "label": "Une réclamation"}, {"value": "b", "label": "L’autre"}]
BORDEAUX = {"street": "3 rue X", "postal_code": "33000", "city": "Bordeaux"}
ROUX = {"name": "Paul Roux", "role": "implicated", "details": "Était là\nle premier jour."}
FEEDINGS = [(name, kind) for name, target in MAPPINGS.items() for kind in target.kinds]


def question(kind: str, target: str, key: str = "reponse", **properties: Any) -> Json:
    choices = {"choices": LISTED} if kind in (Kind.CHOICE, Kind.CHOICES) else {}
    asked = {"key": key, "kind": kind, "label": "Question", "maps_to": target}
    return asked | choices | properties


def facts(kind: str, target: str, answer: Any) -> Any:
    return mapped(parse(form_of(question(kind, target))), {"reponse": answer})


@pytest.mark.parametrize(
    ("kind", "target", "answer", "kept"),
    [
        ("text", "complainant.function", "Tutrice", "Tutrice"),
        ("phone", "representative.phone", "06 12 34 56 78", "06 12 34 56 78"),
        ("date", "dossier.facts_on", "2026-03-05", date(2026, 3, 5)),
        ("period", "dossier.facts_on", {"from": "2026-03-03"}, date(2026, 3, 3)),
        (
            "period",
            "dossier.facts_on",
            {"from": "2026-03-03", "to": "2026-03-05"},
            date(2026, 3, 5),
        ),
        (
            "period",
            "dossier.training_dates",
            {"from": "2026-03-03", "to": "2026-03-05"},
            (date(2026, 3, 3), date(2026, 3, 5)),
        ),
        (
            "period",
            "dossier.training_dates",
            {"from": "2026-03-03"},
            (date(2026, 3, 3), None),
        ),
        ("date", "dossier.training_dates", "2026-03-03", date(2026, 3, 3)),
        ("text", "dossier.training_dates", "En mars", "En mars"),
        ("address", "complainant.postal_address", BORDEAUX, "3 rue X\n33000 Bordeaux"),
        (
            "address",
            "representative.postal_address",
            BORDEAUX | {"street": "Bât. B\n3 rue X", "country": "Belgique"},
            "Bât. B\n3 rue X\n33000 Bordeaux\nBelgique",
        ),
        ("choice", "dossier.training", "b", "L’autre"),
        ("choice", "dossier.kind", "complaint", "complaint"),
        ("choices", "dossier.operations", ["complaint", "b"], "Une réclamation, L’autre"),
        ("training", "dossier.training", {"training": "CAP"}, "CAP"),
        ("yes_no", "dossier.consumer", False, False),
    ],
)
def test_an_answer_is_kept_as_its_place_keeps_it(
    kind: str, target: str, answer: Any, kept: Any
) -> None:
    assert facts(kind, target, answer) == {target: kept}


def test_a_training_says_its_session_where_nothing_else_does() -> None:
    answer = {"training": "CAP", "session": "Mars, à Lyon"}
    assert facts("training", "dossier.training", answer) == {
        "dossier.training": "CAP",
        "dossier.session": "Mars, à Lyon",
    }


def test_persons_are_listed_where_nothing_else_says_who_is_concerned() -> None:
    rows = [
        ROUX,
        {"name": "Le formateur", "role": "witness"},
        {"name": "Mme Petit", "details": "L’accueil"},
    ]
    found = facts("persons", "dossier.persons", rows)
    assert found["dossier.persons"] == rows
    assert found["dossier.third_parties"].replace("\u00a0", " ").split("\n") == [
        "Paul Roux (mise en cause) : Était là le premier jour.",
        "Le formateur (témoin)",
        "Mme Petit : L’accueil",
    ]


@pytest.mark.parametrize("first", [True, False])
def test_a_question_of_its_own_is_what_counts(first: bool) -> None:
    asked = [
        question("training", "dossier.training", "formation"),
        question("text", "dossier.session", "session"),
        question("persons", "dossier.persons", "personnes"),
        question("long_text", "dossier.third_parties", "tiers"),
    ]
    definition = parse(form_of(*(asked if first else reversed(asked))))
    given_answers = {
        "formation": {"training": "CAP", "session": "Mars"},
        "session": "Avril",
        "personnes": [ROUX],
        "tiers": "Le lycée",
    }
    found = mapped(definition, given_answers)
    assert (found["dossier.session"], found["dossier.third_parties"]) == ("Avril", "Le lycée")
    unsaid = mapped(definition, {"formation": given_answers["formation"], "personnes": [ROUX]})
    assert unsaid["dossier.session"] == "Mars"
    assert unsaid["dossier.third_parties"].startswith("Paul Roux")


def test_what_a_form_may_feed_is_known_beforehand() -> None:
    definition = parse(
        form_of(
            question("training", "dossier.training", "formation"),
            question("persons", "dossier.persons", "personnes"),
            {"key": "note", "kind": "text", "label": "Note"},
        )
    )
    assert fed(definition) == {
        "dossier.training",
        "dossier.session",
        "dossier.persons",
        "dossier.third_parties",
    }
    assert fed(parse(one("text"))) == frozenset()


@pytest.mark.parametrize(("target", "kind"), FEEDINGS)
def test_a_question_without_settings_fits_whatever_it_may_feed(target: str, kind: str) -> None:
    definition = parse(form_of(question(kind, target)))
    assert definition.by_key["reponse"].maps_to == target


@pytest.mark.parametrize(
    ("kind", "target", "length"),
    [
        (Kind.TEXT, "dossier.training_dates", 100),
        (Kind.LONG_TEXT, "dossier.operations", 300),
        (Kind.TEXT, "dossier.subject", 200),
        (Kind.LONG_TEXT, "dossier.description", 20_000),
        (Kind.EMAIL, "complainant.email", 254),
        (Kind.DATE, "dossier.training_dates", 0),
        (Kind.TEXT, "", 200),
    ],
)
def test_an_answer_is_as_long_as_its_place_when_the_form_does_not_say(
    kind: Kind, target: str, length: int
) -> None:
    assert usual_length(kind, target) == length


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1)
LINE = TEXT.map(lambda text: " ".join(text.split())).filter(bool)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str)


def most(line: st.SearchStrategy[str], length: int) -> st.SearchStrategy[str]:
    """A few characters, or all that may be typed."""
    return st.one_of(line.map(lambda text: text[:length]), st.just("M" * length))


def parts(kind: Kind) -> st.SearchStrategy[Json]:
    """Each part that must be there, and some of the others."""
    drawn = {part.key: (most(LINE, part.max_length), part.required) for part in PARTS[kind]}
    if kind == Kind.PERIOD:
        drawn = {"from": (DAYS, True), "to": (DAYS, False)}
    if kind == Kind.PERSONS:
        drawn["role"] = (st.sampled_from([choice.value for choice in IMPLICATED]), False)
    return st.fixed_dictionaries(
        {key: answer for key, (answer, required) in drawn.items() if required},
        optional={key: answer for key, (answer, required) in drawn.items() if not required},
    )


def accepted(kind: Kind, length: int) -> st.SearchStrategy[Any]:
    """What a form may have accepted for a question of that kind."""
    values = [choice["value"] for choice in LISTED]
    match kind:
        case Kind.DATE:
            return DAYS
        case Kind.YES_NO | Kind.CONSENT:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(values)
        case Kind.CHOICES:
            return st.lists(st.sampled_from(values), min_size=1, unique=True)
        case Kind.PERSONS:
            return st.lists(parts(kind), min_size=1, max_size=3)
        case _ if kind in PARTS:
            return parts(kind)
        case _:
            return most(LINE, length)


@st.composite
def filings(draw: st.DrawFn) -> tuple[FormDefinition, Json]:
    """A form that feeds some targets, and answers to some of its questions."""
    by_target = draw(
        st.lists(st.sampled_from(FEEDINGS), unique_by=lambda feeding: feeding[0], max_size=8)
    )
    asked = [question(kind, name, f"k{n}") for n, (name, kind) in enumerate(by_target)]
    definition = parse(form_of({"key": "libre", "kind": "number", "label": "N"}, *asked))
    answers = {
        field.key: draw(accepted(field.kind, field.max_length))
        for field in definition.fields
        if field.maps_to and draw(st.booleans())
    }
    return definition, answers


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(filings())
def test_any_answers_find_their_place_and_fit_in_it(filing: tuple[FormDefinition, Json]) -> None:
    definition, answers = filing
    found = mapped(definition, answers)
    assert found.keys() <= fed(definition)
    for field in definition.fields:
        if field.key in answers:
            value = found[field.maps_to]
            if isinstance(value, str):
                assert len(value) <= longest(field)
    for name, value in found.items():
        most_of_it = MAPPINGS[name].max_length
        assert not (most_of_it and isinstance(value, str)) or len(value) <= most_of_it
