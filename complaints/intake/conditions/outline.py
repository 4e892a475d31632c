"""Every question of a form before any is checked: where it stands, and what its condition reads."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from complaints.intake.typography import sentence


@dataclass(frozen=True)
class Seat:
    """Where a condition is written: on a question, or on a whole part, which has no key here."""

    section: int
    key: str = ""


@dataclass
class Outline:
    """The seats, the names and the readings of a form, right or wrong, in its own order."""

    titles: dict[int, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    reads: dict[Seat, list[str]] = field(default_factory=dict)

    def name(self, seat: Seat) -> str:
        """« Vous êtes », la partie « Vous »."""
        if seat.key:
            return sentence("« {label} »", label=self.labels[seat.key])
        return sentence("la partie « {title} »", title=self.titles[seat.section])

    def loop(self, seat: Seat, key: str) -> list[Seat]:
        """The shortest way from the question that `seat` reads back to `seat`; else nothing."""
        came_from: dict[Seat, Seat | None] = {self.seats[key]: None}
        for here in (queue := list(came_from)):
            if here == seat:
                return _retraced(came_from, here)
            for further in self._needed(here):
                if further not in came_from:
                    came_from[further] = here
                    queue.append(further)
        return []

    def _needed(self, seat: Seat) -> Iterator[Seat]:
        """What must be known before this can be shown: a question needs its part as well."""
        yield from (self.seats[key] for key in self.reads[seat] if key in self.seats)
        if seat.key:
            yield Seat(seat.section)


def _retraced(came_from: dict[Seat, Seat | None], end: Seat) -> list[Seat]:
    way, here = [], end
    while here is not None:
        way.append(here)
        here = came_from[here]
    return way[::-1]


def outline(sections: list[Any]) -> Outline:
    """What the raw sections say, as far as it can be read; the first of two equal keys counts."""
    found = Outline()
    for number, section in enumerate(sections, start=1):
        key, title = _text(section, "key"), _text(section, "title").strip()
        found.titles[number] = title or key or str(number)
        found.reads[Seat(number)] = _read_keys(section)
        for question in _list(section, "fields"):
            _add(found, number, question)
    return found


def _add(found: Outline, number: int, question: Any) -> None:
    key = _text(question, "key")
    if key and key not in found.seats:
        seat = Seat(number, key)
        found.seats[key] = seat
        found.labels[key] = _text(question, "label").strip() or key
        found.reads[seat] = _read_keys(question)


def _read_keys(raw: Any) -> list[str]:
    """The keys its condition names."""
    show_if = raw.get("show_if") if isinstance(raw, dict) else None
    tests = [show_if, *_list(show_if, "all"), *_list(show_if, "any")]
    return [key for test in tests if (key := _text(test, "field"))]


def _text(raw: Any, name: str) -> str:
    value = raw.get(name) if isinstance(raw, dict) else None
    return value if isinstance(value, str) else ""


def _list(raw: Any, name: str) -> list[Any]:
    value = raw.get(name) if isinstance(raw, dict) else None
    return value if isinstance(value, list) else []
