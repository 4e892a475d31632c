"""From what the form's blocks hold to its definition, and back: the same definition comes out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

from complaints.intake import Kind
from complaints.models.form_condition_blocks import ALL, ANY, UNANSWERED
from complaints.models.form_question_blocks import CODED, CODES

Raw = dict[str, Any]

# What an editor chose as a type is a choice that feeds one of our lists.
TYPES = {target: name for name, target in CODED.items()}
POSTED = {True: "yes", False: "no"}
SAID = {"yes": True, "oui": True, "no": False, "non": False}


def sections_of(definition: Mapping[str, Any]) -> list[Raw]:
    """The raw data of a form's blocks for that definition: a version, a model, a copy."""
    return [_item("item", _section_blocks(section)) for section in definition["sections"]]


def written_sections(raw: Sequence[Raw]) -> list[Raw]:
    """The sections of a definition, from the raw data of the blocks.

    Empty settings are left out, so that equal forms have equal digests.
    """
    sections = [item["value"] for item in raw]
    yes_no = {
        field["value"].get("key", "")
        for section in sections
        for field in section["fields"]
        if field["type"] == Kind.YES_NO
    }
    return [_section(section, yes_no) for section in sections]


def _item(kind: str, value: Raw) -> Raw:
    """With an identifier, which the editor's screen needs from the first time it shows it."""
    return {"type": kind, "value": value, "id": str(uuid4())}


def _section_blocks(section: Raw) -> Raw:
    return {
        **{name: section.get(name, "") for name in ("key", "title", "help")},
        "show_if": _show_if_blocks(section.get("show_if")),
        "fields": [_item(_type(field), _field_blocks(field)) for field in section["fields"]],
    }


def _type(field: Raw) -> str:
    return TYPES.get(field.get("maps_to"), field["kind"])


def _field_blocks(field: Raw) -> Raw:
    dropped = {"kind", "show_if"} | ({"maps_to"} if _type(field) in CODED else set())
    kept = {name: value for name, value in field.items() if name not in dropped}
    return kept | {"show_if": _show_if_blocks(field.get("show_if"))}


def _show_if_blocks(show_if: Raw | None) -> Raw:
    if not show_if:
        return {"join": ALL, "tests": []}
    join = ANY if ANY in show_if else ALL
    tests = show_if.get(join, [show_if])
    return {"join": join, "tests": [_test_blocks(test) for test in tests]}


def _test_blocks(test: Raw) -> Raw:
    if "answered" in test:
        word = "answered" if test["answered"] else UNANSWERED
        return {"field": test["field"], "test": word, "values": []}
    word = "is_not" if "is_not" in test else "is"
    # Only « true » and « false » are not the text that a browser posts.
    values = [POSTED[v] if isinstance(v, bool) else v for v in test.get(word, [])]
    return {"field": test["field"], "test": word, "values": values}


def _section(raw: Raw, yes_no: set[str]) -> Raw:
    # The introduction was in the first definitions, empty or not: their digests hold it.
    section = {name: raw.get(name, "") for name in ("key", "title", "help")}
    section["fields"] = [_field(item["type"], item["value"], yes_no) for item in raw["fields"]]
    return section | _shown_if(raw, yes_no)


def _field(kind: str, raw: Raw, yes_no: set[str]) -> Raw:
    kept = {n: v for n, v in raw.items() if v and n not in ("show_if", "choices")}
    if kind in CODED:
        kept |= {"kind": Kind.CHOICE.value, "maps_to": CODED[kind]}
    else:
        kept |= {"kind": kind}
    if choices := [_choice(item, kept.get("maps_to")) for item in _listed(raw.get("choices"))]:
        kept["choices"] = choices
    return kept | _shown_if(raw, yes_no)


def _choice(raw: Raw, target: str | None) -> Raw:
    codes = dict(CODES[target].choices) if target in CODES else {}
    value = raw.get("value", "")
    return {"value": value, "label": raw.get("label") or codes.get(value, "")}


def _shown_if(raw: Raw, yes_no: set[str]) -> Raw:
    show_if = raw.get("show_if") or {}
    tests = list(_tests(show_if.get("tests"), yes_no))
    if not tests:
        return {}
    return {"show_if": tests[0] if len(tests) == 1 else {show_if["join"]: tests}}


def _tests(raw: Any, yes_no: set[str]) -> Iterator[Raw]:
    for test in _listed(raw):
        field, word, values = test["field"], test["test"], test.get("values") or []
        if not field:
            continue
        if word in ("answered", UNANSWERED):
            yield {"field": field, "answered": word == "answered"}
        else:
            wanted = [SAID.get(v, v) for v in values] if field in yes_no else list(values)
            yield {"field": field, word: wanted}


def _listed(raw: Any) -> list[Raw]:
    """The items of a list block, as it keeps them (each with an identifier) or as we write them."""
    return [item["value"] if item.get("type") == "item" else item for item in raw or []]
