"""Which moves, in order, lead a dossier from its first stage to the end that one wishes to see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from complaints.workflow.definition import Move, Rules, TimeLimit
from complaints.workflow.facts import WRITTEN_BY
from complaints.workflow.vocabulary import (
    UNGRADED,
    WRITTEN,
    Channel,
    Complexity,
    Deed,
    OnExpiry,
)

COMPLAINANT, CLOCK = "complainant", "clock"
NBSP = "\u00a0"


class Wish(StrEnum):
    """What happens to the dossier."""

    STRAIGHT = "straight"
    INCOMPLETE = "incomplete"
    APPEAL = "appeal"
    INADMISSIBLE = "inadmissible"
    SILENT_COMPLAINANT = "silent_complainant"
    SILENT_ORGANISATION = "silent_organisation"


LABELS: Mapping[Wish, str] = {
    Wish.STRAIGHT: "Tout se passe bien",
    Wish.INCOMPLETE: "Il manque une information",
    Wish.APPEAL: "Le réclamant fait un recours",
    Wish.INADMISSIBLE: "La réclamation est irrecevable",
    Wish.SILENT_COMPLAINANT: "Le réclamant ne réagit pas à la réponse",
    Wish.SILENT_ORGANISATION: "L’organisme ne répond pas",
}
# The deeds that must come, in this order; then the dossier goes on to its end, or nobody moves.
NEEDED: Mapping[Wish, tuple[Deed, ...]] = {
    Wish.STRAIGHT: (Deed.RESPOND,),
    Wish.INCOMPLETE: (Deed.REQUEST_INFORMATION, Deed.RECEIVE_INFORMATION, Deed.RESPOND),
    Wish.APPEAL: (Deed.RESPOND, Deed.FILE_APPEAL, Deed.DECIDE_APPEAL),
    Wish.INADMISSIBLE: (Deed.DECLARE_INADMISSIBLE,),
    Wish.SILENT_COMPLAINANT: (Deed.RESPOND,),
    Wish.SILENT_ORGANISATION: (),
}
LACKING: Mapping[Deed, str] = {
    Deed.RESPOND: "Cette procédure ne prévoit pas de réponse au réclamant.",
    Deed.REQUEST_INFORMATION: "Cette procédure ne prévoit pas de demander un complément.",
    Deed.RECEIVE_INFORMATION: "Cette procédure ne prévoit pas d’enregistrer un complément.",
    Deed.FILE_APPEAL: "Cette procédure ne prévoit pas de recours.",
    Deed.DECIDE_APPEAL: "Cette procédure ne prévoit pas que le recours soit tranché.",
    Deed.DECLARE_INADMISSIBLE: "Cette procédure ne prévoit pas de réclamation irrecevable.",
}
# What turns the course of a dossier: pressed as soon as the wish asks for it, and never otherwise.
TURNS = frozenset(
    {
        Deed.REQUEST_INFORMATION,
        Deed.RECEIVE_INFORMATION,
        Deed.RECEIVE_WRITING,
        Deed.DECLARE_INADMISSIBLE,
        Deed.FILE_APPEAL,
    }
)
NEVER_BY_ITSELF = TURNS | {
    Deed.DECIDE_APPEAL,
    Deed.WITHDRAW,
    Deed.REOPEN,
    Deed.REFER_TO_MEDIATION,
    Deed.EXTEND,
    Deed.SHORTEN,
    Deed.RECUSE,
    Deed.RECLASSIFY,
}
# Taken when no other move leads on.
LAST = frozenset({Deed.COMPLETE_MEASURE, Deed.CHECK_EFFECT, Deed.RECORD_SATISFACTION})
# Done only where the way leads: never added beside it.
ON_THE_WAY = LAST | {Deed.RESPOND, Deed.CLOSE}
THEIRS = frozenset({Deed.RECEIVE_INFORMATION, Deed.FILE_APPEAL, Deed.RECORD_SATISFACTION})
# How the writing comes that is awaited after a call, in a rehearsal.
WRITTEN_LATER = Channel.POST
State = tuple[str, int]


@dataclass(frozen=True)
class Path:
    """The moves to press, in order; `refusal` says why the wish cannot be played."""

    moves: tuple[Move, ...] = ()
    refusal: str = ""


@dataclass(frozen=True)
class Case:
    """What is known of the dossier, as a time limit’s `when` names it; empty: not graded."""

    kind: str = ""
    severity: str = ""
    complexity: str = ""
    stakeholder: str = ""
    channel: str = ""

    @property
    def is_spoken(self) -> bool:
        """Whether nothing is written yet, where that matters."""
        return bool(self.channel) and self.channel not in WRITTEN

    @property
    def is_graded(self) -> bool:
        """Whether somebody assesses it on the way."""
        return bool(self.severity) or self.complexity == Complexity.COMPLEX

    def is_under(self, limit: TimeLimit) -> bool:
        """Whether that limit is for such dossiers."""
        given = {
            "severity": self.severity or UNGRADED,
            "complexity": self.complexity or Complexity.SIMPLE,
            "kind": self.kind,
            "stakeholder": self.stakeholder,
            "channel": self.channel,
        }
        return all(given[name] in values for name, values in limit.when.items() if given.get(name))


ANY = Case()


def find_path(rules: Rules, wish: Wish, case: Case = ANY) -> Path:
    """The way that these rules give to that wish: the likely moves first, no stage twice in vain.

    Beside the moves that lead on, those that stay where they are and are likely, or keep a promise
    that is due in that case; the assessment, when the case is graded.
    """
    needed, known = NEEDED[wish], {move.deed for move in rules.moves}
    if wish == Wish.SILENT_ORGANISATION:
        return Path()
    if wish == Wish.STRAIGHT and Deed.RESPOND not in known:
        needed = ()
    lacking = [LACKING[deed] for deed in needed if deed not in known]
    if lacking:
        return Path(refusal=lacking[0])
    if case.is_spoken and Deed.RECEIVE_WRITING in known:
        needed, case = (Deed.RECEIVE_WRITING, *needed), replace(case, channel=WRITTEN_LATER)
    steps = _search(rules, needed, case, to_the_end=wish != Wish.SILENT_COMPLAINANT)
    if steps is None:
        return Path(refusal=_lost(rules, needed))
    return Path(tuple(_with_others(rules, steps, case)))


def who_presses(move: Move) -> str:
    """The role that makes that move: the complainant where it is theirs, else the first named."""
    if COMPLAINANT in move.roles and move.deed in THEIRS:
        return COMPLAINANT
    staff = [role for role in move.roles if role not in (COMPLAINANT, CLOCK)]
    return (staff or [*move.roles, ""])[0]


def _search(
    rules: Rules, needed: tuple[Deed, ...], case: Case, *, to_the_end: bool
) -> list[tuple[str, Move]] | None:
    """Each move with the stage it leaves; None when what is needed cannot be reached.

    When no stage is closed after that, it stops there: the clock may still close by itself.
    """
    closed = {stage.key for stage in rules.stages if not stage.phase.is_open}
    for must_close in (True, False) if to_the_end else (False,):
        ends = closed if must_close else {stage.key for stage in rules.stages}
        found = _walk(rules, needed, ends, case)
        if found is not None:
            return found
    return None


def _walk(
    rules: Rules, needed: tuple[Deed, ...], ends: set[str], case: Case
) -> list[tuple[str, Move]] | None:
    """Depth first, the most likely move first; a state that was tried is not tried again."""
    start: State = (rules.first_stage.key, 0)
    seen, trail = {start}, [(start, _onward(rules, start, needed, case))]
    steps: list[tuple[str, Move]] = []
    while trail:
        (stage, done), onward = trail[-1]
        if done == len(needed) and stage in ends:
            return steps
        move = next((m for m in onward if _after(m, stage, done, needed) not in seen), None)
        if move is None:
            trail.pop()
            del steps[-1:]
            continue
        state = _after(move, stage, done, needed)
        seen.add(state)
        steps.append((stage, move))
        trail.append((state, _onward(rules, state, needed, case)))
    return None


def _after(move: Move, stage: str, done: int, needed: tuple[Deed, ...]) -> State:
    met = done < len(needed) and move.deed == needed[done]
    return move.to or stage, done + met


def _onward(rules: Rules, state: State, needed: tuple[Deed, ...], case: Case) -> Iterator[Move]:
    """The moves that may be tried from there, the best first.

    Who was asked something answers next; a closed dossier moves only by what is wished for.
    """
    stage, done = state
    wanted = needed[done] if done < len(needed) else None
    stages = {one.key: one for one in rules.stages}
    bound = wanted == Deed.RECEIVE_INFORMATION or not stages[stage].phase.is_open
    moves = [
        move
        for move in rules.moves
        if stage in move.sources
        and move.is_for(case.kind)
        and (not move.to or move.to in stages)
        and _may(move, wanted)
        and (move.deed == wanted or not bound)
    ]
    return iter(sorted(moves, key=lambda move: _rank(move, wanted, case)))


def _may(move: Move, wanted: Deed | None) -> bool:
    """Neither the clock's, nor what a complainant does alone, nor what nobody wished for."""
    if not set(move.roles) - {CLOCK}:
        return False
    if move.deed == wanted:
        return True
    theirs = set(move.roles) <= {COMPLAINANT, CLOCK}
    return not theirs and move.deed not in NEVER_BY_ITSELF


def _rank(move: Move, wanted: Deed | None, case: Case) -> tuple[bool, ...]:
    turns = move.deed == wanted and move.deed in TURNS
    theirs = move.deed in THEIRS and COMPLAINANT in move.roles
    late = move.deed in LAST or (move.deed == Deed.ASSESS and not case.is_graded)
    return not turns, not theirs, not move.likely, late, move.deed != wanted


def _with_others(rules: Rules, steps: list[tuple[str, Move]], case: Case) -> Iterator[Move]:
    """Before a stage is left, what is done without leaving it, each deed once.

    Nothing is done beside a writing that is awaited: it is what everything else waits for.
    """
    done = {move.deed for _stage, move in steps}
    passed: set[str] = set()
    for stage, move in steps:
        if move.deed == Deed.RECEIVE_WRITING:
            yield move
            continue
        for other in [] if stage in passed else _beside(rules, stage, case):
            if other.deed not in done:
                done.add(other.deed)
                yield other
        passed.add(stage)
        yield move


def _beside(rules: Rules, stage: str, case: Case) -> Iterator[Move]:
    """The likely moves that stay there, and those that keep what the organisation promises."""
    promises = [one for one in rules.time_limits if one.on_expiry == OnExpiry.LATE]
    promised = {fact for one in promises if case.is_under(one) for fact in one.met_by}
    for move in rules.moves:
        stays = stage in move.sources and move.to in ("", stage)
        stays = stays and move.is_for(case.kind)
        if not stays or not _may(move, None) or move.deed in ON_THE_WAY:
            continue
        keeps = move.likely or not promised.isdisjoint(WRITTEN_BY[move.deed])
        if case.is_graded if move.deed == Deed.ASSESS else keeps:
            yield move


def _lost(rules: Rules, needed: tuple[Deed, ...]) -> str:
    first = rules.first_stage.label
    last = needed[-1].label.lower() if needed else "la fin"
    return (
        f"Depuis l’étape «{NBSP}{first}{NBSP}», aucune suite d’actions ne permet d’aller jusqu’à"
        f"{NBSP}: {last}."
    )
