"""What a question is made of, side by side: one French sentence for each thing that changes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from complaints.intake import naming
from complaints.intake.conditions import rule
from complaints.intake.definition import TYPED, Choice, Field, FormDefinition, Kind, ShowIf
from complaints.intake.naming import SHORT, name_of, quoted
from complaints.intake.typography import NO_BREAK, sentence

# A sentence, then the value before and after.
Said = tuple[str, str, str]
Definitions = tuple[FormDefinition, FormDefinition]
ALWAYS_SHOWN = "Toujours affichée"
REQUIRED = ("facultatif", "obligatoire")


@dataclass(frozen=True)
class Aspect:
    """A setting that reads as a text; told between two questions of these kinds only."""

    name: str
    value: Callable[[Field], str]
    kinds: frozenset[Kind] = field(default=frozenset(Kind))


def _as_read(name: str) -> Callable[[Field], str]:
    """As a person reads it: a browser ends lines in its own way."""
    return lambda item: "\n".join(getattr(item, name).splitlines())


ASPECTS = (
    Aspect("le type", lambda item: naming.KINDS[item.kind]),
    Aspect("le texte", _as_read("help"), frozenset({Kind.INFORMATION})),
    Aspect("le texte accepté", _as_read("help"), frozenset({Kind.CONSENT})),
    Aspect("l’aide", _as_read("help"), frozenset(Kind) - {Kind.INFORMATION, Kind.CONSENT}),
    Aspect("l’exemple", _as_read("example")),
    Aspect("la réponse déjà remplie", naming.default_in_words),
    Aspect("la longueur maximale", naming.length_in_words, TYPED),
    Aspect("le nombre maximal", naming.files_in_words, frozenset({Kind.FILES})),
    Aspect("le poids d’un fichier", naming.weight_in_words, frozenset({Kind.FILES})),
    Aspect("les types de fichiers", naming.file_types_in_words, frozenset({Kind.FILES})),
    Aspect("le nombre de personnes", naming.rows_in_words, frozenset({Kind.PERSONS})),
    Aspect("le remplissage automatique", naming.autocomplete_in_words),
)


def told(was: Field, now: Field, forms: Definitions, roles: Mapping[str, str]) -> Iterator[Said]:
    """Each thing that a question changes, in the order in which its editor sets it."""
    subject = quoted(name_of(now))
    yield from renamed(was.label, now.label, subject)
    for aspect in ASPECTS:
        if {was.kind, now.kind} <= aspect.kinds:
            yield from changed(subject, aspect.name, aspect.value(was), aspect.value(now))
    yield from _switched(
        f"{subject} devient {REQUIRED[now.required]}.",
        (was.required, now.required),
        REQUIRED,
    )
    yield from _choices(subject, was, now)
    yield from condition(subject, (was.show_if, now.show_if), forms)
    yield from _fed(subject, naming.fed_in_words(was), naming.fed_in_words(now))
    yield from _switched(
        f"{subject} {'devient' if now.sensitive else 'n’est plus'} sensible.",
        (was.sensitive, now.sensitive),
        ("ordinaire", "sensible"),
    )
    yield from _seen(subject, was, now, roles)


def _switched(said: str, pair: tuple[bool, bool], words: tuple[str, str]) -> Iterator[Said]:
    was, now = pair
    if was != now:
        yield said, words[was], words[now]


def renamed(was: str, now: str, subject: str, the: str = "") -> Iterator[Said]:
    """« Tél. » s’intitule désormais « Téléphone »."""
    if was == now:
        return
    if was and now and max(len(was), len(now)) <= SHORT:
        yield f"{the}{quoted(was)} s’intitule désormais {quoted(now)}.", was, now
    else:
        yield f"{subject}{NO_BREAK}: l’intitulé change.", was, now


def changed(subject: str, name: str, was: str, now: str) -> Iterator[Said]:
    """« Téléphone » : l’aide, « Fixe » au lieu de « Portable »."""
    if was == now:
        return
    if max(len(was), len(now)) > SHORT or "\n" in was + now:
        verb = "change" if was and now else "apparaît" if now else "disparaît"
        said = f"{name} {verb}"
    elif not was:
        said = f"{name}, désormais {quoted(now)}"
    elif not now:
        said = f"{name}, {quoted(was)} auparavant, plus rien désormais"
    else:
        said = f"{name}, {quoted(now)} au lieu de {quoted(was)}"
    yield f"{subject}{NO_BREAK}: {said}.", was, now


def _choices(subject: str, was: Field, now: Field) -> Iterator[Said]:
    """The proposed answers, by the value that is stored."""
    words = (naming.choices_in_words(was), naming.choices_in_words(now))
    old, new = ({choice.value: choice for choice in item.choices} for item in (was, now))
    stored = {c.label for c in now.choices if c.value not in old} & {
        c.label for c in was.choices if c.value not in new
    }
    for verb, ones, others in (("propose désormais", new, old), ("ne propose plus", old, new)):
        if found := _labels(
            c for v, c in ones.items() if v not in others and c.label not in stored
        ):
            yield f"{subject} {verb} {found}.", *words
    if stored:
        labels = ", ".join(map(quoted, sorted(stored)))
        yield f"{subject}{NO_BREAK}: ce qui est gardé pour {labels} change.", *words
    for value in old.keys() & new.keys():
        if old[value].label != new[value].label:
            both = (old[value].label, new[value].label)
            yield f"{subject}{NO_BREAK}: {quoted(both[0])} devient {quoted(both[1])}.", *both
    if [v for v in old if v in new] != [v for v in new if v in old]:
        yield f"{subject}{NO_BREAK}: les réponses proposées sont dans un autre ordre.", *words


def _labels(choices: Iterator[Choice]) -> str:
    return ", ".join(quoted(choice.label) for choice in choices)


def condition(
    subject: str, pair: tuple[ShowIf | None, ShowIf | None], forms: Definitions
) -> Iterator[Said]:
    """When it shows, each time in the words of its own version."""
    was, now = (rule(show_if, form) for show_if, form in zip(pair, forms, strict=True))
    if was == now or _meaning(pair[0]) == _meaning(pair[1]):
        return
    if not was:
        said = f"{subject} ne s’affiche plus que {now}"
    elif not now:
        said = f"{subject} s’affiche désormais toujours, et plus seulement {was}"
    else:
        said = f"{subject} s’affiche désormais {now}, et non plus {was}"
    yield (f"{said}.", *(f"Affichée {words}" if words else ALWAYS_SHOWN for words in (was, now)))


def _meaning(show_if: ShowIf | None) -> object:
    """What does not depend on the order in which the tests and the answers were written."""
    if show_if is None:
        return None
    tests = frozenset((test.field, test.test, frozenset(test.values)) for test in show_if.tests)
    return tests, show_if.any and len(tests) > 1


def _fed(subject: str, was: str, now: str) -> Iterator[Said]:
    if was == now:
        return
    if not now:
        said = sentence("n’alimente plus « {was} »", was=was)
    elif not was:
        said = sentence("alimente désormais « {now} »", now=now)
    else:
        said = sentence("alimente désormais « {now} », au lieu de « {was} »", now=now, was=was)
    yield f"{subject} {said}.", was, now


def _seen(subject: str, was: Field, now: Field, roles: Mapping[str, str]) -> Iterator[Said]:
    old, new = (naming.seers_in_words(item, roles) for item in (was, now))
    if set(was.seen_by) == set(now.seen_by):
        return
    everyone = "toutes les personnes qui lisent le dossier"
    if not new:
        said = f"devient visible par {everyone}"
    elif not old:
        said = f"n’est plus visible que par{NO_BREAK}: {new}"
    else:
        said = f"est désormais visible par{NO_BREAK}: {new}"
    yield f"La réponse à {subject} {said}.", old or everyone, new or everyone
