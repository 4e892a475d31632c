"""Anyone does anything under the model with a committee, for months: what must hold, holds."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django import forms
from django.contrib.auth import get_user_model

from complaints.handling.actors import Actor
from complaints.handling.clock import check_deadlines
from complaints.handling.moving import InvalidMove, blank_form, moves_for, perform
from complaints.handling.presets import Preset, read_preset
from complaints.models import Dossier, Letter, Recusal
from complaints.models.event import first_broken_event
from complaints.models.organisation import complete_roles
from complaints.workflow import Move
from complaints.workflow.vocabulary import Deed, EventKind
from pages.demonstration.accounts import Person, install_accounts
from tests import factories
from tests.complaints.handling.rules import publish
from tests.complaints.handling.test_walk import agree
from tests.factories import World, paris

SEEDS = (2,)  # seen there: an answer, an appeal, its verdict, closures, recusals, other kinds
START = paris("2026-03-02 09:00")
PEOPLE = (
    Person("paule", "Paule", "president", ""),
    Person("didier", "Didier", "direction", ""),
)
LOGINS = ("diane", "paule", "didier")
NAME = "Dora Lemaire"
EARLY_ENDS = (Deed.WITHDRAW, Deed.DECLARE_INADMISSIBLE, Deed.RECUSE, Deed.RECLASSIFY)
LATE = 60
SEEN = {"repondre", "deposer_recours", "trancher", "clore", "rouvrir", "recuser", "requalifier"}


@pytest.fixture
def walked(world: World) -> Dossier:
    rules = {k: v for k, v in read_preset(Preset.COMMITTEE).items() if k not in ("title", "help")}
    version = publish(world, **rules)
    complete_roles(world.organisation, version.rules.roles)
    install_accounts(world.organisation, PEOPLE)
    return factories.file(world, at=START).dossier


def filled(form: Any, chance: Random, at: datetime) -> dict[str, Any]:
    """What someone might answer: often fitting, sometimes refused."""
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    for name, field in form.fields.items():
        if isinstance(field, forms.DateField):
            near = at.date() + timedelta(days=chance.choice([-3, 0, 0, 9, 40]))
            data[name] = near.isoformat()
        elif isinstance(field, forms.ChoiceField):
            keys = [str(key) for key, _label in field.choices]
            many = isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
            chosen = (
                chance.sample(keys, chance.randint(1, len(keys)))
                if many and keys
                else chance.choice([*keys, ""])
            )
            data[name] = chosen
        elif isinstance(field, forms.CharField) and not data[name]:
            data[name] = "Écrit."
    email = chance.choice(["paul@exemple.example", "dora@exemple.example"])
    return data | {"name": "Paul Martin", "email": email, "facts_on": ""}


def somebody(world: World, chance: Random) -> Actor:
    staff = [world.staff(login) for login in LOGINS]
    return chance.choice([*staff, Actor.complainant()])


def newest(moves: list[Move], done: list[str], chance: Random) -> list[str]:
    """What leads on, or else what was done least; who gives up, or is kept out, late."""
    likely = [move.key for move in moves if move.likely and move.deed != Deed.ASSESS]
    if likely and chance.random() < 0.5:
        return likely[:1]
    keys = [move.key for move in moves if move.deed not in EARLY_ENDS or len(done) > LATE]
    chance.shuffle(keys)
    return sorted(keys, key=done.count)[:3]


def step(world: World, dossier: Dossier, chance: Random, at: datetime, done: list[str]) -> str:
    """One deed, or one look of the clock."""
    dossier.refresh_from_db()
    actor = somebody(world, chance)
    key = chance.choice([*newest(moves_for(dossier, actor, at), done, chance), "scan"])
    if key == "scan":
        assert check_deadlines(at).broken == 0
        return key
    form = blank_form(dossier, key, actor=actor, at=at)
    try:
        perform(dossier, key, filled(form, chance, at), actor=actor, at=at)
    except InvalidMove:
        return f"{key} refused"
    return key


def holds(dossier: Dossier) -> None:
    """Beside the dates: nobody reads what is not theirs, and one end at a time."""
    agree(dossier)
    assert dossier.is_open == (dossier.closed_at is None)
    assert dossier.is_open == (dossier.erase_on is None)
    facts = list(dossier.events.values_list("kind", flat=True))
    assert facts.count(EventKind.APPEAL_FILED) <= 1
    assert facts.count(EventKind.CLOSED) - facts.count(EventKind.REOPENED) == (not dossier.is_open)
    out = get_user_model().objects.filter(pk__in=Recusal.objects.values("person"))
    assert dossier.assigned_to not in out
    for letter in Letter.objects.filter(dossier=dossier, to_complainant=False):
        assert NAME not in letter.subject + letter.body + str(letter.facts)
        assert "/suivi/" not in "".join(letter.notices.values_list("body", flat=True))
        assert not letter.notices.filter(to="dora@exemple.example").exists()


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_people_do_in_whatever_order(world: World, walked: Dossier, seed: int) -> None:
    chance, at, done = Random(seed), START, []  # noqa: S311
    for _ in range(100):
        at += timedelta(hours=chance.choice([0, 1, 5, 20, 30, 70]))
        done.append(step(world, walked, chance, at, done))
        holds(walked)
    assert first_broken_event(walked) is None
    assert set(done) >= SEEN
