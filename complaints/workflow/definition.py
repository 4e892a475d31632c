"""A procedure's rules as data: frozen, typed, readable without a database.

Shape of the raw definition (JSON): see `Rules`; every key of a dataclass is a key of its object.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from complaints.workflow.vocabulary import (
    Deed,
    EventKind,
    Kind,
    OnExpiry,
    Phase,
    RetentionStart,
    Severity,
)


@dataclass(frozen=True)
class Role:
    """Who may act, under the name the organisation gives (« Directrice », « CTRP »)."""

    key: str
    label: str


@dataclass(frozen=True)
class Body:
    """A body that sits and decides, under its own name (CTRP, Commission d’impartialité)."""

    key: str
    label: str
    members: str = ""


@dataclass(frozen=True)
class Marker:
    """A mark that an evaluation may put on a dossier: a risk, a nature (CY-04, CM-04)."""

    key: str
    label: str


@dataclass(frozen=True)
class Criterion:
    """What makes a complaint admissible, as it is published.

    With an amount and a unit it is about the age of the facts: they must be less than that old on
    the day of the receipt (IH-22).
    """

    key: str
    label: str
    amount: int = 0
    unit: str = ""


@dataclass(frozen=True)
class Stage:
    """A station of the dossier; `step` is its number on the public page, None when not shown."""

    key: str
    label: str
    phase: Phase
    public_label: str = ""
    step: int | None = None
    summary: str = ""


@dataclass(frozen=True)
class Move:
    """A button: from these stages to that one (`to` empty: stays), for these roles, a deed.

    `within`: the key of a time limit; the button is there only as long as that limit runs (IH-27).
    `kinds`: only on dossiers of these kinds; empty: on all (an incident sheet is opened otherwise).
    """

    key: str
    label: str
    deed: Deed
    sources: tuple[str, ...]
    roles: tuple[str, ...]
    to: str = ""
    letter: str = ""
    likely: bool = False
    help: str = ""
    within: str = ""
    kinds: tuple[Kind, ...] = ()

    def is_for(self, kind: str) -> bool:
        """Whether a dossier of that kind has this button; "" stands for any kind."""
        return not (kind and self.kinds) or kind in self.kinds


@dataclass(frozen=True)
class Extension:
    """Whether a time limit may be prolonged, with reasons and a letter (CM-A6, IH-28).

    `times`: how often, 0 for as often as needed. `amount` and `unit`: by how much at most, counted
    from the day it was due; no amount, no ceiling. `from_start`: they are then the whole length,
    counted in one step from the start of the limit (a month and one more month, received on
    31 January, end on 31 March).
    """

    allowed: bool = False
    times: int = 0
    amount: int = 0
    unit: str = ""
    from_start: bool = False


@dataclass(frozen=True)
class TimeLimit:
    """A promise or a right: starts on an event, is met by others.

    `counting` is what `complaints.sla.parse_limit` reads. `internal`: a target of the team, never
    shown outside. `from_first_writing`: counted from the first written complaint when it came
    before the form (CS-A2). `when` narrows it to some severities, complexities or kinds, e.g.
    ``{"severity": ["high", "ungraded"]}``.
    """

    key: str
    label: str
    starts_on: EventKind
    counting: Mapping[str, Any]
    met_by: tuple[EventKind, ...] = ()
    promise: str = ""
    internal: bool = False
    from_first_writing: bool = False
    on_expiry: OnExpiry = OnExpiry.LATE
    warn_days: tuple[int, ...] = ()
    owner: str = ""
    escalate_to: str = ""
    pauses_on: tuple[EventKind, ...] = ()
    resumes_on: tuple[EventKind, ...] = ()
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extension: Extension = Extension()


@dataclass(frozen=True)
class LetterTemplate:
    """The text a move proposes; `{champ}` marks are merge fields (complaints.letters.merge)."""

    key: str
    label: str
    subject: str
    body: str


@dataclass(frozen=True)
class RegisterColumn:
    """One column of the legal register: its title and the value it shows."""

    key: str
    label: str


@dataclass(frozen=True)
class Retention:
    """How long a dossier is kept, and from when."""

    amount: int
    unit: str
    starts_on: RetentionStart = RetentionStart.CLOSURE


@dataclass(frozen=True)
class SeverityLevel:
    """A level of gravity and the criteria the organisation publishes for it."""

    key: Severity
    label: str
    criteria: str = ""


@dataclass(frozen=True)
class Rules:
    """All that a procedure decides."""

    kinds: tuple[Kind, ...]
    stakeholders: tuple[str, ...]
    roles: tuple[Role, ...]
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    time_limits: tuple[TimeLimit, ...]
    letters: tuple[LetterTemplate, ...]
    register_columns: tuple[RegisterColumn, ...]
    retention: Retention | None
    severities: tuple[SeverityLevel, ...] = ()
    bodies: tuple[Body, ...] = ()
    markers: tuple[Marker, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    response_prefix: str = "REP"
    review_months: int = 0
    recipients: str = ""

    @property
    def first_stage(self) -> Stage:
        """Where a new dossier starts: the first stage of the list."""
        return self.stages[0]

    def stage(self, key: str) -> Stage:
        """The stage of that key; KeyError if the procedure has none."""
        return _by_key(self.stages, key)

    def move(self, key: str) -> Move:
        """The move of that key; KeyError if the procedure has none."""
        return _by_key(self.moves, key)

    def letter(self, key: str) -> LetterTemplate:
        """The letter of that key; KeyError if the procedure has none."""
        return _by_key(self.letters, key)

    def time_limit(self, key: str) -> TimeLimit:
        """The time limit of that key; KeyError if the procedure has none."""
        return _by_key(self.time_limits, key)

    @property
    def public_steps(self) -> list[Stage]:
        """The numbered steps the public page shows, in order."""
        return sorted((s for s in self.stages if s.step), key=lambda stage: stage.step)


def _by_key(items: tuple[Any, ...], key: str) -> Any:
    for item in items:
        if item.key == key:
            return item
    raise KeyError(key)
