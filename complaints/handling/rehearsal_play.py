"""A sample dossier lived through the real deeds: filed, moved, looked at by the clock.

Only ever inside the transaction that `complaints.handling.rehearsal` takes back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from complaints.handling import clock, lettering, moving
from complaints.handling.acting import Act
from complaints.handling.actors import Actor
from complaints.handling.calendars import refresh_calendars
from complaints.handling.rehearsal_account import Account, Entry, Line
from complaints.handling.rehearsal_answers import (
    ADDRESS,
    EMAIL,
    FACTS,
    NAME,
    SUBJECT,
    TRAINING,
    plausible,
)
from complaints.handling.rehearsal_pace import instant_of
from complaints.handling.standing import next_due_on
from complaints.models import Calendar, Dossier, Organisation, Party, ProcedureVersion
from complaints.models import Sequence as Numbering
from complaints.sla import WorkCalendar
from complaints.sla.words import full_day
from complaints.workflow import Move
from complaints.workflow.path import COMPLAINANT, Case, Wish, find_path, who_presses
from complaints.workflow.phrasing import NBSP, labelled, quoted
from complaints.workflow.vocabulary import Channel, Complexity, Deed, EventKind

# Who complains so has left an address to write to by e-mail; the others are written to by post.
BY_EMAIL = {Channel.ONLINE, Channel.EMAIL, Channel.QUESTIONNAIRE}
# What runs longer than this after the last move is not awaited.
HORIZON = timedelta(days=3 * 366)
LOOKS = 60
PASSED = {
    "late": "Un délai est dépassé",
    "ended": "Un délai est arrivé à son terme",
    "warned": "Un délai approche",
}


@dataclass(frozen=True)
class Scenario:
    """What is played: when it is received and how, what it is, and what happens then."""

    received_at: datetime
    wish: Wish = Wish.STRAIGHT
    kind: str = ""
    severity: str = ""
    complexity: str = Complexity.SIMPLE
    channel: str = Channel.ONLINE
    region: str = ""


@dataclass
class Played:
    """What was seen, as far as it went; `stopped` says why it went no further."""

    entries: list[Entry] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    stopped: str = ""


class Play:
    """One life of one dossier; `played` keeps what was seen, whatever happens."""

    def __init__(self, version: ProcedureVersion, scenario: Scenario, played: Played) -> None:
        self.version, self.scenario, self.played = version, scenario, played
        self.rules, self.organisation = version.rules, _organisation(version, scenario)
        self.calendar = _calendar(self.organisation, scenario.received_at)
        # The numbers that a rehearsal takes are given back; two at once wait here, in one order.
        list(Numbering.objects.select_for_update().filter(organisation=self.organisation))

    def run(self) -> None:
        """From the filing to the end that is wished for, then as long as time changes something."""
        case = self._case()
        path = find_path(self.rules, self.scenario.wish, case)
        if path.refusal:
            self.played.stopped = path.refusal
            return
        at = self.scenario.received_at
        self.dossier = self._filed(case, at)
        self.account = Account(self.dossier, self.calendar.zone)
        channel = Channel(case.channel).label
        self._tell(at, "Réclamant", f"La réclamation arrive ({channel.lower()})", "filing")
        try:
            self._live(path.moves, at)
        finally:
            self.played.lines = self.account.lines()
        self._end(path.moves)

    def _live(self, moves: tuple[Move, ...], at: datetime) -> None:
        """Each move on its day, the clock between them and after the last."""
        for number, move in enumerate(moves):
            pending = self.account.deadlines.values()
            at = instant_of(moves[number:], at, pending, self.rules, self.calendar)
            self._wait(at)
            self._press(move, at)
        self._wait(at + HORIZON)

    def _case(self) -> Case:
        scenario, rules = self.scenario, self.rules
        return Case(
            kind=scenario.kind if scenario.kind in rules.kinds else rules.kinds[0],
            severity=scenario.severity,
            complexity=scenario.complexity,
            stakeholder=next(iter(rules.stakeholders), ""),
            channel=scenario.channel,
        )

    def _filed(self, case: Case, at: datetime) -> Dossier:
        """As `filing` does, but without a form: what is asked there is tried elsewhere."""
        year = timezone.localdate(at).year
        number = Numbering.take(self.organisation, "dossier", year)
        dossier = Dossier(
            organisation=self.organisation,
            procedure_version=self.version,
            reference=f"{self.organisation.prefix}-{year}-{number:04}",
            channel=case.channel,
            kind=case.kind,
            stakeholder=case.stakeholder,
            received_at=at,
            completed_at=at,
            subject=SUBJECT,
            description=FACTS,
            training=TRAINING,
            facts_on=timezone.localdate(at) - timedelta(days=10),
        )
        dossier.enter(self.rules.first_stage)
        dossier.save()
        reached = {"email": EMAIL} if case.channel in BY_EMAIL else {"postal_address": ADDRESS}
        party = {"dossier": dossier, "role": Party.Role.COMPLAINANT, "name": NAME}
        complainant = Party.objects.create(**party, stakeholder=case.stakeholder, **reached)
        act = Act(dossier, Actor.complainant(), at)
        act.record(EventKind.RECEIVED, channel=case.channel, procedure=str(self.version))
        lettering.announce(act, [], "", complainant)
        dossier.next_due_on = next_due_on(dossier)
        dossier.save()
        return dossier

    def _press(self, move: Move, at: datetime) -> None:
        role = who_presses(move)
        label = "Réclamant" if role == COMPLAINANT else labelled(self.rules.roles, role)
        actor = Actor(label=label, role=role)
        form = moving.blank_form(self.dossier, move.key, actor=actor, at=at)
        data = plausible(form, self._chosen(move), at)
        self.dossier = moving.perform(self.dossier, move.key, data, actor=actor, at=at)
        self._tell(at, label, move.label, "theirs" if role == COMPLAINANT else "move")

    def _chosen(self, move: Move) -> Mapping[str, Any]:
        """What the scenario decides; everything that is asked of an admissible complaint is met."""
        keys = [criterion.key for criterion in self.rules.criteria]
        match move.deed:
            case Deed.ASSESS:
                scenario = self.scenario
                return {"severity": scenario.severity, "complexity": scenario.complexity}
            case Deed.DECLARE_ADMISSIBLE:
                return {"criteria": keys}
            case Deed.DECLARE_INADMISSIBLE:
                return {"criteria": keys[:1]}
        return {}

    def _wait(self, until: datetime) -> None:
        """The clock looks at the dossier at each of its moments up to that one, and only then."""
        for _ in range(LOOKS):
            pending = self.account.deadlines.values()
            moments = [one.next_check_at for one in pending if one.next_check_at]
            if not moments or min(moments) > until:
                return
            at = min(moments)
            clock.check_dossier(self.dossier.pk, at)
            self.dossier = _fresh(self.dossier)
            self._tell(at, "Horloge", "", "clock")

    def _tell(self, at: datetime, who: str, what: str, kind: str) -> None:
        entry = self.account.read(self.dossier, at=at, who=who, what=what, kind=kind)
        if what:
            self.played.entries.append(entry)
        elif entry.turns or entry.mails:
            self.played.entries.append(replace(entry, what=self._passed(entry)))

    def _passed(self, entry: Entry) -> str:
        """What time has done, in a few words."""
        if entry.stage and not self.dossier.is_open:
            return "Le dossier se clôt de lui-même"
        signs = {turn.sign for turn in entry.turns}
        return next((words for sign, words in PASSED.items() if sign in signs), "Le temps passe")

    def _end(self, moves: tuple[Move, ...]) -> None:
        played, dossier = self.played, self.dossier
        if dossier.is_open:
            stage = quoted(dossier.current_stage.label)
            played.remarks.append(f"Le dossier reste ouvert, à l’étape {stage}.")
        elif dossier.erase_on:
            played.remarks.append(
                f"Les données personnelles sont effacées le {full_day(dossier.erase_on)}."
            )
        graded = self.scenario.severity or self.scenario.complexity == Complexity.COMPLEX
        if moves and graded and not any(move.deed == Deed.ASSESS for move in moves):
            played.remarks.append(
                f"Sur ce chemin, personne n’évalue le dossier{NBSP}: la gravité et la complexité"
                " choisies ne changent rien."
            )


def _organisation(version: ProcedureVersion, scenario: Scenario) -> Organisation:
    """The organisation as it is, in the region that is tried; taken back with all the rest."""
    organisation = Organisation.objects.select_related("site").get(
        pk=version.procedure.organisation_id
    )
    if scenario.region and scenario.region != organisation.region:
        organisation.region = scenario.region
        Organisation.objects.filter(pk=organisation.pk).update(region=scenario.region)
    return organisation


def _calendar(organisation: Organisation, at: datetime) -> WorkCalendar:
    try:
        calendar = Calendar.objects.current(organisation.region)
    except Calendar.DoesNotExist:
        refresh_calendars(at)
        calendar = Calendar.objects.current(organisation.region)
    return calendar.for_counting(organisation.working_days, organisation.time_zone)


def _fresh(dossier: Dossier) -> Dossier:
    found = Dossier.objects.select_related("organisation__site", "procedure_version__mediator")
    return found.get(pk=dossier.pk)
