"""Responding: a numbered letter with the decision and every measure (CS-15, CS-19)."""

from functools import partial
from typing import Any

import pytest

from complaints.handling.moving import blank_form, perform
from complaints.models import Dossier, Letter
from tests import factories
from tests.complaints.handling import committee
from tests.complaints.handling.composed import letter
from tests.complaints.handling.conftest import FILED_AT
from tests.complaints.handling.rules import publish
from tests.complaints.handling.together import at_once


def test_the_response_has_its_own_number_and_the_register_keeps_it(answered: Dossier) -> None:
    assert (answered.response_number, answered.responded_at) == ("REP-2026-0001", FILED_AT)
    assert (answered.resolution, answered.stage) == ("Attestation envoyée.", "prevention")
    letter = answered.letters.get(number="REP-2026-0001")
    event = answered.events.get(kind="response_sent")
    assert event.data == {"outcome": "favourable", "number": letter.number, "letter": letter.pk}


def test_the_proposed_response_tells_the_decision_and_every_measure(
    world: Any, decided: Dossier
) -> None:
    plan = [
        ("prevoir_mesure", {"nature": "corrective", "description": f"Mesure n° {n}."})
        for n in (1, 2)
    ]
    ready = factories.play(world, decided, *plan, ("preparer_reponse", {}), at=FILED_AT)
    proposed = blank_form(ready, "repondre", actor=world.staff("alice"), at=FILED_AT).initial
    for told in ("L’attestation était due.", "Mesure n° 1.", "Mesure n° 2.", "R-2026-0001"):
        assert told in proposed["body"]


def test_the_response_tells_the_last_day_that_it_starts_itself(world: Any) -> None:
    """IH-27: the day by which to appeal, and no longer the day by which to answer."""
    rules = committee.RULES
    letters = [one for one in rules["letters"] if one["key"] != "reponse"]
    told = letter("reponse", "Notre réponse.\n{echeances}")
    publish(world, **rules | {"letters": [*letters, told]})
    filed = factories.file(world, at=committee.RECEIVED).dossier
    decided = ("decider", {"outcome": "unfavourable", "decision": "Rien n’était dû."})
    ready = factories.play(world, filed, decided, at=committee.RECEIVED)
    alice = world.staff("alice")
    form = blank_form(ready, "repondre", actor=alice, at=committee.RECEIVED)
    assert form.initial["body"] == "Notre réponse.\n{echeances}"
    answer = ("repondre", {"resolution": "Aucune."})
    done = factories.play(world, ready, answer, at=committee.ANSWERED)
    body = done.letters.get(template="reponse").body
    silence = done.deadlines.get(key="silence")
    assert str(silence.due_on) == "2026-04-16"
    assert body == f"Notre réponse.\n– {silence.sentence}"


def test_a_response_that_closes_tells_of_no_duty(world: Any) -> None:
    rules = committee.RULES
    letters = [one for one in rules["letters"] if one["key"] != "reponse"]
    moves = [m | {"to": "clos"} if m["key"] == "repondre" else m for m in rules["moves"]]
    told = letter("reponse", "Notre réponse.\n{echeances}")
    publish(world, checked=False, **rules | {"letters": [*letters, told], "moves": moves})
    filed = factories.file(world, at=committee.RECEIVED).dossier
    answer = ("repondre", {"resolution": "Aucune."})
    done = factories.play(world, filed, answer, at=committee.ANSWERED)
    assert done.letters.get(template="reponse").body.strip() == "Notre réponse."
    assert not done.deadlines.pending().exists()


def test_responses_and_other_letters_are_numbered_apart(answered: Dossier) -> None:
    numbers = set(answered.letters.values_list("number", flat=True))
    assert numbers == {f"RECU-{answered.reference}", "C-2026-0001", "REP-2026-0001"}


def test_what_was_due_is_answered(answered: Dossier) -> None:
    met = answered.events.get(kind="response_sent")
    assert {d.met_by for d in answered.deadlines.filter(key__startswith="reponse")} == {met}


@pytest.mark.django_db(transaction=True)
def test_responses_written_at_once_are_numbered_without_gap_or_double(world: Any) -> None:
    ready = [
        factories.play(
            world,
            factories.file(world, at=FILED_AT).dossier,
            *factories.WHOLE_LIFE[:6],
            at=FILED_AT,
        )
        for _ in range(4)
    ]
    alice = world.staff("alice")
    data = {"subject": "Réponse", "body": "Voici.", "resolution": "Réglé."}
    at_once([partial(perform, d, "repondre", data, actor=alice, at=FILED_AT) for d in ready])
    numbers = Letter.objects.filter(number__startswith="REP").values_list("number", flat=True)
    assert sorted(numbers) == [f"REP-2026-000{n}" for n in (1, 2, 3, 4)]
