"""Definitions of every kind of question under every kind of condition, and answers to them."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from complaints.intake import Kind, parse
from complaints.intake.definition import IMPLICATED, PARTS, Part, PartKind
from tests.complaints.intake.samples import Json

VALUES = ["a", "b", "c"]
# JSON writes a new line as « \n »; a browser posts it as « \r\n ».
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12)
SPACED = st.sampled_from(["", " ", "\t", "\n", "\u00a0", "\u200b", "\u202a ", "\ufeff\u200d"])
UNSEEN = st.sampled_from(["\u202a", "\u202c", "\u2068", "\u200b", "\ufeff", "\u00ad"])

ISO_SHAPED = st.from_regex(r"\A(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}\Z")
SPACED_OUT = st.from_regex(r"\A[+0-9() .\n-]*\Z")
DIALLED = st.from_regex(r"\A(0|00|\+)(33)?[0-9 ]{5,16}\Z")
CENTS = st.from_regex(r"\A-?[0-9]{0,12}(\.[0-9]{0,3})?\Z").filter(bool)
EMAIL, PHONE = st.just("jean@exemple.fr"), st.just("06 12 34 56 78")
DAY = st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(str)


def around(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("{}{}{}".format, SPACED, values, SPACED)


def marked(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """As phones and pages copy it: marks that nobody sees, anywhere."""
    places = st.lists(st.tuples(st.integers(0, 20), UNSEEN), min_size=1, max_size=4)
    return st.builds(_with_marks, values, places)


def _with_marks(text: str, marks: list[tuple[int, str]]) -> str:
    for place, mark in marks:
        text = text[:place] + mark + text[place:]
    return text


def often(right: st.SearchStrategy[Any], doubtful: st.SearchStrategy[Any]) -> st.SearchStrategy:
    """Three right answers for a doubtful one: else hardly any form would be accepted."""
    return st.one_of(right, right, right, doubtful)


def right(part: Part) -> st.SearchStrategy[str]:
    """What one box of an answer in parts takes."""
    if part.kind == PartKind.DAY:
        return DAY
    if part.kind == PartKind.CHOICE:
        return st.sampled_from([choice.value for choice in IMPLICATED])
    return st.just("Lyon")


def doubtful(part: Part) -> st.SearchStrategy[str]:
    """What such a box may also be sent."""
    if part.kind == PartKind.DAY:
        return ISO_SHAPED
    if part.kind == PartKind.CHOICE:
        return st.just("z")
    return SPACED | TEXT | st.just("x" * part.max_length) | st.just("x" * (part.max_length + 1))


def in_parts(kind: Kind) -> st.SearchStrategy[Json]:
    """Its parts; one or the other missing or wrong now and then."""
    needed = {part.key: right(part) for part in PARTS[kind] if part.required}
    free = {part.key: right(part) for part in PARTS[kind] if not part.required}
    anything = {part.key: right(part) | doubtful(part) for part in PARTS[kind]}
    return often(
        st.fixed_dictionaries(needed, optional=free),
        st.fixed_dictionaries({}, optional=anything),
    )


TYPED: dict[str, st.SearchStrategy[Any]] = {
    "text": often(st.just("Jean"), TEXT),
    "long_text": often(st.just("a\nb"), TEXT),
    "email": often(EMAIL | marked(EMAIL), around(st.emails() | marked(st.emails()) | TEXT)),
    "phone": often(PHONE | marked(PHONE), around(SPACED_OUT | DIALLED | marked(DIALLED))),
    "date": often(DAY, ISO_SHAPED),
    "number": often(st.integers(0, 99), st.decimals(-(10**13), 10**13, places=3).map(float)),
    "amount": often(st.sampled_from(["12", "125.5", "1200.50"]), CENTS),
    "yes_no": st.booleans(),
    "consent": often(st.just(True), st.booleans()),
    "choice": often(st.sampled_from(VALUES), st.just("z")),
    "choices": often(st.lists(st.sampled_from(VALUES), min_size=1), st.lists(st.just("z"))),
    "signature": often(st.just("Jean Roux"), SPACED | TEXT),
    "period": in_parts(Kind.PERIOD),
    "training": in_parts(Kind.TRAINING),
    "address": in_parts(Kind.ADDRESS),
    "persons": st.lists(in_parts(Kind.PERSONS), max_size=2),
}
PROPOSED = [{"value": value, "label": value.upper()} for value in VALUES]
# What a question of that kind cannot do without, or what makes it hard to answer.
CHOOSE: dict[str, Json] = {
    "choice": {"choices": PROPOSED},
    "choices": {"choices": PROPOSED},
    "text": {"max_length": 8},
    "long_text": {"max_length": 8},
}
KINDS = [kind.value for kind in Kind]
UNREAD = ("information", "files", "consent")


@st.composite
def definitions(draw: st.DrawFn) -> Json:
    """A form of a few questions in two sections, each of which may be conditional."""
    fields: list[Json] = []
    for number in range(draw(st.integers(1, 7))):
        fields.append(draw(described(number, fields)))
    middle = draw(st.integers(0, len(fields) - 1))
    sections: list[Json] = []
    for group in (fields[:middle], fields[middle:]):
        if group:
            name = f"s{len(sections)}"
            sections.append({"key": name, "title": name, "fields": group})
    if len(sections) > 1:
        sections[1] |= draw(maybe_shown_if(sections[0]["fields"]))
    return {"sections": sections}


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
        field["choices"] = PROPOSED
    return field | draw(maybe_shown_if(earlier))


@st.composite
def maybe_shown_if(draw: st.DrawFn, earlier: list[Json]) -> Json:
    """A condition on what comes earlier, or none."""
    read = [field for field in earlier if field["kind"] not in UNREAD]
    if not read or not draw(st.booleans()):
        return {}
    tests = [draw(one_test(draw(st.sampled_from(read)))) for _ in range(draw(st.integers(1, 3)))]
    if len(tests) == 1 and draw(st.booleans()):
        return {"show_if": tests[0]}
    return {"show_if": {draw(st.sampled_from(["all", "any"])): tests}}


def one_test(read: Json) -> st.SearchStrategy[Json]:
    """One test of that question: of its answer when it can be known beforehand."""
    name = {"field": st.just(read["key"])}
    answered = st.fixed_dictionaries(name | {"answered": st.booleans()})
    if read["kind"] not in ("yes_no", "choice", "choices"):
        return answered
    possible = [True, False] if read["kind"] == "yes_no" else VALUES
    values = st.lists(st.sampled_from(possible), min_size=1, max_size=2, unique=True)
    told = [st.fixed_dictionaries(name | {word: values}) for word in ("is", "is_not")]
    return st.one_of(*told, answered)


@st.composite
def filings(draw: st.DrawFn) -> tuple[Json, Json]:
    """A definition that can be read, and answers to it that may be right, wrong or missing."""
    definition = draw(definitions().filter(can_be_read))
    given_answers = {
        field["key"]: draw(TYPED[field["kind"]])
        for section in definition["sections"]
        for field in section["fields"]
        if field["kind"] in TYPED and draw(st.integers(0, 5))
    }
    return definition, given_answers


def can_be_read(definition: Json) -> bool:
    """Not one whose conditions contradict one another: such a form is refused, and rightly."""
    try:
        parse(definition)
    except ValueError:
        return False
    return True


def as_posted(definition: Json, given_answers: Json) -> Json:
    """What a browser would have posted for these answers."""
    form: Json = {}
    fields = {f["key"]: f for section in definition["sections"] for f in section["fields"]}
    for key, value in given_answers.items():
        kind = fields.get(key, {}).get("kind")
        if kind == "yes_no":
            form[key] = "yes" if value else "no"
        elif kind == "consent":
            form |= {key: "on"} if value else {}
        elif kind == "number":
            form[key] = f"{value:f}" if isinstance(value, float) else str(value)
        elif kind == "persons":
            for row, parts in enumerate(value):
                form |= {f"{key}-{row}-{part}": text for part, text in parts.items()}
        elif isinstance(value, dict):
            form |= {f"{key}-{part}": text for part, text in value.items()}
        else:
            form[key] = value
    return {
        name: value.replace("\n", "\r\n") if isinstance(value, str) else value
        for name, value in form.items()
    }
