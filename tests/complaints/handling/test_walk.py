"""Anyone does anything, in any order, for months: after each deed the deadlines agree with all."""

from copy import deepcopy
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction

from complaints.handling import counting, deadlines
from complaints.handling.actors import Actor
from complaints.handling.clock import check_deadlines
from complaints.handling.moving import InvalidMove, blank_form, moves_for, perform
from complaints.models import Deadline, Dossier
from complaints.models.event import first_broken_event
from complaints.workflow.vocabulary import EventKind
from tests import factories
from tests.complaints.handling.clocked import (
    ASSESS,
    COMPLEX,
    EXTEND,
    GRADE,
    GRAVE,
    LETTER,
    OTHERS,
    SEVERITIES,
    SHORTEN,
    UNGRADED,
    move,
)
from tests.complaints.handling.rules import limit, publish, with_item
from tests.factories import World, paris

PAUSED = {"pauses_on": ["information_requested"], "resumes_on": ["information_received"]}
GRADED = {"severity": ["high", "low"]}
LIMITS = [
    GRADE,
    UNGRADED | PAUSED,
    GRAVE | PAUSED | {"warn_days": [4, 1]},
    OTHERS | PAUSED | {"extension": {"allowed": True, "times": 2, "amount": 20, "unit": "mois"}},
    COMPLEX,
    limit(
        7, "jours_ouvres", key="encore", starts_on="response_sent", met_by=["response_sent"],
        when={"severity": ["medium", "high"]}, extension={"allowed": True}, **PAUSED,
    ),
    limit(4, key="reevaluer", starts_on="assessed", met_by=["response_sent"], when=GRADED),
    limit(12, key="droit", on_expiry="lapse", met_by=[], when=GRADED, **PAUSED),
    limit(20, key="voie", on_expiry="open_window", met_by=[], when=GRADED, warn_days=[2]),
    limit(
        40, key="silence", starts_on="information_requested", met_by=["information_received"],
        on_expiry="close", warn_days=[3],
    ),
    limit(60, key="clore", met_by=["closed"], from_first_writing=True),
]  # fmt: skip
MOVES = [
    ASSESS,
    SHORTEN,
    EXTEND,
    move("demander", "request_information"),
    move("noter_reponse", "receive_information"),
    move("ecrire", "respond", letter="prolongation"),
    move("clore_ici", "close", to="dossier", roles=["moderator", "clock"]),
    move("rouvrir_ici", "reopen", to="evaluation", sources=["dossier"], roles=["moderator"]),
]
SEEDS = (2, 5)  # in both, each button is pressed
PRESSED = [one["key"] for one in MOVES]


@pytest.fixture
def walked(world: World) -> Dossier:
    rules = deepcopy(world.page.version.definition)
    publish(
        world,
        severities=SEVERITIES,
        time_limits=LIMITS,
        moves=[*rules["moves"], *MOVES],
        letters=[*rules["letters"], LETTER],
        roles=with_item(world, "roles", key="clock", label="Horloge"),
    )
    return factories.file(world, at=paris("2026-03-30 09:00")).dossier


def filled(form: Any, chance: Random, at: datetime) -> dict[str, Any]:
    """What someone might answer: often fitting, sometimes refused."""
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data |= {"reason": "Relu.", "answer": "Voici.", "resolution": "Fait.", "comment": ""}
    day = at.date() + timedelta(days=chance.choice([-3, 0, 2, 9, 40, 90]))
    data["due_on"] = day.isoformat()
    for name in ("severity", "complexity", "deadline"):
        choices = [key for key, _label in form.fields[name].choices] if name in form.fields else []
        data[name] = chance.choice(choices) if choices else ""
    return data


def step(dossier: Dossier, actor: Actor, chance: Random, at: datetime) -> str:
    """One deed, or one look of the clock."""
    dossier.refresh_from_db()
    open_to_me = [one.key for one in moves_for(dossier, actor, at) if one.key in PRESSED]
    # Not closed in its first weeks, or nothing that counts from the filing would be played.
    young = at < paris("2026-05-15 00:00")
    keys = [key for key in open_to_me if not (young and key == "clore_ici")]
    key = chance.choice([*keys, "scan"])
    if key == "scan":
        assert check_deadlines(at).broken == 0
        assert not Deadline.objects.to_check(at).exists()
        return key
    form = blank_form(dossier, key, actor=actor, at=at)
    try:
        perform(dossier, key, filled(form, chance, at), actor=actor, at=at)
    except InvalidMove:
        return f"{key} refused"
    return key


def agree(dossier: Dossier) -> None:
    """All that must hold whatever was done."""
    dossier.refresh_from_db()
    every = list(dossier.deadlines.select_related("calendar"))
    due = [d.due_on for d in every if d.state == "running" and d.is_duty and d.due_on]
    assert dossier.next_due_on == min(due, default=None)
    assert dossier.event_count == dossier.events.count()
    pending = [d for d in every if d.state in ("running", "paused")]
    assert len({d.key for d in pending}) == len(pending)
    if not dossier.is_open:
        assert not [d.key for d in pending if d.is_duty]
    for deadline in every:
        stands(deadline, pending=deadline in pending)


def stands(deadline: Deadline, *, pending: bool) -> None:
    """One deadline agrees with its own inputs, and the clock looks at it as long as it must."""
    watched = deadline.state == "running" and not deadline.late_at
    assert (deadline.next_check_at is not None) == watched, deadline.key
    if deadline.late_at:
        assert deadline.late_from <= deadline.late_at
    if deadline.limit.extension.times:
        assert counting.extensions(deadline) <= deadline.limit.extension.times
    if not pending:
        return
    before = (deadline.state, deadline.due_on, deadline.late_from, deadline.steps)
    counting.compute(deadline, deadline.limit, deadline.started_at)
    after = (deadline.state, deadline.due_on, deadline.late_from, deadline.steps)
    assert after == before, deadline.key
    assert (deadline.due_on is None) == (deadline.state == "paused")


def there_and_back(dossier: Dossier, at: datetime) -> None:
    """To another grade and back to this one, which undoes itself: every date is what it was."""
    before, grade = pending_of(dossier), dossier.severity
    with transaction.atomic():
        for dossier.severity in ("low" if grade == "high" else "high", grade):
            deadlines.regrade(dossier, EventKind.ASSESSED, at)
        after = pending_of(dossier)
        transaction.set_rollback(True)
    assert after == before


def pending_of(dossier: Dossier) -> dict[str, tuple[Any, ...]]:
    """What a complainant and the clock know of each limit that counts from the filing."""
    return {
        d.key: (d.state, d.due_on, d.late_at, d.inputs["pauses"], d.inputs["moved"], d.sentence)
        for d in dossier.deadlines.pending()
        if d.limit.starts_on == EventKind.RECEIVED
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_people_do_in_whatever_order(world: World, walked: Dossier, seed: int) -> None:
    chance, at = Random(seed), paris("2026-03-30 09:00")  # noqa: S311
    actor, done = world.staff("alice"), []
    for _ in range(75):
        at += timedelta(hours=chance.choice([0, 1, 5, 20, 30, 70]))
        done.append(step(walked, actor, chance, at))
        agree(walked)
        if walked.severity:
            there_and_back(walked, at)
    assert first_broken_event(walked) is None
    assert set(PRESSED) <= set(done)
