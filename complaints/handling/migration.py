"""Chosen dossiers go on under another version of their procedure: tried first, then done.

Publishing never does this: an open dossier keeps the version under which it was filed until
somebody who directs the organisation says otherwise, with a reason that its journal keeps.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from complaints.handling import deadlines
from complaints.handling.acting import Act, act_on
from complaints.handling.actors import Actor
from complaints.handling.lettering import send_letter
from complaints.handling.roles import DIRECTION
from complaints.letters.merge import facts_of, merge
from complaints.models import Deadline, Dossier, Organisation, ProcedureVersion, Role
from complaints.sla.words import NBSP
from complaints.workflow import MoveRefused, Rules
from complaints.workflow.vocabulary import EventKind

SUBJECT = "Votre dossier suit une nouvelle version de notre procédure"


@dataclass(frozen=True)
class Shift:
    """One date that changes: from a day, or none, to another, or none."""

    label: str
    was: date | None = None
    becomes: date | None = None


@dataclass(frozen=True)
class Migrated:
    """What became, or would become, of one dossier; `refusal` says why nothing did."""

    dossier: Dossier
    shifts: list[Shift] = field(default_factory=list)
    refusal: str = ""


def may_migrate(user: Any, organisation: Organisation) -> bool:
    """Whether that person directs the organisation, or installs the site."""
    if not user.is_active:
        return False
    held = Role.objects.filter(organisation=organisation, key=DIRECTION, group__user=user)
    return user.is_superuser or held.exists()


def obstacle(dossier: Dossier, version: ProcedureVersion, running: Iterable[Deadline]) -> str:
    """Why that dossier cannot go on under that version, in a sentence; "" when it can.

    `running`: all its deadlines, past ones too, since its journal and its screen name them.
    """
    there, number = version.rules, version.number
    if version.procedure_id != dossier.procedure_version.procedure_id:
        return "Cette version est celle d’une autre procédure."
    if not dossier.is_open:
        return "Ce dossier est clos."
    if number <= dossier.procedure_version.number:
        return "Ce dossier suit déjà cette version, ou une plus récente."
    if not version.covers(dossier.kind):
        return f"La version {number} ne traite pas cette nature de dossier."
    here = dossier.current_stage
    same = next((stage for stage in there.stages if stage.key == here.key), None)
    if same is None:
        return f"Son étape «{NBSP}{here.label}{NBSP}» n’existe pas dans la version {number}."
    if same.phase != here.phase:
        return (
            f"Son étape «{NBSP}{here.label}{NBSP}» n’est pas de la même phase dans la version"
            f" {number}{NBSP}: «{NBSP}{same.phase.label}{NBSP}»."
        )
    known = {limit.key for limit in there.time_limits}
    lost = next((deadline for deadline in running if deadline.key not in known), None)
    if lost is not None:
        return f"Son délai «{NBSP}{lost.label}{NBSP}» n’existe pas dans la version {number}."
    return ""


def change_version(
    act: Act, version: ProcedureVersion, *, reason: str, letter: str = ""
) -> list[Shift]:
    """Let the dossier go on under that version; its pending dates are counted anew.

    The complainant reads it in their timeline, and is written to only if `letter` is not empty.
    Raises MoveRefused, saying why. Returns the dates that changed.
    """
    dossier, before = act.dossier, act.dossier.procedure_version
    if DIRECTION not in act.actor.roles_on(dossier):
        raise MoveRefused("Seule la direction change la version d’un dossier.")
    if why := obstacle(dossier, version, dossier.deadlines.all()):
        raise MoveRefused(why)
    dossier.procedure_version = version
    changes = deadlines.recount(dossier, before.rules, act.at)
    act.record(
        EventKind.PROCEDURE_CHANGED,
        personal={"reason": reason},
        from_version=before.number,
        to_version=version.number,
        deadlines=changes,
        letter=_write(act, letter),
    )
    return shifts(version.rules, changes)


def migrate(
    dossier: Dossier,
    version: ProcedureVersion,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
    letter: str = "",
) -> Migrated:
    """That dossier alone, in a transaction of its own: what is refused to one stops no other."""
    try:
        with act_on(dossier.pk, actor=actor, at=at) as act:
            act.expect(seen)
            found = change_version(act, version, reason=reason, letter=letter)
    except MoveRefused as refusal:
        return Migrated(dossier, refusal=str(refusal))
    return Migrated(dossier, found)


def rehearse(
    dossier: Dossier, version: ProcedureVersion, *, actor: Actor, at: datetime
) -> Migrated:
    """What `migrate` would do, done and undone: nothing is written, nobody is told."""
    with transaction.atomic():
        found = migrate(dossier, version, reason="", actor=actor, at=at)
        transaction.set_rollback(True)
    return found


def shifts(rules: Rules, changes: Iterable[dict[str, Any]]) -> list[Shift]:
    """The journal's list of changed deadlines, one line a time limit, in the rules' order."""
    days: dict[str, dict[str, date | None]] = {}
    for change in changes:
        side = "becomes" if "is" in change else "was"
        day = change["is"] if "is" in change else change["was"]
        days.setdefault(change["limit"], {})[side] = date.fromisoformat(day) if day else None
    return [Shift(rules.time_limit(key).label, **sides) for key, sides in days.items()]


def _write(act: Act, body: str) -> str:
    """The number of the letter, "" when there is nothing to say."""
    if not body:
        return ""
    text = merge(body, facts_of(act.dossier, act.at))
    return send_letter(act, template="", subject=SUBJECT, body=text).number
