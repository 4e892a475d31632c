"""Which part or question a sentence of `complaints.intake` is about: it begins with its name."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from complaints.intake.typography import sentence
from complaints.workflow.problems import Problem


def placed(sentences: Iterable[str], definition: Mapping[str, Any]) -> list[Problem]:
    """Each as a problem of the part or of the question it names: « part/question », by key."""
    places = list(_places(definition))
    return [Problem(words, "sections", _key(words, places)) for words in sentences]


def question_place(title: object, label: object) -> str:
    """How a sentence about a question begins."""
    return sentence("Partie « {title} », question « {label} »", title=title, label=label)


def _places(definition: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """How a sentence about each begins, and its key; a part is never mistaken for a question."""
    for number, section in enumerate(definition["sections"], start=1):
        title = section["title"].strip() or section["key"] or number
        yield sentence("Partie « {title} »\u00a0: ", title=title), section["key"]
        for rank, field in enumerate(section["fields"], start=1):
            label = field.get("label", "").strip() or field.get("key") or rank
            key = f"{section['key']}/{field.get('key', '')}"
            yield f"{question_place(title, label)}\u00a0: ", key


def _key(words: str, places: list[tuple[str, str]]) -> str:
    """Of two that have the same name, the last: it was added last."""
    return next((key for start, key in reversed(places) if words.startswith(start)), "")
