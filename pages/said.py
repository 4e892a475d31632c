"""What the rules of a page say, ready to be read: each bound part shows one of these."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from complaints.models.organisation import RESERVED_ROLES
from complaints.register.admission import criteria_words, refusal_words
from complaints.register.appeals import appeal_words
from complaints.register.endings import closure_words, opinion_words
from complaints.register.promises import Promise, promises_of, retention_words
from complaints.workflow import Rules, TimeLimit
from complaints.workflow.definition import Body, Stage
from complaints.workflow.vocabulary import Complexity, Stakeholder

INTERNAL_MEDIATION = "médiation interne"


@dataclass(frozen=True)
class Level:
    """A level of gravity or of complexity: its criteria, and the time limits it changes."""

    label: str
    criteria: str
    promises: list[Promise]


@dataclass(frozen=True)
class Mediation:
    """A mediation led inside the organisation, as its stage or its button names it."""

    label: str
    summary: str


class Said:
    """The rules in force in sentences and lists; empty wherever they decide nothing."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    @property
    def kinds(self) -> list[str]:
        """« Réclamation », « Aléa »."""
        return [kind.label for kind in self.rules.kinds]

    @property
    def stakeholders(self) -> list[str]:
        """Who may complain, in the order of the procedure."""
        return [Stakeholder(key).label for key in self.rules.stakeholders]

    @cached_property
    def promises(self) -> list[Promise]:
        """The public time limits."""
        return promises_of(self.rules)

    @property
    def severities(self) -> list[Level]:
        """The levels of gravity that the procedure defines."""
        return [
            Level(level.label, level.criteria, self._promises("severity", level.key))
            for level in self.rules.severities
        ]

    @property
    def complexities(self) -> list[Level]:
        """Simple and complex, when a public time limit tells them apart."""
        levels = [Level(c.label, "", self._promises("complexity", c)) for c in Complexity]
        return levels if any(level.promises for level in levels) else []

    @property
    def levels(self) -> bool:
        """Whether it grades dossiers in any way."""
        return bool(self.severities or self.complexities)

    @property
    def handlers(self) -> bool:
        """Whether it names who handles them."""
        return bool(self.people or self.bodies)

    @property
    def criteria(self) -> list[str]:
        """What makes a complaint admissible."""
        return criteria_words(self.rules)

    @property
    def refusal(self) -> str:
        """What is written to somebody whose complaint is not admissible."""
        return refusal_words(self.rules)

    @property
    def people(self) -> list[str]:
        """The roles that people hold; a body that is also a role is said among the bodies."""
        others = {body.key for body in self.rules.bodies} | RESERVED_ROLES
        labels = [role.label for role in self.rules.roles if role.key not in others]
        return list(dict.fromkeys(labels))  # one person may hold two roles under one name

    @property
    def bodies(self) -> tuple[Body, ...]:
        """The bodies that sit, with their members."""
        return self.rules.bodies

    @cached_property
    def appeal(self) -> list[str]:
        """The internal appeal; empty without one."""
        return appeal_words(self.rules)

    @property
    def closure(self) -> list[str]:
        """What closes a dossier."""
        return closure_words(self.rules)

    @property
    def opinion(self) -> str:
        """Whether an opinion is asked."""
        return opinion_words(self.rules)

    @property
    def retention(self) -> str:
        """How long a dossier is kept, and from when."""
        return retention_words(self.rules)

    @property
    def review(self) -> str:
        """« tous les 12 mois »; empty when no review is planned."""
        months = self.rules.review_months
        return "" if not months else f"tous les {months} mois" if months > 1 else "tous les mois"

    @property
    def internal_mediation(self) -> Mediation | None:
        """The mediation that the organisation itself leads: never the consumer's mediator."""
        return next(self._internal_mediations(), None)

    def _internal_mediations(self) -> Iterator[Mediation]:
        for stage in self.rules.stages:
            if INTERNAL_MEDIATION in _names(stage):
                yield Mediation(stage.label, stage.summary)
        for move in self.rules.moves:
            if INTERNAL_MEDIATION in move.label.casefold():
                yield Mediation(move.label, move.help)

    def _promises(self, name: str, value: str) -> list[Promise]:
        keys = {limit.key for limit in self.rules.time_limits if _depends(limit, name, value)}
        return [promise for promise in self.promises if promise.key in keys]


def _names(stage: Stage) -> str:
    return f"{stage.label} {stage.public_label}".casefold()


def _depends(limit: TimeLimit, name: str, value: str) -> bool:
    return str(value) in {str(known) for known in limit.when.get(name, ())}
