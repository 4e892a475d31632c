"""Moves: a button of the procedure becomes a deed, once, by someone who may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from complaints.handling import (
    acknowledgement,
    admissibility,
    advancing,
    analysis,
    antivirus,
    appeal,
    assessment,
    closure,
    contact,
    decision,
    information,
    informing,
    measures,
    mediation,
    minutes,
    notice,
    reclassification,
    recusal,
    registration,
    rescheduling,
    response,
    satisfaction,
    writing,
)
from complaints.handling.acting import Act, act_on
from complaints.handling.actors import Actor
from complaints.handling.forms import MoveForm
from complaints.handling.standing import windows
from complaints.models import Dossier
from complaints.workflow import (
    Move,
    MoveRefused,
    Window,
    find_move,
    open_moves,
    windows_asked,
)
from complaints.workflow.vocabulary import Deed, Phase


@dataclass(frozen=True)
class Doing:
    """What a deed asks and what it does."""

    form: type[MoveForm]
    do: Callable[[Act, Move, dict[str, Any]], None]


DEEDS: Mapping[Deed, Doing] = {
    Deed.ACKNOWLEDGE: Doing(acknowledgement.AcknowledgementForm, acknowledgement.acknowledge),
    Deed.GIVE_NOTICE: Doing(notice.NoticeForm, notice.give_notice),
    Deed.REQUEST_INFORMATION: Doing(
        information.InformationRequestForm, information.request_information
    ),
    Deed.RECEIVE_INFORMATION: Doing(information.InformationForm, information.receive_information),
    Deed.RECEIVE_WRITING: Doing(writing.WritingForm, writing.receive_writing),
    Deed.REGISTER: Doing(registration.RegistrationForm, registration.register),
    Deed.DECLARE_ADMISSIBLE: Doing(admissibility.AdmissibleForm, admissibility.declare_admissible),
    Deed.DECLARE_INADMISSIBLE: Doing(
        admissibility.InadmissibleForm, admissibility.declare_inadmissible
    ),
    Deed.ASSESS: Doing(assessment.AssessmentForm, assessment.assess),
    Deed.RECLASSIFY: Doing(reclassification.ReclassificationForm, reclassification.reclassify),
    Deed.RECUSE: Doing(recusal.RecusalForm, recusal.recuse),
    Deed.LOG_CONTACT: Doing(contact.ContactForm, contact.log_contact),
    Deed.ANALYSE: Doing(analysis.AnalysisForm, analysis.analyse),
    Deed.RECORD_MINUTES: Doing(minutes.MinutesForm, minutes.record_minutes),
    Deed.INFORM_IMPLICATED: Doing(informing.ImplicatedForm, informing.inform_implicated),
    Deed.INFORM_THIRD_PARTY: Doing(informing.ThirdPartyForm, informing.inform_third_party),
    Deed.SHORTEN: Doing(rescheduling.ShorteningForm, rescheduling.shorten),
    Deed.EXTEND: Doing(rescheduling.ExtensionForm, rescheduling.extend),
    Deed.DECIDE: Doing(decision.DecisionForm, decision.decide),
    Deed.PLAN_MEASURE: Doing(measures.MeasureForm, measures.plan_measure),
    Deed.COMPLETE_MEASURE: Doing(measures.MeasureDoneForm, measures.complete_measure),
    Deed.CHECK_EFFECT: Doing(measures.EffectForm, measures.check_effect),
    Deed.RESPOND: Doing(response.ResponseForm, response.respond),
    Deed.FILE_APPEAL: Doing(appeal.AppealForm, appeal.file_appeal),
    Deed.DECIDE_APPEAL: Doing(appeal.AppealDecisionForm, appeal.decide_appeal),
    Deed.ASK_SATISFACTION: Doing(
        satisfaction.SatisfactionRequestForm, satisfaction.ask_satisfaction
    ),
    Deed.RECORD_SATISFACTION: Doing(
        satisfaction.SatisfactionForm, satisfaction.record_satisfaction
    ),
    Deed.REFER_TO_MEDIATION: Doing(mediation.MediationForm, mediation.refer_to_mediation),
    Deed.ADVANCE: Doing(advancing.AdvanceForm, advancing.advance),
    Deed.WITHDRAW: Doing(closure.WithdrawalForm, closure.withdraw),
    Deed.CLOSE: Doing(closure.ClosureForm, closure.close),
    Deed.REOPEN: Doing(closure.ReopeningForm, closure.reopen),
}


class InvalidMove(Exception):
    """What was filled in is not enough; `form` carries the errors and everything typed."""

    def __init__(self, form: MoveForm) -> None:
        self.form = form
        super().__init__(form.errors.as_text())


def moves_for(dossier: Dossier, actor: Actor, at: datetime) -> list[Move]:
    """The moves open to that person on that dossier at that time; none on an erased one."""
    if dossier.phase == Phase.ERASED:
        return []
    roles, windows = actor.roles_on(dossier), _windows(dossier, at)
    moves = open_moves(dossier.rules, dossier.stage, roles, windows, dossier.kind)
    spent = {deed for deed in {move.deed for move in moves} if _spent(dossier, deed)}
    return [move for move in moves if move.deed not in spent]


def _move(dossier: Dossier, key: str, actor: Actor, at: datetime) -> Move:
    """That move if it is open to that person; raises MoveRefused, saying why, if it is not."""
    if dossier.phase == Phase.ERASED:
        raise MoveRefused("Ce dossier est effacé : il ne bouge plus.")
    roles, windows = actor.roles_on(dossier), _windows(dossier, at)
    move = find_move(dossier.rules, key, dossier.stage, roles, windows, dossier.kind)
    if why := _spent(dossier, move.deed):
        raise MoveRefused(why)
    return move


def _spent(dossier: Dossier, deed: Deed) -> str:
    """Why what is done once is not to be done again; "" for the others."""
    if deed == Deed.FILE_APPEAL and appeal.is_spent(dossier):
        return appeal.SPENT
    return writing.COME if deed == Deed.RECEIVE_WRITING and writing.has_come(dossier) else ""


def _windows(dossier: Dossier, at: datetime) -> dict[str, Window]:
    """How the time limits stand on which a move depends here; not asked when none does."""
    asked = windows_asked(dossier.rules, dossier.stage)
    return windows(dossier, asked, at) if asked else {}


def blank_form(dossier: Dossier, move_key: str, *, actor: Actor, at: datetime) -> MoveForm:
    """The form of a move with what it proposes; raises MoveRefused. Writes nothing."""
    move = _move(dossier, move_key, actor, at)
    return DEEDS[move.deed].form(act=Act(dossier, actor, at), move=move)


def perform(
    dossier: Dossier,
    move_key: str,
    data: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
    files: Mapping[str, Any] | None = None,
) -> Dossier:
    """Make a move: check the right, do the deed, write the event, leave the notices; or nothing.

    `seen` is the length of the journal the person was looking at: if the dossier has moved on
    since, MoveRefused. Raises InvalidMove with the bound form when something is missing.
    """
    infected = antivirus.examined(files)
    with act_on(dossier.pk, actor=actor, at=at) as act:
        locked = act.dossier
        move = _move(locked, move_key, actor, at)
        act.expect(seen)
        doing = DEEDS[move.deed]
        form = doing.form(data, files, act=act, move=move)
        if not _is_sound(form, infected):
            raise InvalidMove(form)
        if move.to:
            locked.enter(locked.rules.stage(move.to))
        doing.do(act, move, form.cleaned_data)
        closure.settle(act)
    return locked


def _is_sound(form: MoveForm, infected: Mapping[str, list[str]]) -> bool:
    """Whether everything it asks is there, and none of its files is infected."""
    form.full_clean()
    for name in infected.keys() & form.fields.keys():
        form.add_error(name, infected[name])
    return form.is_valid()
