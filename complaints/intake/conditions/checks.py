"""What makes a condition right: each rule yields a French sentence where it is broken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from complaints.intake.conditions.outline import Outline, Seat
from complaints.intake.conditions.possible import ALWAYS, Possible, Way
from complaints.intake.definition import CONTROLLING, Condition, Field, Kind, Operator, ShowIf
from complaints.intake.typography import sentence

UNREADABLE = {
    Kind.INFORMATION: "un texte d’information, auquel personne ne répond",
    Kind.FILES: "une demande de fichiers, qu’une condition ne lit pas",
    Kind.CONSENT: "un accord, dont la case vide est aussi une réponse",
}


@dataclass
class Conditions:
    """The conditions of one form, checked one after the other from its top.

    `questions`: those read so far; None for one that has problems of its own: what reads it is
    not blamed as well.
    """

    outline: Outline
    questions: Mapping[str, Field | None]
    # The ways in which the part being read appears; whether it always does.
    around: list[Way] = field(default_factory=lambda: ALWAYS)
    always: bool = True
    # Whoever sends the form has answered these.
    answered: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.possible = Possible(self.questions)

    def of_section(self, number: int, show_if: ShowIf | None) -> list[str]:
        """What is wrong in the condition of a part; the questions that follow are in it."""
        problems = list(self._problems(show_if, Seat(number)))
        self.around, self.always = ALWAYS, show_if is None
        if not problems:
            ways = self.possible.ways(show_if)
            problems += self._never(ways)
            self.around = ways or ALWAYS
        return problems

    def of_field(self, number: int, asked: Field) -> list[str]:
        """What is wrong in the condition of a question; those that read it are told apart."""
        problems = list(self._problems(asked.show_if, Seat(number, asked.key)))
        if not problems:
            ways = self.possible.ways(asked.show_if, self.around)
            problems += self._never(ways)
            self.possible.needed.setdefault(asked.key, ways or ALWAYS)
            if asked.required and asked.show_if is None and self.always:
                self.answered.add(asked.key)
        return problems

    def _never(self, ways: list[Way]) -> Iterator[str]:
        if not ways:
            yield sentence(
                "la condition ne peut jamais être remplie : ce qui est attendu de « {label} », ici "
                "ou dans les conditions dont celle-ci dépend, se contredit.",
                label=self.outline.labels[self.possible.clash],
            )

    def _problems(self, show_if: ShowIf | None, seat: Seat) -> Iterator[str]:
        if show_if is None:
            return
        if not show_if.tests:
            yield sentence("la condition d’affichage est vide : ajoutez un test, ou retirez-la.")
        if _repeats(show_if.tests):
            yield sentence("la condition d’affichage dit deux fois la même chose.")
        for test in show_if.tests:
            yield from self._test(test, seat)

    def _test(self, test: Condition, seat: Seat) -> Iterator[str]:
        if not test.field:
            yield sentence("la condition d’affichage ne dit pas quelle question elle lit.")
        elif not test.values:
            yield sentence("la condition d’affichage ne dit pas pour quelle réponse.")
        if wrong := self._place(test.field, seat):
            yield wrong
        elif controlling := self.questions.get(test.field):
            yield from _readable(test, controlling)
            yield from self._unanswered(test, controlling)

    def _place(self, key: str, seat: Seat) -> str:
        """What is wrong with where the question it reads stands; "" when it is read above."""
        read = self.outline.seats.get(key)
        if not key:
            return ""
        if read is None:
            return sentence("la condition porte sur « {key} », qui n’existe pas.", key=key)
        if read == seat:
            return sentence("la condition porte sur la question elle-même.")
        label = self.outline.labels[key]
        if not seat.key and read.section == seat.section:
            return sentence(
                "la condition porte sur « {label} », une question de cette partie : une partie ne "
                "peut lire que les réponses des parties qui la précèdent.",
                label=label,
            )
        if key in self.questions:
            return ""
        if loop := self.outline.loop(seat, key):
            return self._looped([seat, *loop])
        return sentence(
            "la condition porte sur « {label} », placée plus bas : déplacez-la plus haut, ou lisez "
            "une question qui précède.",
            label=label,
        )

    def _looped(self, loop: list[Seat]) -> str:
        first, *others = (self.outline.name(seat) for seat in loop)
        return sentence(
            "la condition tourne en rond : {first} dépend de {chain}. Retirez une de ces "
            "conditions.",
            first=first,
            chain=", qui dépend de ".join(others),
        )

    def _unanswered(self, test: Condition, controlling: Field) -> Iterator[str]:
        expects_none = test.test == Operator.ANSWERED and False in test.values
        if expects_none and controlling.key in self.answered:
            yield sentence(
                "la condition attend que « {label} » soit sans réponse, alors qu’une réponse y est "
                "obligatoire.",
                label=controlling.label,
            )


def _repeats(tests: tuple[Condition, ...]) -> bool:
    """Twice the same test, or twice the same value in a test."""
    return _twice(tests) or any(_twice(test.values) for test in tests)


def _twice(items: tuple[object, ...]) -> bool:
    """As they are written: a wrong definition may hold what cannot be hashed, and 1 equals True."""
    return len({repr(item) for item in items}) < len(items)


def _readable(test: Condition, controlling: Field) -> Iterator[str]:
    if what := UNREADABLE.get(controlling.kind):
        yield sentence(
            "la condition porte sur « {label} », {what}.", label=controlling.label, what=what
        )
    elif test.test == Operator.ANSWERED:
        return
    elif controlling.kind not in CONTROLLING:
        yield sentence(
            "la condition porte sur « {label} », qui n’est ni un choix ni une question fermée : "
            "on peut seulement lire si elle a une réponse.",
            label=controlling.label,
        )
    else:
        yield from _unknown(test, controlling)


def _unknown(test: Condition, controlling: Field) -> Iterator[str]:
    yes_no = controlling.kind == Kind.YES_NO
    listed = [choice.value for choice in controlling.choices]
    for value in test.values:
        # By type as well: in Python, 1 is in [True, False].
        if not isinstance(value, bool) if yes_no else value not in listed:
            yield sentence(
                "la condition attend « {value} », qui n’est pas une réponse à « {label} ».",
                value=value,
                label=controlling.label,
            )
