"""What people copy from another organisation’s text, or from an old one: names, dead links, typos.

Nothing is rewritten: an editor is told, and decides.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from complaints.models import Mediator, Organisation

TYPOS = {"RNCQ": "RNQ", "Qualiopii": "Qualiopi", "RGDP": "RGPD"}
# The European platform for online disputes closed on 20 July 2025 (Règlement (UE) 2024/3228).
DEAD_LINK = re.compile(r"(?:ec\.europa\.eu/(?:consumers/)?odr|webgate\.ec\.europa\.eu/odr)", re.I)
# « le collectif Xxx »: a proper name that is probably somebody’s.
NAMED = re.compile(
    r"\b(?:collectif|association|société|cabinet|institut)\s+"
    r"((?:[A-ZÀ-Þ][\w’'-]*)(?:\s+[A-ZÀ-Þ][\w’'-]*)*)"
)
# Words with a capital that name nobody.
COMMON = frozenset({"loi", "civile", "anonyme", "france", "européenne"})
SHORTEST_NAME = 3

# The fields of a definition that people read, part by part; `title`: how an item is called.
READ = ("label", "public_label", "summary", "help", "promise", "criteria", "members")
LETTERS = ("subject", "body")


@dataclass(frozen=True)
class Text:
    """A text of a procedure, and where it is."""

    title: str
    words: str
    part: str
    key: str = ""
    field: str = ""


def texts_of(definition: Mapping[str, Any]) -> Iterator[Text]:
    """All that the public, the complainant or the staff reads in a raw definition."""
    for part, items in definition.items():
        for item in items if isinstance(items, list) else ():
            if isinstance(item, Mapping):
                for field in (*READ, *LETTERS):
                    if isinstance(item.get(field), str):
                        title, key = item.get("label") or part, item.get("key", "")
                        yield Text(title, item[field], part, key, field)
    if recipients := definition.get("recipients"):
        yield Text("Destinataires", recipients, "recipients")


@dataclass(frozen=True)
class Wording:
    """Whose text it is: the names that are theirs, and those that are others’."""

    own: tuple[str, ...]
    others: tuple[str, ...]

    @classmethod
    def of(cls, organisation: Organisation, mediator: Mediator | None = None) -> "Wording":
        """The names of this installation; one query."""
        own = _names(organisation) | ({mediator.name} if mediator else set())
        known = {_plain(name) for name in own}
        others = {
            name
            for other in Organisation.objects.exclude(pk=organisation.pk)
            for name in _names(other)
            if len(name) >= SHORTEST_NAME and _plain(name) not in known
        }
        return cls(tuple(sorted(own)), tuple(sorted(others)))

    def remarks(self, text: str) -> Iterator[str]:
        """French sentences, each about one thing that should not be there."""
        yield from _typos(text)
        if link := DEAD_LINK.search(text):
            yield (
                f"le lien « {link[0]} » est mort, la plateforme européenne de règlement des litiges"
                " a fermé le 20 juillet 2025."
            )
        for name in self._foreign(text):
            yield f"« {name} » est le nom d’un autre organisme."

    def _foreign(self, text: str) -> list[str]:
        """The names of others, in order, each once; one’s own name may contain another’s."""
        rest = _plain(text)
        for name in sorted(map(_plain, self.own), key=len, reverse=True):
            rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest)
        found = [name for name in self.others if _has(rest, name)]
        own = " ".join(map(_plain, self.own))
        for match in NAMED.finditer(text):
            words = _plain(match[1])
            if words not in own and words.split()[0] not in COMMON:
                found.append(match[0])
        return list(dict.fromkeys(found))


def _typos(text: str) -> Iterator[str]:
    for typo, meant in TYPOS.items():
        if re.search(rf"\b{typo}\b", text):
            yield f"« {typo} » : sans doute « {meant} »."


def _names(organisation: Organisation) -> set[str]:
    return {name for name in (organisation.name, organisation.legal_name) if name}


def _has(plain_text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(_plain(name))}(?!\w)", plain_text) is not None


def _plain(text: str) -> str:
    """The same, however its apostrophes, spaces and capitals are typed."""
    return " ".join(text.replace("’", "'").casefold().split())
