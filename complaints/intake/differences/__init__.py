"""What one version of a form changes in another: one French sentence a difference.

Complete: two definitions that differ in anything never give an empty list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from complaints.intake.definition import Field, FormDefinition, Section
from complaints.intake.differences.aspects import Definitions, changed, condition, renamed, told
from complaints.intake.naming import name_of, quoted
from complaints.intake.typography import NO_BREAK

WHOLE = "Ensemble du formulaire"
Placed = tuple[Section, Field]


@dataclass(frozen=True)
class Difference:
    """One thing that changes: in which part, in a sentence, and both values in words.

    `trivial`: written otherwise, to say the same; nothing is asked or shown otherwise.
    """

    section: str
    sentence: str
    before: str = ""
    after: str = ""
    trivial: bool = False


def differences(
    before: FormDefinition, after: FormDefinition, roles: Mapping[str, str] | None = None
) -> list[Difference]:
    """Every difference between two forms, in the order of the newer one; `roles`: their names."""
    found = list(_Comparison((before, after), roles or {}).differences())
    if before != after and not found:
        said = "Le formulaire est écrit autrement, pour dire la même chose."
        found.append(Difference(WHOLE, said, trivial=True))
    return found


def name_differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    """What is frozen with the questions, by its name: « la référence », « le titre »."""
    return [
        Difference(WHOLE, *said)
        for name in after
        for said in changed("Le formulaire", name, before.get(name, ""), after[name])
    ]


def _paired(was: Mapping[str, object], now: Mapping[str, object]) -> dict[str, str]:
    """The older key of each newer one: the same, else that of the first of the same name."""
    pairs = {key: key for key in now if key in was}
    for key, name in now.items():
        free = (old for old in was if old not in pairs.values() and was[old] == name)
        if key not in pairs and (old := next(free, None)):
            pairs[key] = old
    return pairs


class _Comparison:
    """Two forms, their parts and their questions paired: by key, else by title or label."""

    def __init__(self, forms: Definitions, roles: Mapping[str, str]) -> None:
        self.forms, self.roles = forms, roles
        titles = ({s.key: s.title for s in form.sections} for form in forms)
        labels = ({q.key: (q.kind, name_of(q)) for q in form.fields} for form in forms)
        old = {s.key: s for s in forms[0].sections}
        placed = {q.key: (s, q) for s in forms[0].sections for q in s.fields}
        self.parts = {key: old[was] for key, was in _paired(*titles).items()}
        self.questions: dict[str, Placed] = {
            key: placed[was] for key, was in _paired(*labels).items()
        }

    def differences(self) -> Iterator[Difference]:
        was, now = self.forms
        yield from self._whole(was, now)
        for section in now.sections:
            yield from self._part(section)
        kept = {section.key for section in self.parts.values()}
        for section in was.sections:
            if section.key not in kept:
                said = f"La partie {quoted(section.title)} n’existe plus."
                yield Difference(section.title, said, before=section.title)
                yield from self._gone(section, section.title)

    def _whole(self, was: FormDefinition, now: FormDefinition) -> Iterator[Difference]:
        if was.stepped != now.stepped:
            how = ("sur une seule page", "en étapes, une par partie")
            said = f"Le formulaire se remplit désormais {how[now.stepped]}."
            yield Difference(WHOLE, said, how[was.stepped], how[now.stepped])
        places = {section.key: place for place, section in enumerate(was.sections)}
        kept = [section for section in now.sections if section.key in self.parts]
        order = sorted(kept, key=lambda section: places[self.parts[section.key].key])
        if order != kept:
            words = (", ".join(section.title for section in some) for some in (order, kept))
            yield Difference(WHOLE, "Les parties sont dans un autre ordre.", *words)

    def _part(self, section: Section) -> Iterator[Difference]:
        """A part of the newer form and its questions, then those it has lost."""
        was = self.parts.get(section.key)
        if was is None:
            said = f"Nouvelle partie{NO_BREAK}: {quoted(section.title)}."
            yield Difference(section.title, said, after=section.title)
        elif was != section:
            yield from self._settings(was, section)
        for question in section.fields:
            yield from self._question(section, question)
        if was:
            yield from self._gone(was, section.title)
            yield from self._order(was, section)

    def _settings(self, was: Section, now: Section) -> Iterator[Difference]:
        subject = f"La partie {quoted(now.title)}"
        help_texts = ("\n".join(section.help.splitlines()) for section in (was, now))
        found = chain(
            renamed(was.title, now.title, subject, "La partie "),
            changed(subject, "l’introduction", *help_texts),
            condition(subject, (was.show_if, now.show_if), self.forms),
        )
        return (Difference(now.title, *said) for said in found)

    def _question(self, section: Section, now: Field) -> Iterator[Difference]:
        subject = quoted(name_of(now))
        if now.key not in self.questions:
            new = "Nouvelle question" if now.asks else "Nouveau texte"
            yield Difference(section.title, f"{new}{NO_BREAK}: {subject}.", after=name_of(now))
            return
        place, was = self.questions[now.key]
        here = self.parts.get(section.key)
        if here is None or place.key != here.key:
            said = f"{subject} passe de la partie {quoted(place.title)} à {quoted(section.title)}."
            yield Difference(section.title, said, place.title, section.title)
        if was.key != now.key:
            said = f"{subject} change de clé{NO_BREAK}: les programmes y voient une autre question."
            yield Difference(section.title, said, was.key, now.key)
        changes = told(was, now, self.forms, self.roles)
        found = [Difference(section.title, *one) for one in changes]
        if was != now and not found and was.key == now.key:
            said = f"{subject}{NO_BREAK}: des réglages sont réécrits, pour dire la même chose."
            found.append(Difference(section.title, said, trivial=True))
        yield from found

    def _gone(self, was: Section, title: str) -> Iterator[Difference]:
        kept = {placed.key for _, placed in self.questions.values()}
        for lost in was.fields:
            if lost.key not in kept:
                what, end = ("La question", "n’est plus posée")
                if not lost.asks:
                    what, end = ("Le texte", "n’est plus montré")
                said = f"{what} {quoted(name_of(lost))} {end}."
                yield Difference(title, said, before=name_of(lost))

    def _order(self, was: Section, now: Section) -> Iterator[Difference]:
        """Of the questions that stayed in this part."""
        places = {q.key: place for place, q in enumerate(was.fields)}
        paired = [q for q in now.fields if q.key in self.questions]
        stayed = [q for q in paired if self.questions[q.key][1].key in places]
        order = sorted(stayed, key=lambda q: places[self.questions[q.key][1].key])
        if order != stayed:
            words = (", ".join(map(name_of, some)) for some in (order, stayed))
            said = f"Les questions de la partie {quoted(now.title)} sont dans un autre ordre."
            yield Difference(now.title, said, *words)
