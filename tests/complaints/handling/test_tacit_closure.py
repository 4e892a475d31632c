"""Silence closes a dossier by itself: it is the complainant's time, never a duty that is late."""

from datetime import UTC, timedelta

import pytest

from complaints.handling.actors import Actor
from complaints.handling.clock import check_deadlines
from complaints.handling.moving import moves_for
from complaints.models import Notice
from complaints.register import queue
from complaints.register.agenda import Part, agendas_at
from tests.complaints.handling.committee import (
    RULES,
    TOO_LATE,
    answered,
    appealed,
    file_under_committee,
)
from tests.complaints.handling.composed import letter
from tests.factories import World, paris, play

COMPLAINANT = Actor.complainant()
MEASURE = ("prevoir", {"nature": "corrective", "description": "Relire les pièces."})


def test_an_answered_dossier_waits_for_nobody_of_the_organisation(world: World) -> None:
    dossier = answered(world)
    silence = dossier.deadlines.get(key="silence")
    assert (silence.is_duty, silence.state, str(silence.due_on)) == (False, "running", "2026-04-16")
    assert dossier.next_due_on is None
    late = queue.in_situation(type(dossier).objects, "late", None, TOO_LATE.date())
    assert list(late) == []


def test_it_is_warned_of_then_closes_and_is_late_for_nobody(world: World) -> None:
    dossier = answered(world)
    assert check_deadlines(paris("2026-04-14 00:05"))["warned"] == 1
    assert check_deadlines(TOO_LATE) == {"ended": 1}
    dossier.refresh_from_db()
    assert (dossier.stage, dossier.closed_at) == ("clos", TOO_LATE)
    facts = list(dossier.events.order_by("number").values_list("kind", flat=True))[-3:]
    assert facts == ["deadline_warned", "deadline_lapsed", "closed"]
    assert dossier.deadlines.get(key="silence").late_at is None


@pytest.mark.parametrize(
    ("morning", "parts"),
    [
        ("2026-04-08 07:00", []),
        ("2026-04-09 07:00", [Part.WEEK]),
        ("2026-04-16 07:00", [Part.TODAY]),
        ("2026-04-17 07:00", []),
    ],
)
def test_a_morning_mail_announces_it_and_never_calls_it_late(
    world: World, morning: str, parts: list[Part]
) -> None:
    """Even when the clock has not come yet that night."""
    answered(world)
    found = {
        a.email: [line.part for line in a.sections[0].lines] for a in agendas_at(paris(morning))
    }
    assert found == ({"alice@connectsens.example": parts} if parts else {})


def test_an_appeal_in_time_leaves_nothing_to_close(world: World) -> None:
    dossier = appealed(world)
    check_deadlines(TOO_LATE + timedelta(days=10))
    dossier.refresh_from_db()
    assert dossier.is_open


def test_what_was_promised_is_still_done_after_the_closure(world: World) -> None:
    """Closed to the complainant, the measures stay open (IH-A14)."""
    dossier = file_under_committee(world)
    dossier = play(world, dossier, MEASURE, at=paris("2026-03-31 09:00"))
    decision = ("decider", {"outcome": "partial", "decision": "En partie."})
    dossier = play(
        world, dossier, decision, ("repondre", {"resolution": "Mesure prévue."}),
        at=paris("2026-04-01 09:00"),
    )  # fmt: skip
    check_deadlines(TOO_LATE)
    dossier.refresh_from_db()
    at, alice = paris("2026-05-04 09:00"), world.staff("alice")
    assert [move.key for move in moves_for(dossier, alice, at)] == ["realiser"]
    erase_on, written = dossier.erase_on, Notice.objects.count()
    done = ("realiser", {"measure": dossier.measures.get().pk, "effect": ""})
    dossier = play(world, dossier, done, at=at)
    assert str(dossier.measures.get().done_on) == "2026-05-04"
    assert (dossier.stage, dossier.erase_on, dossier.closed_at) == ("clos", erase_on, TOO_LATE)
    assert Notice.objects.count() == written


def test_what_a_person_closes_leaves_no_silence_behind(world: World) -> None:
    verdict = ("trancher", {"outcome": "favourable", "decision": "Oui."})
    close = ("clore", {"evidence_location": "Dossier électronique"})
    closed = play(world, appealed(world), verdict, close, at=paris("2026-05-04 09:00"))
    assert not closed.deadlines.pending().exists()


def test_a_second_response_gives_as_long_as_the_first_did(world: World) -> None:
    """And its letter says so; the first silence closes nothing any more."""
    moves = [
        {**one, "sources": ["recu", "repondu"]} if one["key"] == "repondre" else one
        for one in RULES["moves"]
    ]
    told = letter("reponse", "Notre réponse. {echeances}")
    letters = [one if one["key"] != "reponse" else told for one in RULES["letters"]]
    dossier = answered(world, moves=moves, letters=letters)
    again = ("repondre", {"resolution": "Corrigée."})
    dossier = play(world, dossier, again, at=paris("2026-04-10 09:00"))
    silences = dossier.deadlines.filter(key="silence").values_list("state", "due_on")
    assert [(state, str(day)) for state, day in silences.order_by("pk")] == [
        ("replaced", "2026-04-16"),
        ("running", "2026-04-25"),
    ]
    said = dossier.letters.get(number="REP-2026-0002").body
    assert ("25 avril 2026" in said, "16 avril 2026" in said) == (True, False)
    check_deadlines(paris("2026-04-26 00:00") - timedelta(seconds=1))
    dossier.refresh_from_db()
    assert dossier.is_open
    check_deadlines(paris("2026-04-26 00:00"))
    dossier.refresh_from_db()
    assert not dossier.is_open


@pytest.mark.parametrize(
    ("answered_at", "midnight"),
    [("2026-10-10 09:00", "2026-10-26 00:00"), ("2027-03-13 09:00", "2027-03-29 00:00")],
    ids=["25 hours long", "23 hours long"],
)
def test_the_last_day_may_be_the_one_when_the_clocks_change(
    world: World, answered_at: str, midnight: str
) -> None:
    """Open to its last instant in Paris, whatever its length."""
    dossier = file_under_committee(world)
    decision = ("decider", {"outcome": "partial", "decision": "En partie."})
    response = ("repondre", {"resolution": "Rien."})
    dossier = play(world, dossier, decision, response, at=paris(answered_at))
    over = paris(midnight)
    last = (over.astimezone(UTC) - timedelta(seconds=1)).astimezone(over.tzinfo)
    assert "deposer" in [move.key for move in moves_for(dossier, COMPLAINANT, last)]
    assert moves_for(dossier, COMPLAINANT, over) == []
    check_deadlines(last)
    dossier.refresh_from_db()
    assert dossier.is_open
    check_deadlines(over)
    dossier.refresh_from_db()
    assert (dossier.is_open, dossier.closed_at) == (False, over)
