"""The agenda: what each person must know this morning, from what is due soon and nothing else."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet, TextChoices

from complaints.models import Deadline, Organisation, ProcedureVersion, Recusal
from complaints.register.offices import Office, offices_at
from complaints.sla.words import NBSP, full_day
from complaints.workflow import DefinitionError, TimeLimit
from complaints.workflow.vocabulary import OnExpiry

WEEK_DAYS = 7
# Of one part, a mail shows no more lines; the others are counted.
KEPT = 200
FOLLOWED = "vous suivez ce dossier"
UNFOLLOWED = "personne ne suit ce dossier"
VACANT = "personne n’a le rôle responsable"
RECUSED = "qui a le rôle responsable est écarté de ce dossier"
ROW = (
    "key",
    "label",
    "state",
    "is_duty",
    "due_on",
    "ended_at",
    "warned_at",
    "dossier_id",
    "dossier__reference",
    "dossier__is_open",
    "dossier__organisation_id",
    "dossier__assigned_to_id",
    "dossier__procedure_version_id",
)

log = logging.getLogger(__name__)
# A time limit by the version of the procedure and its key there.
Limits = dict[tuple[int, str], TimeLimit]


class Part(TextChoices):
    """The parts of an agenda, the most urgent first."""

    LATE = "late", "En retard"
    TODAY = "today", "Aujourd’hui"
    WEEK = "week", "Cette semaine"
    ANNOUNCED = "announced", "À venir"
    ENDED = "ended", "Délais écoulés"


@dataclass(frozen=True)
class Line:
    """One time limit of one dossier, when, and why this person is told. Names no one else."""

    part: Part
    dossier_id: int
    reference: str
    label: str
    on: date
    when: str
    why: str


@dataclass
class Section:
    """What one person must know of one organisation: all is counted, the first lines are kept."""

    organisation: Organisation
    lines: list[Line] = field(default_factory=list)
    counts: Counter[Part] = field(default_factory=Counter)


@dataclass
class Agenda:
    """What one person must know today, organisation by organisation, by name."""

    user_id: int
    email: str
    sections: list[Section] = field(default_factory=list)

    @property
    def counts(self) -> Counter[Part]:
        """How many lines of each part, all organisations together."""
        return sum((section.counts for section in self.sections), Counter())


@dataclass
class Round:
    """What the people of an office are told that morning, person by person.

    `kept_out`: who is recused, by dossier; of that dossier they are told nothing (IH-30).
    """

    office: Office
    kept_out: Mapping[int, set[int]]
    sections: dict[int, Section] = field(default_factory=dict)

    def tell(self, row: Any, limit: TimeLimit | None) -> None:
        """One line to each person concerned, if the row is of this day."""
        part = self._part(row, limit)
        if part is None:
            return
        for user_id, why in self._concerned(row, limit, part).items():
            section = self.sections.setdefault(user_id, Section(self.office.organisation))
            section.counts[part] += 1
            if section.counts[part] <= KEPT:
                section.lines.append(
                    _line(row, limit, part, self.office.today, f"{NBSP}; ".join(why))
                )

    def _part(self, row: Any, limit: TimeLimit | None) -> Part | None:
        if row.state == Deadline.State.ENDED:
            return Part.ENDED if row.ended_at >= self.office.since else None
        if not (row.is_duty or _closes(limit)):
            return None
        days = (row.due_on - self.office.today).days
        if days < 0:  # a silence that is over is told once the clock has seen it, as no lateness
            return Part.LATE if row.is_duty else None
        if days <= WEEK_DAYS:
            return Part.WEEK if days else Part.TODAY
        return Part.ANNOUNCED if row.warned_at and row.warned_at >= self.office.since else None

    def _concerned(self, row: Any, limit: TimeLimit | None, part: Part) -> dict[int, list[str]]:
        """Who follows it, who owes it, and whom its lateness alerts; each with every reason."""
        told: dict[int, list[str]] = defaultdict(list)
        kept_out, follower = self.kept_out.get(row.dossier_id, set()), row.dossier__assigned_to_id
        if follower in self.office.emails.keys() - kept_out:
            told[follower].append(FOLLOWED)
        owners = self._owners(limit, kept_out, followed=bool(told))
        mine = {follower: owners[follower]} if follower in owners else owners
        for user_id, why in mine.items():
            told[user_id].append(why)
        if limit and part == Part.LATE:
            for user_id, label in self.office.holders.get(limit.escalate_to, {}).items():
                told[user_id].append(f"signalé au rôle «{NBSP}{label}{NBSP}»")
        return {user_id: why for user_id, why in told.items() if user_id not in kept_out}

    def _owners(
        self, limit: TimeLimit | None, kept_out: set[int], *, followed: bool
    ) -> dict[int, str]:
        """Whoever holds the role; a role that nobody holds must not leave a lateness unread."""
        role = limit.owner if limit else ""
        holders = self.office.holders.get(role, {})
        if left := holders.keys() - kept_out:
            return {pk: f"vous avez le rôle «{NBSP}{holders[pk]}{NBSP}»" for pk in left}
        if role:
            return dict.fromkeys(self.office.emails, RECUSED if holders else VACANT)
        return {} if followed else dict.fromkeys(self.office.emails, UNFOLLOWED)


def agendas_at(now: datetime) -> list[Agenda]:
    """One for each person who has something to know; as many queries however much there is."""
    offices = {office.organisation.pk: office for office in offices_at(now) if office.emails}
    if not offices:
        return []
    kept_out = _kept_out(offices)
    rounds = {pk: Round(office, kept_out) for pk, office in offices.items()}
    limits = _limits(offices)
    furthest = _furthest(limits)
    closing = [closing_soon(offices, furthest)] if any(map(_closes, limits.values())) else []
    for rows in (due_soon(offices, furthest), *closing, just_ended(offices, now)):
        # A cursor, from which PostgreSQL too takes the rows in the order of the index made for it.
        for row in rows.values_list(*ROW, named=True).iterator():
            here = rounds.get(row.dossier__organisation_id)
            if here and row.dossier__is_open:
                here.tell(row, limits.get((row.dossier__procedure_version_id, row.key)))
    return _by_person(rounds.values())


def due_soon(offices: dict[int, Office], furthest: int) -> QuerySet:
    """Duties due by next week, or warned of since the last worked day, the oldest first.

    No warning comes more than `furthest` days before: what is due later is not even read. Nothing
    is asked of the dossiers here: a database would begin with all those of an organisation.
    """
    duties = Deadline.objects.filter(is_duty=True).order_by("due_on", "id")
    return _near(duties, offices, furthest)


def closing_soon(offices: dict[int, Office], furthest: int) -> QuerySet:
    """Likewise for what is nobody’s duty: among it, silences after which a dossier closes itself.

    What is due by a day is looked at by the clock the day after, at the latest: its index serves,
    and gives the order.
    """
    horizon = max(office.today for office in offices.values()) + timedelta(
        days=max(WEEK_DAYS, furthest) + 2
    )
    looked_at = datetime.combine(horizon, time(), UTC)
    others = Deadline.objects.to_check(looked_at).filter(is_duty=False)
    return _near(others, offices, furthest)


def _near(deadlines: QuerySet, offices: dict[int, Office], furthest: int) -> QuerySet:
    last = max(office.today for office in offices.values())
    week, end = (last + timedelta(days=days) for days in (WEEK_DAYS, max(WEEK_DAYS, furthest)))
    warned = Q(warned_at__gte=min(office.since for office in offices.values()))
    running = deadlines.filter(state=Deadline.State.RUNNING, due_on__lte=end)
    return running.filter(Q(due_on__lte=week) | warned)


def just_ended(offices: dict[int, Office], now: datetime) -> QuerySet:
    """What was seen to end since the last worked day, rights over and ways open, in that order.

    Seen by the clock: after days without it, or when it was over from the start, it is told too.
    """
    since = min(office.since for office in offices.values())
    ended = Deadline.objects.filter(state=Deadline.State.ENDED)
    return ended.filter(ended_at__gte=since, ended_at__lte=now).order_by("ended_at", "id")


def _limits(offices: dict[int, Office]) -> Limits:
    """Every limit of every version of these organisations, each version read once."""
    versions = ProcedureVersion.objects.filter(procedure__organisation__in=list(offices))
    limits: Limits = {}
    for version in versions.only("definition"):
        try:
            limits |= {(version.pk, limit.key): limit for limit in version.rules.time_limits}
        except DefinitionError:
            log.exception("Version %s d’une procédure : règles illisibles.", version.pk)
    return limits


def _furthest(limits: Limits) -> int:
    """How many days before it is due a limit is first warned of, at most."""
    return max((days for limit in limits.values() for days in limit.warn_days), default=0)


def _closes(limit: TimeLimit | None) -> bool:
    return limit is not None and limit.on_expiry == OnExpiry.CLOSE


def _kept_out(offices: dict[int, Office]) -> dict[int, set[int]]:
    """Who is recused, by open dossier of these organisations."""
    kept_out: dict[int, set[int]] = defaultdict(set)
    rows = Recusal.objects.filter(dossier__is_open=True, dossier__organisation__in=list(offices))
    for dossier_id, person_id in rows.values_list("dossier", "person"):
        kept_out[dossier_id].add(person_id)
    return kept_out


def _by_person(rounds: Iterable[Round]) -> list[Agenda]:
    agendas: dict[int, Agenda] = {}
    for one in rounds:
        for user_id, section in one.sections.items():
            agenda = agendas.setdefault(user_id, Agenda(user_id, one.office.emails[user_id]))
            agenda.sections.append(section)
    return sorted(agendas.values(), key=lambda agenda: agenda.user_id)


def _line(row: Any, limit: TimeLimit | None, part: Part, today: date, why: str) -> Line:
    if part == Part.ENDED:
        opens = limit is not None and limit.on_expiry == OnExpiry.OPEN_WINDOW
        # A way is open once the last day is over, so from the next one (R5).
        since = row.due_on + timedelta(days=1) if opens else row.due_on
        when = f"{'possible' if opens else 'terminé'} depuis le {full_day(since)}"
    else:
        when = f"{full_day(row.due_on)}, {nearness(row.due_on, today)}"
        if _closes(limit):
            # The organisation owes nothing then: it is the complainant whose time is over.
            when += f"{NBSP}; ensuite le dossier se clôt seul"
    return Line(part, row.dossier_id, row.dossier__reference, row.label, row.due_on, when, why)


def nearness(day: date, today: date) -> str:
    """« en retard de 3 jours », « aujourd’hui », « demain », « dans 12 jours » of the calendar."""
    days = (day - today).days
    if days in (0, 1):
        return ("aujourd’hui", "demain")[days]
    words = f"{abs(days)} jour" if days == -1 else f"{abs(days)} jours"
    return f"en retard de {words}" if days < 0 else f"dans {words}"
