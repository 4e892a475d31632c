"""What a browser posted, by input name, as a draft keeps it: right or wrong, nothing is lost."""

from collections.abc import Collection, Mapping

from django.http import QueryDict

from complaints import intake
from complaints.handling.drafts import Typed


def of_post(data: QueryDict, names: Collection[str]) -> Typed:
    """What a post says under these names."""
    return {name: data.getlist(name) for name in names if name in data}


def replaced(old: Typed, new: Typed, names: Collection[str]) -> Typed:
    """The old words, but under these names the new ones."""
    left = {name: texts for name, texts in old.items() if name not in names}
    return left | {name: texts for name, texts in new.items() if name in names}


def as_posted(typed: Mapping[str, list[str]]) -> QueryDict:
    """As Django reads a post."""
    data = QueryDict(mutable=True)
    for name, texts in typed.items():
        data.setlist(name, texts)
    return data


def storable(typed: Typed) -> Typed:
    """As every database keeps it; the answer itself is refused for its null characters."""
    return {name: [_storable(text) for text in texts] for name, texts in typed.items()}


def words_of(question: intake.Field, typed: Typed) -> Typed:
    """What was written under that question, its empty boxes left out."""
    return {
        name: said
        for name, texts in typed.items()
        if is_of(question, name) and (said := [text.strip() for text in texts if text.strip()])
    }


def is_of(question: intake.Field, name: str) -> bool:
    """Whether that input holds an answer to the question, or one box of it."""
    return name.partition("-")[0] == question.key and not name.endswith("-rows")


def _storable(text: str) -> str:
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
