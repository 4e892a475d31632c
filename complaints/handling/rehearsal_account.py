"""What a rehearsal saw, step by step, as plain data: nothing of it is in the database any more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from complaints import sla
from complaints.models import Deadline, Dossier, Event, Letter, Notice
from complaints.sla.words import day_month, full_day
from complaints.workflow import Rules, TimeLimit
from complaints.workflow.phrasing import NBSP, labelled, quoted
from complaints.workflow.vocabulary import EventKind, OnExpiry

# What the complainant reads on the page where they follow their dossier.
PUBLIC = frozenset(
    {
        EventKind.RECEIVED,
        EventKind.ACKNOWLEDGED,
        EventKind.INFORMATION_REQUESTED,
        EventKind.INFORMATION_RECEIVED,
        EventKind.REGISTERED,
        EventKind.NOTICE_GIVEN,
        EventKind.DECLARED_ADMISSIBLE,
        EventKind.DECLARED_INADMISSIBLE,
        EventKind.RECLASSIFIED,
        EventKind.DELAY_NOTIFIED,
        EventKind.ANALYSED,
        EventKind.DECIDED,
        EventKind.RESPONSE_SENT,
        EventKind.APPEAL_FILED,
        EventKind.APPEAL_EXTENDED,
        EventKind.APPEAL_DECIDED,
        EventKind.MEDIATION_REFERRED,
        EventKind.SATISFACTION_ASKED,
        EventKind.SATISFACTION_RECEIVED,
        EventKind.MESSAGE_RECEIVED,
        EventKind.MESSAGE_SENT,
        EventKind.STATEMENT_CONFIRMED,
        EventKind.WITHDRAWN,
        EventKind.CLOSED,
        EventKind.REOPENED,
        EventKind.PROCEDURE_CHANGED,
    }
)
State = Deadline.State


@dataclass(frozen=True)
class Mail:
    """One text that somebody receives; `posted`: there is no address to send it to by e-mail."""

    to: str
    subject: str
    body: str
    posted: bool = False


@dataclass(frozen=True)
class Turn:
    """What a step did to one time limit; `sign` names the drawing beside the words.

    `why` is the sentence that explains the day, `holidays` those that moved it, `told` the roles
    that the morning’s digest speaks to.
    """

    sign: str
    words: str
    why: str = ""
    holidays: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    internal: bool = False
    public: bool = False


@dataclass(frozen=True)
class Entry:
    """One step of the life of a dossier: when, who, what, and all that followed."""

    at: datetime
    who: str
    what: str
    kind: str
    stage: str = ""
    public: bool = False
    mails: tuple[Mail, ...] = ()
    turns: tuple[Turn, ...] = ()

    @property
    def day(self) -> str:
        """« vendredi 1er mai 2026 »."""
        return full_day(self.at.date())


@dataclass(frozen=True)
class Line:
    """One time limit of the dossier at the end: its day, what became of it, how it was counted."""

    label: str
    internal: bool
    due: str
    became: str
    why: str
    holidays: tuple[str, ...]
    count: tuple[sla.Row, ...]


class Account:
    """Reads what each step added; four queries a step."""

    def __init__(self, dossier: Dossier, zone: Any) -> None:
        self.rules: Rules = dossier.rules
        self.pk, self.zone = dossier.pk, zone
        self.stage, self.events, self.letters, self.notices = "", 0, 0, 0
        self.deadlines: dict[int, Deadline] = {}

    def read(self, dossier: Dossier, *, at: datetime, who: str, what: str, kind: str) -> Entry:
        """What happened since the last reading."""
        events = list(Event.objects.filter(dossier=self.pk, number__gt=self.events))
        self.events = max([self.events, *(event.number for event in events)])
        entered = dossier.stage != self.stage
        self.stage, turns = dossier.stage, tuple(self._turns())
        ended = any(turn.sign == "ended" and turn.public for turn in turns)
        return Entry(
            at=at.astimezone(self.zone),
            who=who,
            what=what,
            kind=kind,
            stage=dossier.current_stage.label if entered else "",
            public=ended or any(event.kind in PUBLIC for event in events),
            mails=tuple(self._mails()),
            turns=turns,
        )

    def lines(self) -> list[Line]:
        """Every time limit of the dossier, the nearest day first; to be asked last."""
        order = sorted(self.deadlines.values(), key=lambda d: (d.due_on or date.max, d.pk))
        return [self._line(deadline) for deadline in order]

    def _mails(self) -> Iterator[Mail]:
        letters = Letter.objects.filter(dossier=self.pk, pk__gt=self.letters).order_by("pk")
        notices = Notice.objects.filter(dossier=self.pk, pk__gt=self.notices).order_by("pk")
        sent, team = set(), defaultdict(list)
        for notice in notices:
            self.notices = notice.pk
            sent.add(notice.letter_id)
            if notice.letter_id is None:
                team[notice.subject].append(notice)
        for letter in letters:
            self.letters = letter.pk
            yield Mail(_addressee(letter), letter.subject, letter.body, letter.pk not in sent)
        for subject, several in team.items():
            people = "1 personne" if len(several) == 1 else f"{len(several)} personnes"
            yield Mail(f"L’équipe ({people})", subject, several[0].body)

    def _turns(self) -> Iterator[Turn]:
        now = Deadline.objects.filter(dossier=self.pk).select_related("calendar").order_by("pk")
        for deadline in now:
            before = self.deadlines.get(deadline.pk)
            self.deadlines[deadline.pk] = deadline
            limit = self.rules.time_limit(deadline.key)
            turn = _turn(before, deadline, limit)
            if turn:
                yield replace(
                    turn,
                    internal=_is_to_say(deadline),
                    public=not deadline.internal,
                    told=self._told(limit, turn.sign),
                )

    def _told(self, limit: TimeLimit, sign: str) -> tuple[str, ...]:
        """The digest tells whoever owes it; a lateness, those whom it alerts too."""
        keys = {"warned": [limit.owner], "late": [limit.owner, limit.escalate_to]}.get(sign, [])
        return tuple(labelled(self.rules.roles, key) for key in dict.fromkeys(keys) if key)

    def _line(self, deadline: Deadline) -> Line:
        limit = self.rules.time_limit(deadline.key)
        return Line(
            deadline.label,
            _is_to_say(deadline),
            _due(deadline, limit),
            _became(deadline, limit, self.zone),
            deadline.sentence,
            _holidays(deadline),
            tuple(deadline.count),
        )


def _addressee(letter: Letter) -> str:
    if letter.to_complainant:
        return "Le réclamant"
    return letter.facts.get("recipient", {}).get("name", "") or "Un tiers"


def _turn(before: Deadline | None, now: Deadline, limit: TimeLimit) -> Turn | None:
    """What changed; None when nothing that one would tell did."""
    name, due = quoted(now.label), _due(now, limit)
    whole = {"why": now.sentence, "holidays": _holidays(now)}
    if before is None and now.state == State.RUNNING:
        words = f"{name} commence{_colon(due) or ', sans nombre de jours'}"
        return Turn("starts", words, **whole)
    if before is None or before.state != now.state:
        return _turned(before, now, limit)
    if now.late_at and not before.late_at:
        return Turn("late", f"{name} est dépassé{_colon(due)}")
    if now.due_on != before.due_on:
        return Turn("moved", f"{name} change de date{_colon(due)}", **whole)
    if now.warned_at != before.warned_at:
        return Turn("warned", f"{name} approche{_colon(due)}")
    return None


def _turned(before: Deadline | None, now: Deadline, limit: TimeLimit) -> Turn:
    """From one state to another."""
    name, due = quoted(now.label), _due(now, limit)
    late = ", en retard" if now.late_at else ""
    match now.state:
        case State.MET if limit.on_expiry == OnExpiry.LATE:
            return Turn("met", f"{name} est tenu{late}{_colon(due)}")
        case State.MET:
            return Turn("gone", f"{name} s’arrête là")
        case State.PAUSED:
            return Turn("paused", f"{name} est suspendu", why=now.sentence)
        case State.ENDED:
            return Turn("ended", f"{name} {ENDED[limit.on_expiry]}")
        case State.REPLACED:
            return Turn("gone", f"{name} ne s’applique plus")
        case State.CANCELLED:
            return Turn("gone", f"{name} est sans objet")
    words = f"{name} reprend{_colon(due)}"
    return Turn("resumed", words, why=now.sentence, holidays=_holidays(now))


ENDED = {
    OnExpiry.LATE: "est échu",
    OnExpiry.LAPSE: "est échu : ce droit s’éteint",
    OnExpiry.OPEN_WINDOW: "est passé : la voie s’ouvre",
    OnExpiry.CLOSE: "est échu sans réaction",
}


def _is_to_say(deadline: Deadline) -> bool:
    """Whether it is internal and its own name does not say so."""
    return deadline.internal and "interne" not in deadline.label.lower()


def _colon(words: str) -> str:
    return f"{NBSP}: {words}" if words else ""


def _due(deadline: Deadline, limit: TimeLimit) -> str:
    """« au plus tard le lundi 4 mai 2026 »; a way opens the day after (R5); "" without a day."""
    if deadline.due_on is None:
        return ""
    if limit.on_expiry == OnExpiry.OPEN_WINDOW:
        return f"à partir du {full_day(deadline.due_on + timedelta(days=1))}"
    turn = "au plus tard le" if limit.on_expiry == OnExpiry.LATE else "jusqu’au"
    return f"{turn} {full_day(deadline.due_on)}"


def _became(deadline: Deadline, limit: TimeLimit, zone: Any) -> str:
    late = ", en retard" if deadline.late_at else ""
    match deadline.state:
        case State.MET if deadline.met_at:
            done = full_day(deadline.met_at.astimezone(zone).date())
            return f"{'Tenu' if limit.on_expiry == OnExpiry.LATE else 'Arrêté'} le {done}{late}"
        case State.ENDED:
            return "Échu"
        case State.RUNNING if deadline.late_at:
            return "En retard"
        case State.RUNNING:
            return "Court encore"
    return str(deadline.get_state_display())


def _holidays(deadline: Deadline) -> tuple[str, ...]:
    """The holidays that pushed the day that decided, named: « 1er mai (Fête du Travail) »."""
    steps = [sla.Step.from_dict(step) for step in deadline.steps]
    reading = next((step.reading for step in steps if step.kind == sla.StepKind.END), None)
    return tuple(_named(step for step in steps if reading and step.reading == reading))


def _named(steps: Iterable[sla.Step]) -> Iterator[str]:
    for step in steps:
        for skipped in step.skipped:
            if skipped.reason == sla.SkipReason.HOLIDAY:
                yield f"{day_month(skipped.day)} ({skipped.name})"
