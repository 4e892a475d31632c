"""The complainant appeals from their page, in time and once; what the committee keeps stays in."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from complaints.handling.files import keep_file
from complaints.handling.filing import file_dossier
from complaints.handling.moving import perform
from complaints.models import Dossier, Message
from tests.complaints.handling.committee import (
    ANSWERED,
    RECEIVED,
    TOO_LATE,
    file_under_committee,
)
from tests.factories import World, checked_file, paris, play, submission
from tests.pages.conftest import Visitor, fields, photo, words

EVENING = paris("2026-04-16 23:45")


@pytest.fixture
def answered(world: World, visitor: Visitor) -> Iterator[Dossier]:
    """The visitor's dossier, answered; they open it on the last evening."""
    file_under_committee(world)
    filed = file_dossier(submission(world), at=RECEIVED)
    decision = ("decider", {"outcome": "unfavourable", "decision": "Rien n’était dû."})
    response = ("repondre", {"resolution": "Aucune."})
    dossier = play(world, filed.dossier, decision, response, at=ANSWERED)
    with time_machine.travel(EVENING, tick=False):
        visitor.follow(dossier, filed.code)
        yield dossier


def page(dossier: Dossier) -> str:
    return f"/suivi/{dossier.reference}/"


def appeal(visitor: Visitor, dossier: Dossier, **data: Any) -> Any:
    seen = fields(visitor.get(page(dossier)), "seen")[0]
    return visitor.post(f"{page(dossier)}action/deposer/", {"seen": seen, **data})


def test_an_appeal_is_filed_with_its_documents_and_the_way_is_gone(
    visitor: Visitor, answered: Dossier
) -> None:
    text = words(visitor.get(page(answered)))
    assert "C’est possible jusqu’au 16 avril 2026." in text
    response = appeal(visitor, answered, reason="La pièce 3 n’a pas été lue.", files=[photo()])
    shown = words(visitor.get(response["Location"]))
    assert "Votre recours est arrivé." in shown
    assert "La pièce 3 n’a pas été lue." in shown
    assert "salle.png" in shown
    assert f"{page(answered)}action/deposer/" not in visitor.get(page(answered)).content.decode()
    answered.refresh_from_db()
    assert answered.phase == "appeal"


def test_an_appeal_without_its_reason_keeps_the_document(
    visitor: Visitor, answered: Dossier
) -> None:
    response = appeal(visitor, answered, reason="", files=[photo()])
    assert response.status_code == 422
    assert "salle.png" in words(response)
    answered.refresh_from_db()
    assert answered.phase == "answered"


def test_at_midnight_it_is_too_late_and_what_was_typed_is_given_back(
    visitor: Visitor, answered: Dossier
) -> None:
    seen = fields(visitor.get(page(answered)), "seen")[0]
    with time_machine.travel(TOO_LATE, tick=False):
        response = visitor.post(
            f"{page(answered)}action/deposer/", {"seen": seen, "reason": "Un long recours."}
        )
    assert response.status_code == 409
    assert "Un long recours." in words(response)


def test_minutes_and_recusals_are_nowhere_on_the_page(
    world: World, visitor: Visitor, answered: Dossier
) -> None:
    diane = world.staff("diane")
    sat = {"body": "comite", "held_on": "2026-04-15", "members": "Mme Lys", "decision": "Secret."}
    perform(answered, "verser", sat, actor=diane, at=EVENING)
    note = Message.objects.get(direction="internal")
    keep_file(answered, checked_file("pv.txt"), EVENING, message=note)
    data = {"people": [world.user("alice").pk], "reason": "Proche des faits."}
    perform(answered, "ecarter", data, actor=diane, at=EVENING)
    shown = words(visitor.get(page(answered)))
    assert "Nous vous avons répondu" in shown
    for secret in ("Mme Lys", "Secret.", "pv.txt", "Proche des faits", "Alice", "écartée"):
        assert secret not in shown
