"""A move is made once, by someone who may, on the dossier they were looking at."""

from typing import Any

import pytest

from complaints.handling.actors import Actor
from complaints.handling.moving import DEEDS, InvalidMove, blank_form, moves_for, perform
from complaints.models import Dossier, Event, Letter, Notice
from complaints.workflow import MoveRefused
from complaints.workflow.vocabulary import Deed
from tests import factories
from tests.complaints.handling.conftest import FILED_AT
from tests.complaints.handling.together import at_once

LETTER = {"subject": "Objet", "body": "Texte"}


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Event, Letter, Notice))


def keys(moves: list[Any]) -> list[str]:
    return [move.key for move in moves]


def test_every_deed_of_a_procedure_is_code() -> None:
    assert set(DEEDS) == set(Deed)


def test_each_person_sees_the_moves_open_to_their_roles(world: Any, dossier: Dossier) -> None:
    of_alice = keys(moves_for(dossier, world.staff("alice"), FILED_AT))
    assert of_alice[:2] == ["accuser", "inscrire"]
    assert set(of_alice[2:]) == {
        "demander_complement",
        "hors_reclamation",
        "noter_contact",
        "noter_retrait",
        "rapprocher",
    }
    assert keys(moves_for(dossier, Actor.complainant(), FILED_AT)) == ["retirer"]
    assert keys(moves_for(dossier, Actor.clock(), FILED_AT)) == []
    assert keys(moves_for(dossier, world.staff("bob"), FILED_AT)) == []


def test_a_blank_form_proposes_and_writes_nothing(world: Any, dossier: Dossier) -> None:
    before = rows()
    form = blank_form(dossier, "accuser", actor=world.staff("alice"), at=FILED_AT)
    assert dossier.reference in form.initial["subject"] + form.initial["body"]
    assert rows() == before


@pytest.mark.parametrize(
    ("login", "move", "reason"),
    [
        ("bob", "accuser", "n’est pas ouvert à votre rôle"),
        ("alice", "decider", "n’est plus possible : le dossier est à l’étape « Recueil »"),
        ("alice", "inventer", "n’existe pas"),
        ("alice", "enregistrer_complement", "n’est plus possible"),
    ],
)
def test_a_move_that_is_not_open_is_refused_and_changes_nothing(
    world: Any, dossier: Dossier, login: str, move: str, reason: str
) -> None:
    before = rows()
    with pytest.raises(MoveRefused, match=reason):
        perform(dossier, move, LETTER, actor=world.staff(login), at=FILED_AT)
    assert rows() == before


def test_a_person_of_another_organisation_may_do_nothing(
    dossier: Dossier, other_world: Any
) -> None:
    charlie = other_world.staff("charlie")
    assert moves_for(dossier, charlie, FILED_AT) == []
    with pytest.raises(MoveRefused):
        perform(dossier, "accuser", LETTER, actor=charlie, at=FILED_AT)


def test_a_move_on_a_dossier_that_has_changed_since_is_refused(
    world: Any, dossier: Dossier
) -> None:
    alice = world.staff("alice")
    seen = dossier.event_count
    perform(dossier, "accuser", LETTER, actor=alice, at=FILED_AT, seen=seen)
    with pytest.raises(MoveRefused, match="a changé depuis"):
        perform(dossier, "accuser", LETTER, actor=alice, at=FILED_AT, seen=seen)
    assert dossier.letters.exclude(document="receipt").count() == 1


def test_what_is_missing_is_said_and_what_was_typed_is_kept(world: Any, dossier: Dossier) -> None:
    before = rows()
    with pytest.raises(InvalidMove) as refused:
        perform(
            dossier,
            "accuser",
            {"subject": "Déjà tapé", "body": ""},
            actor=world.staff("alice"),
            at=FILED_AT,
        )
    form = refused.value.form
    assert list(form.errors) == ["body"]
    assert form["subject"].value() == "Déjà tapé"
    assert rows() == before
    dossier.refresh_from_db()
    assert dossier.stage == "recueil"


def test_a_deed_that_fails_half_way_leaves_nothing(
    world: Any, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("panne")

    monkeypatch.setattr(Event, "append", fail)
    with pytest.raises(RuntimeError):
        perform(dossier, "demander_complement", LETTER, actor=world.staff("alice"), at=FILED_AT)
    assert rows() == before
    dossier.refresh_from_db()
    assert dossier.stage == "recueil"


def test_the_journal_says_who_and_when(world: Any, dossier: Dossier) -> None:
    perform(dossier, "accuser", LETTER, actor=world.staff("alice"), at=FILED_AT)
    event = dossier.events.get(kind="acknowledged")
    assert (event.actor_label, event.actor, event.at) == ("Alice", world.user("alice"), FILED_AT)


@pytest.mark.django_db(transaction=True)
def test_two_moderators_who_decide_at_once_decide_once(world: Any) -> None:
    dossier = factories.file(world, at=FILED_AT).dossier
    alice, diane = world.staff("alice"), world.staff("diane")
    seen = dossier.event_count
    results = at_once(
        [
            lambda who=who: perform(
                dossier, "demander_complement", LETTER, actor=who, at=FILED_AT, seen=seen
            )
            for who in (alice, diane)
        ]
    )
    assert sorted(type(result).__name__ for result in results) == ["Dossier", "MoveRefused"]
    assert dossier.events.filter(kind="information_requested").count() == 1
