"""What one version of a procedure changes in another: one French sentence a difference.

Complete: two rules that differ in anything never give an empty list.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from complaints.workflow.aspects import FIRST, LAST, PARTS, WHOLE, Aspect, Part
from complaints.workflow.definition import Rules
from complaints.workflow.phrasing import NBSP, quoted

# A longer value is not quoted in the sentence: it stands beside it, before and after.
SHORT = 80
Pair = tuple[Any, Any]
# A sentence, the value before and after, and True where nothing is played or shown otherwise.
Said = tuple[str, str, str] | tuple[str, str, str, bool]


@dataclass(frozen=True)
class Difference:
    """One thing that changes: where, about what, in a sentence, and both values in words.

    `trivial`: written otherwise, to say the same; nothing is played or shown otherwise.
    """

    section: str
    label: str
    sentence: str
    before: str = ""
    after: str = ""
    trivial: bool = False


def differences(before: Rules, after: Rules) -> list[Difference]:
    """Every difference between two rules, in the order of the editor's screen."""
    both, names = (before, after), _names(before, after)
    found = list(_settings(FIRST, both))
    for name, part in PARTS.items():
        found += _part(part, (getattr(before, name), getattr(after, name)), names)
    found += _settings(LAST, both)
    if before != after and not found:
        said = "Un réglage de la procédure est réécrit, pour dire la même chose."
        found.append(Difference(WHOLE, "", said, trivial=True))
    return found


def label_differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    """What is no rule but is frozen with them, by its name: « titre », « médiateur »."""
    return [
        Difference(WHOLE, name, _changed("La procédure", name, pair), *pair)
        for name in after
        if (pair := (before.get(name, ""), after[name])) and pair[0] != pair[1]
    ]


def _names(before: Rules, after: Rules) -> Rules:
    """Where a key finds its label: what was only renamed has its new name on both sides."""
    return replace(after, **{name: getattr(after, name) + getattr(before, name) for name in PARTS})


def _settings(settings: Sequence[tuple[str, Aspect]], both: Pair) -> Iterator[Difference]:
    for section, aspect in settings:
        for said in _told("La procédure", aspect, both, both[1]):
            yield Difference(section, "", *said)


def _part(part: Part, items: tuple[Sequence[Any], Sequence[Any]], names: Rules) -> list[Difference]:
    was, now = (_by_key(some) for some in items)
    found = []
    for key, item in now.items():
        if key not in was:
            said = f"{part.new}{NBSP}: {quoted(item.label)}."
            found.append(Difference(part.section, item.label, said, after=item.label))
        elif was[key] != item:
            found += _item(part, (was[key], item), names)
    for key, item in was.items():
        if key not in now:
            said = f"{part.the} {quoted(item.label)} disparaît."
            found.append(Difference(part.section, item.label, said, before=item.label))
    if [key for key in was if key in now] != [key for key in now if key in was]:
        orders = (", ".join(item.label for item in some) for some in items)
        found.append(Difference(part.section, "", f"L’ordre {part.order} change.", *orders))
    return found


def _item(part: Part, items: Pair, names: Rules) -> list[Difference]:
    """One item that stays, changed; it goes by its new name."""
    label = items[1].label
    subject = f"{part.the} {quoted(label)}"
    found = [
        Difference(part.section, label, *said)
        for aspect in part.aspects
        for said in _told(subject, aspect, items, names)
    ]
    same = f"{subject}{NBSP}: des réglages sont réécrits, pour dire la même chose."
    return found or [Difference(part.section, label, same, trivial=True)]


def _by_key(items: Sequence[Any]) -> dict[tuple[str, int], Any]:
    """A key that serves twice, which no procedure in force has, is told apart."""
    seen: Counter[str] = Counter()
    found = {}
    for item in items:
        found[item.key, seen[item.key]] = item
        seen[item.key] += 1
    return found


def _told(subject: str, aspect: Aspect, items: Pair, names: Rules) -> Iterator[Said]:
    """Each sentence about that side of the item, with both values."""
    pair = tuple(aspect.value(item, names) for item in items)
    if pair[0] == pair[1]:
        return
    if isinstance(pair[1], bool):
        words = ("oui", "non") if pair[0] else ("non", "oui")
        yield f"{subject} {aspect.gained if pair[1] else aspect.lost}.", *words
    elif isinstance(pair[1], list):
        yield from _members(subject, aspect, pair)
    elif aspect.gained:
        yield f"{subject} {aspect.gained} {_from_to(*pair)}.", *pair
    elif aspect.name == "le nom":
        yield f"{subject} s’appelait {quoted(pair[0])}.", *pair
    else:
        yield _changed(subject, aspect.name, pair), *pair


def _members(subject: str, aspect: Aspect, pair: Pair) -> Iterator[Said]:
    """What comes in, what goes out; else only the order has changed, which changes nothing."""
    old, new = (Counter(values) for values in pair)
    words = tuple(", ".join(values) for values in pair)
    for verb, values in ((aspect.gained, new - old), (aspect.lost, old - new)):
        if values:
            yield f"{subject} {verb} {', '.join(map(quoted, values))}.", *words
    if old == new:
        yield f"{subject}{NBSP}: {aspect.name}, dans un autre ordre.", *words, True


def _changed(subject: str, name: str, pair: tuple[str, str]) -> str:
    old, new = pair
    if max(map(len, pair)) > SHORT or "\n" in old + new:
        verb = "change" if old and new else "apparaît" if new else "disparaît"
        return f"{subject}{NBSP}: {name} {verb}."
    if not old:
        return f"{subject}{NBSP}: {name}, désormais {quoted(new)}."
    if not new:
        return f"{subject}{NBSP}: {name}, {quoted(old)} auparavant, plus rien désormais."
    return f"{subject}{NBSP}: {name}, {quoted(new)} au lieu de {quoted(old)}."


def _from_to(old: str, new: str) -> str:
    """« de 15 à 10 jours ouvrés », « de 30 jours calendaires à 1 mois »."""
    amount, _, unit = old.partition(" ")
    short = amount if amount.isdecimal() and unit == new.partition(" ")[2] else old
    return f"de {short} à {new}"
