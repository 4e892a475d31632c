"""Closing, withdrawing, reopening; the day the personal data must be gone (CS-25)."""

from datetime import date, datetime
from typing import Any

import pytest

from complaints.handling.actors import Actor
from complaints.handling.closure import erase_on
from complaints.handling.moving import InvalidMove, perform
from complaints.models import Dossier
from complaints.workflow import MoveRefused
from complaints.workflow.vocabulary import RetentionStart
from tests import factories
from tests.complaints.handling.conftest import FILED_AT
from tests.complaints.handling.rules import publish
from tests.factories import paris


def test_closing_notes_where_the_proofs_are_and_tells_the_complainant(closed: Dossier) -> None:
    assert (closed.stage, closed.phase, closed.is_open) == ("dossier", "closed", False)
    assert (closed.closed_at, closed.evidence_location) == (FILED_AT, "Dossier électronique")
    assert closed.letters.get(template="cloture").notices.count() == 1
    assert closed.events.filter(kind="closed").count() == 1


def test_closing_says_where_the_proofs_are(world: Any, answered: Dossier) -> None:
    with pytest.raises(InvalidMove, match="evidence_location"):
        factories.play(world, answered, ("clore", {"evidence_location": ""}), at=FILED_AT)


@pytest.mark.parametrize(
    ("closed_at", "erased_on"),
    [
        ("2026-03-30 09:00", date(2033, 3, 30)),
        ("2028-02-29 09:00", date(2035, 2, 28)),
        ("2025-02-28 09:00", date(2032, 2, 28)),
        ("2026-12-31 23:59", date(2033, 12, 31)),
        ("2027-01-01 00:01", date(2034, 1, 1)),
    ],
)
def test_a_dossier_is_kept_seven_years_to_the_day(
    world: Any, answered: Dossier, closed_at: str, erased_on: date
) -> None:
    closing = ("clore", {"evidence_location": "Armoire"})
    assert factories.play(world, answered, closing, at=paris(closed_at)).erase_on == erased_on


@pytest.mark.parametrize(
    ("starts_on", "ended_on", "erased_on"),
    [
        (RetentionStart.CLOSURE, date(2027, 6, 30), date(2033, 3, 30)),
        (RetentionStart.END_OF_RELATION, date(2027, 6, 30), date(2034, 6, 30)),
        (RetentionStart.END_OF_RELATION, None, None),
        (RetentionStart.EARLIEST, date(2027, 6, 30), date(2033, 3, 30)),
        (RetentionStart.EARLIEST, None, date(2033, 3, 30)),
        (RetentionStart.LATEST, date(2027, 6, 30), date(2034, 6, 30)),
        (RetentionStart.LATEST, None, date(2033, 3, 30)),
    ],
)
def test_the_retention_counts_from_what_the_procedure_says(
    world: Any, starts_on: str, ended_on: date | None, erased_on: date | None
) -> None:
    publish(world, retention={"amount": 7, "unit": "ans", "starts_on": starts_on})
    dossier = factories.file(world, at=FILED_AT).dossier
    dossier.closed_at, dossier.relation_ended_on = FILED_AT, ended_on
    assert erase_on(dossier) == erased_on


def test_without_a_retention_nothing_is_ever_erased(world: Any) -> None:
    publish(world, retention=None)
    dossier = factories.file(world, at=FILED_AT).dossier
    assert factories.play(world, dossier, "noter_retrait", at=FILED_AT).erase_on is None


def test_the_complainant_may_give_up(dossier: Dossier) -> None:
    given_up = perform(
        dossier,
        "retirer",
        {"reason": "Réglé de vive voix."},
        actor=Actor.complainant(),
        at=FILED_AT,
    )
    assert (given_up.phase, given_up.closed_at) == ("closed", FILED_AT)
    assert given_up.erase_on == date(2033, 3, 30)
    kinds = [event.kind for event in given_up.events.order_by("number")]
    assert kinds == ["received", "withdrawn", "closed"]


REOPENED_AT = paris("2026-06-01 09:00")
REOPENING = ("rouvrir", {"reason": "Un fait nouveau."})


def reopen(world: Any, dossier: Dossier, at: datetime = REOPENED_AT) -> Dossier:
    return factories.play(world, dossier, REOPENING, at=at, login="diane")


def test_reopening_forgets_the_day_of_erasure_and_says_why(world: Any, closed: Dossier) -> None:
    again = reopen(world, closed)
    assert (again.stage, again.is_open) == ("evaluation", True)
    assert (again.closed_at, again.erase_on) == (None, None)
    assert again.events.get(kind="reopened").personal == {"reason": "Un fait nouveau."}


def test_reopening_is_the_directions_decision(world: Any, closed: Dossier) -> None:
    with pytest.raises(MoveRefused, match="votre rôle"):
        factories.play(world, closed, REOPENING, at=REOPENED_AT)


def test_the_retention_counts_from_the_last_closure(world: Any, closed: Dossier) -> None:
    again = factories.play(world, reopen(world, closed), *factories.WHOLE_LIFE[3:7], at=REOPENED_AT)
    last = factories.play(world, again, *factories.WHOLE_LIFE[7:], at=paris("2026-07-01 09:00"))
    assert last.erase_on == date(2033, 7, 1)
    assert last.events.filter(kind="closed").count() == 2
    assert last.response_number == "REP-2026-0002"
