"""Whether a text tells who complains: names, addresses and numbers of people who stay unnamed."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from complaints.models import Party

WORD = re.compile(r"[^\W_]+")
# Shorter words, and these, are in too many sentences to tell of anyone.
SHORTEST_NAME = 3
PARTICLES = frozenset({"des", "les", "del", "von", "van", "mme", "monsieur", "madame"})
# The last digits of a telephone, however its beginning is written (+33 6, 06).
PHONE_DIGITS = 9


def revealed(text: str, people: Iterable[Party], *, spared: str = "") -> str:
    """The first thing in the text that tells who one of them is; "" if nothing does.

    A name is found whole, or by one of its words when it starts with a capital: « Rose » is a
    name, « rose » is not. `spared`: names that may be said, those of the reader for instance.
    """
    spared_words = set(_words(spared))
    for person in people:
        if found := _told(text, person, spared_words):
            return found
    return ""


def _told(text: str, person: Party, spared: set[str]) -> str:
    if person.email and person.email.lower() in text.lower():
        return person.email
    if (
        person.phone
        and _digits(person.phone)
        and _digits(person.phone) in _digits(text, whole=True)
    ):
        return person.phone
    for phrase in (person.name, person.organisation_name, person.postal_address):
        words = _words(phrase)
        if not spared.issuperset(words) and _is_in(words, _words(text)):
            return " ".join(phrase.split())
    names = {word for word in _words(person.name) if len(word) >= SHORTEST_NAME}
    names -= spared | PARTICLES
    capitals = (word for word in WORD.findall(text) if word[0].isupper())
    return next((word for word in capitals if _plain(word) in names), "")


def _is_in(words: Sequence[str], text: Sequence[str]) -> bool:
    """Whether those words follow one another there."""
    size = len(words)
    return any(list(text[at : at + size]) == list(words) for at in range(len(text) - size + 1))


def _words(text: str) -> list[str]:
    return [_plain(word) for word in WORD.findall(text)]


def _plain(word: str) -> str:
    """Without accents nor capitals."""
    letters = unicodedata.normalize("NFKD", word)
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


def _digits(text: str, *, whole: bool = False) -> str:
    """The digits that matter; what stands between two figures of a number is no digit."""
    if whole:
        return re.sub(r"(?<=\d)[\s.\-/]+(?=\d)", "", text)
    figures = re.sub(r"\D", "", text)
    return figures[-PHONE_DIGITS:] if len(figures) >= PHONE_DIGITS else ""
