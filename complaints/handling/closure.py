"""Closing, withdrawing, reopening; closing sets the day the personal data must be gone (CS-25)."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from complaints import sla
from complaints.handling.acting import Act
from complaints.handling.forms import LetterForm, MoveForm, text_area
from complaints.handling.lettering import send_proposed
from complaints.models import Dossier
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind, RetentionStart


class ClosureForm(LetterForm):
    """Where the proofs are kept, and why it can be closed."""

    evidence_location = forms.CharField(
        label="Lieu de conservation des pièces",
        max_length=300,
        initial="Dossier électronique",
        help_text="Inscrit au registre.",
    )
    reason = text_area("Motif de clôture", required=False, rows=2)


class WithdrawalForm(MoveForm):
    """Why, if the complainant says so."""

    reason = text_area("Motif", required=False, rows=2)


class ReopeningForm(MoveForm):
    """Why."""

    reason = text_area("Motif de réouverture", rows=2)


def close(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Close; what was due ends, what the complainant may still do runs on."""
    letter = send_proposed(act, move, data)
    act.dossier.evidence_location = data["evidence_location"]
    settle(act, reason=data["reason"], letter=letter)


def withdraw(act: Act, move: Move, data: dict[str, Any]) -> None:
    """The complainant gives up; the file is kept as any other."""
    act.record(EventKind.WITHDRAWN, personal={"reason": data["reason"]})


def reopen(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Open again; the retention will be counted from the next closure."""
    _open_again(act, data["reason"])


def settle(act: Act, *, reason: str = "", **data: Any) -> None:
    """Close a dossier that a move has just brought to a closed stage; else do nothing.

    One that it brought out of a closed stage, by an appeal for instance, is open again: its
    retention too will be counted from the next closure.
    """
    dossier = act.dossier
    if dossier.is_open and dossier.closed_at:
        _open_again(act)
    if dossier.is_open or dossier.closed_at:
        return
    dossier.closed_at = act.at
    dossier.erase_on = erase_on(dossier)
    act.record(EventKind.CLOSED, personal={"reason": reason}, **data)


def _open_again(act: Act, reason: str = "") -> None:
    act.dossier.closed_at, act.dossier.erase_on = None, None
    act.record(EventKind.REOPENED, personal={"reason": reason})


def erase_on(dossier: Dossier) -> date | None:
    """The end of the retention the procedure promises; None when it promises none."""
    retention, closed_at = dossier.rules.retention, dossier.closed_at
    if retention is None or closed_at is None:
        return None
    closed_on = timezone.localdate(closed_at)
    starts = {
        RetentionStart.CLOSURE: [closed_on],
        RetentionStart.END_OF_RELATION: [dossier.relation_ended_on],
    }.get(retention.starts_on, [closed_on, dossier.relation_ended_on])
    known = [day for day in starts if day]
    if not known:
        return None
    start = max(known) if retention.starts_on == RetentionStart.LATEST else min(known)
    return _after(start, sla.Reading(retention.amount, retention.unit))


def _after(start: date, reading: sla.Reading) -> date | None:
    """A retention is counted in months or years: no holiday matters."""
    calendar = sla.WorkCalendar(region="", version=0, holidays={})
    noon = datetime.combine(start, time(12), calendar.zone)
    return sla.due(sla.Limit((reading,)), noon, calendar).due_on
