"""Which facts each deed writes in the journal: what a time limit may wait for."""

from collections.abc import Iterable, Mapping

from complaints.workflow.definition import Move, Rules
from complaints.workflow.vocabulary import Deed, EventKind, Phase

WRITTEN_BY: Mapping[Deed, frozenset[EventKind]] = {
    Deed.ACKNOWLEDGE: frozenset({EventKind.ACKNOWLEDGED}),
    Deed.GIVE_NOTICE: frozenset({EventKind.NOTICE_GIVEN}),
    Deed.REQUEST_INFORMATION: frozenset({EventKind.INFORMATION_REQUESTED}),
    Deed.RECEIVE_INFORMATION: frozenset({EventKind.INFORMATION_RECEIVED}),
    Deed.RECEIVE_WRITING: frozenset({EventKind.RECEIVED}),
    Deed.REGISTER: frozenset({EventKind.REGISTERED}),
    Deed.DECLARE_ADMISSIBLE: frozenset({EventKind.DECLARED_ADMISSIBLE}),
    Deed.DECLARE_INADMISSIBLE: frozenset({EventKind.DECLARED_INADMISSIBLE}),
    Deed.ASSESS: frozenset({EventKind.ASSESSED}),
    Deed.RECLASSIFY: frozenset({EventKind.RECLASSIFIED}),
    Deed.RECUSE: frozenset({EventKind.RECUSED}),
    Deed.LOG_CONTACT: frozenset({EventKind.CONTACT_LOGGED}),
    Deed.ANALYSE: frozenset({EventKind.ANALYSED}),
    Deed.RECORD_MINUTES: frozenset({EventKind.MINUTES_RECORDED}),
    Deed.INFORM_IMPLICATED: frozenset({EventKind.IMPLICATED_INFORMED}),
    Deed.INFORM_THIRD_PARTY: frozenset({EventKind.THIRD_PARTY_INFORMED}),
    Deed.SHORTEN: frozenset({EventKind.DEADLINE_SET}),
    Deed.EXTEND: frozenset({EventKind.DELAY_NOTIFIED, EventKind.APPEAL_EXTENDED}),
    Deed.DECIDE: frozenset({EventKind.DECIDED}),
    Deed.PLAN_MEASURE: frozenset({EventKind.MEASURE_PLANNED}),
    Deed.COMPLETE_MEASURE: frozenset({EventKind.MEASURE_DONE}),
    Deed.CHECK_EFFECT: frozenset({EventKind.EFFECT_CHECKED}),
    Deed.RESPOND: frozenset({EventKind.RESPONSE_SENT}),
    Deed.FILE_APPEAL: frozenset({EventKind.APPEAL_FILED}),
    Deed.DECIDE_APPEAL: frozenset({EventKind.APPEAL_DECIDED}),
    Deed.ASK_SATISFACTION: frozenset({EventKind.SATISFACTION_ASKED}),
    Deed.RECORD_SATISFACTION: frozenset({EventKind.SATISFACTION_RECEIVED}),
    Deed.REFER_TO_MEDIATION: frozenset({EventKind.MEDIATION_REFERRED}),
    Deed.ADVANCE: frozenset({EventKind.STAGE_CHANGED}),
    Deed.WITHDRAW: frozenset({EventKind.WITHDRAWN}),
    Deed.CLOSE: frozenset({EventKind.CLOSED}),
    Deed.REOPEN: frozenset({EventKind.REOPENED}),
}

# What happens to a dossier whatever its procedure: filing, messages, notes, the clock.
ALWAYS = frozenset(
    {
        EventKind.RECEIVED,
        EventKind.MESSAGE_RECEIVED,
        EventKind.MESSAGE_SENT,
        EventKind.STATEMENT_CONFIRMED,
        EventKind.NOTE_WRITTEN,
        EventKind.ASSIGNED,
        EventKind.FILE_OPENED,
        EventKind.PROCEDURE_CHANGED,
        EventKind.DEADLINE_WARNED,
        EventKind.DEADLINE_MISSED,
        EventKind.DEADLINE_LAPSED,
        EventKind.ERASED,
    }
)


def possible_facts(rules: Rules) -> frozenset[EventKind]:
    """All the facts that may ever be written in a dossier of these rules."""
    closed = {stage.key for stage in rules.stages if stage.phase == Phase.CLOSED}
    facts = ALWAYS.union(*(_facts_of(move, closed) for move in rules.moves))
    return frozenset(facts)


def _facts_of(move: Move, closed: Iterable[str]) -> frozenset[EventKind]:
    """A move that ends at a closed stage closes, whatever else it does."""
    written = WRITTEN_BY[move.deed]
    return written | {EventKind.CLOSED} if move.to in closed else written
