"""One appeal, in its time, with its own documents; decided anew, the first decision kept."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from complaints.handling.actors import Actor
from complaints.handling.clock import check_deadlines
from complaints.handling.moving import InvalidMove, blank_form, moves_for, perform
from complaints.models import Dossier, Notice
from complaints.models.event import first_broken_event
from complaints.workflow import MoveRefused
from tests.complaints.handling.committee import (
    ANSWERED,
    IN_TIME,
    RECEIVED,
    RULES,
    TOO_LATE,
    answered,
    appealed,
    file_under_committee,
)
from tests.complaints.handling.composed import letter
from tests.complaints.handling.rules import limit
from tests.factories import World, paris, play

COMPLAINANT = Actor.complainant()


def keys(dossier: Dossier, actor: Actor, at: Any) -> list[str]:
    return [move.key for move in moves_for(dossier, actor, at)]


def appeal(dossier: Dossier, at: Any = IN_TIME, **data: Any) -> Dossier:
    """The complainant's own."""
    return perform(
        dossier, "deposer", {"reason": "La pièce 3 n’a pas été lue."} | data,
        actor=COMPLAINANT, at=at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "shown"), [(ANSWERED, ["deposer"]), (IN_TIME, ["deposer"]), (TOO_LATE, [])]
)
def test_the_way_is_open_to_the_last_instant_of_its_last_day(
    world: World, at: Any, shown: list[str]
) -> None:
    """Whether the clock has looked at it or not."""
    assert keys(answered(world), COMPLAINANT, at) == shown


def test_too_late_is_refused_with_the_day(world: World) -> None:
    dossier = answered(world)
    said = "Le délai pour «\u00a0Deposer\u00a0» est passé depuis le 16/04/2026."
    with pytest.raises(MoveRefused, match=said):
        appeal(dossier, TOO_LATE)
    assert "enregistrer" in keys(dossier, world.staff("alice"), TOO_LATE)


def test_an_appeal_keeps_its_text_and_documents_tells_the_team_and_is_confirmed(
    world: World,
) -> None:
    dossier = answered(world)
    Notice.objects.all().delete()
    files = {"files": [SimpleUploadedFile("piece.txt", b"La preuve.")]}
    done = perform(
        dossier, "deposer", {"reason": "Voir ma pièce."},
        actor=COMPLAINANT, at=IN_TIME, files=MultiValueDict(files),
    )  # fmt: skip
    message = done.messages.get()
    assert (done.phase, message.direction, message.body) == ("appeal", "received", "Voir ma pièce.")
    event = done.events.get(kind="appeal_filed")
    assert event.data == {
        "files": [message.attachments.get().sha256],
        "letter": done.letters.get(template="confirmation").number,
    }
    assert done.letters.get(template="confirmation").body.startswith("Bonjour Dora Lemaire")
    told = set(Notice.objects.filter(letter=None).values_list("to", flat=True))
    assert {to.split("@")[0] for to in told} == {"alice", "diane", "paule"}


def test_the_complainant_writes_no_letter_and_staff_edit_theirs(world: World) -> None:
    dossier = answered(world)
    theirs = blank_form(dossier, "deposer", actor=COMPLAINANT, at=IN_TIME)
    ours = blank_form(dossier, "enregistrer", actor=world.staff("alice"), at=IN_TIME)
    assert list(theirs.fields) == ["reason", "files"]
    assert list(ours.fields) == ["reason", "files", "subject", "body"]


def test_an_appeal_stops_the_silence_and_starts_the_committee_s_month(world: World) -> None:
    dossier = appealed(world)
    states = {d.key: (d.state, str(d.due_on)) for d in dossier.deadlines.all()}
    assert states["silence"] == ("met", "2026-04-16")
    assert states["recours"] == ("running", "2026-05-16")
    check_deadlines(TOO_LATE)
    dossier.refresh_from_db()
    assert (dossier.phase, str(dossier.next_due_on)) == ("appeal", "2026-05-16")


def test_there_is_only_one(world: World) -> None:
    """Even where a stage leads back to it (IH-29)."""
    verdict = ("trancher", {"outcome": "partial", "decision": "En partie."})
    dossier = play(world, appealed(world), verdict, at=paris("2026-04-20 09:00"))
    alice, at = world.staff("alice"), paris("2026-04-21 09:00")
    assert "enregistrer" not in keys(dossier, alice, at)
    with pytest.raises(MoveRefused, match="Un recours a déjà été déposé"):
        perform(dossier, "enregistrer", {"reason": "Encore."}, actor=alice, at=at)


def test_its_extension_says_what_it_is(world: World) -> None:
    dossier = appealed(world)
    data = {"due_on": "2026-06-01", "reason": "le Comité ne se réunit qu’en juin."}
    dossier = play(world, dossier, ("proroger", data), at=paris("2026-05-04 09:00"))
    assert dossier.events.filter(kind="appeal_extended").count() == 1
    assert str(dossier.next_due_on) == "2026-06-01"


def test_the_decision_is_another_and_the_first_one_stays_in_the_journal(world: World) -> None:
    verdict = ("trancher", {"outcome": "favourable", "decision": "La pièce 3 suffit."})
    dossier = play(world, appealed(world), verdict, at=paris("2026-04-20 09:00"), login="paule")
    assert (dossier.outcome, dossier.decision) == ("favourable", "La pièce 3 suffit.")
    first = dossier.events.get(kind="decided")
    assert (first.data["outcome"], first.personal["decision"]) == (
        "unfavourable",
        "Rien n’était dû.",
    )
    second = dossier.events.get(kind="appeal_decided")
    assert second.data == {"outcome": "favourable", "number": "REP-2026-0002"}
    letter = dossier.letters.get(number="REP-2026-0002")
    assert letter.subject == f"Recours {dossier.reference} : favorable"
    assert letter.body == "Décision favorable : La pièce 3 suffit."
    assert dossier.response_number == "REP-2026-0001"
    assert dossier.deadlines.get(key="recours").state == "met"


def test_a_decision_has_reasons(world: World) -> None:
    dossier = appealed(world)
    with pytest.raises(InvalidMove) as refused:
        perform(dossier, "trancher", {"outcome": "partial"}, actor=world.staff("alice"), at=IN_TIME)
    assert "decision" in refused.value.form.errors


def test_before_the_response_there_is_nothing_to_appeal(world: World) -> None:
    assert keys(file_under_committee(world), COMPLAINANT, RECEIVED) == []


def test_an_appeal_opens_a_closed_dossier_again_and_its_next_closure_counts(world: World) -> None:
    """The retention is that of the last closure, which the journal tells as it did the first."""
    parts = deepcopy(RULES)
    moves = [
        {**one, "sources": ["repondu", "clos"], "within": "droit"}
        if one["deed"] == "file_appeal"
        else one
        for one in parts["moves"]
    ]
    right = limit(60, key="droit", starts_on="response_sent", met_by=[], on_expiry="lapse")
    dossier = answered(world, moves=moves, time_limits=[*parts["time_limits"], right])
    check_deadlines(TOO_LATE)
    again = appeal(dossier, paris("2026-04-20 09:00"))
    assert (again.is_open, again.closed_at, again.erase_on) == (True, None, None)
    verdict = ("trancher", {"outcome": "favourable", "decision": "Oui."})
    closing = ("clore", {"evidence_location": "Dossier électronique"})
    closed = play(world, again, verdict, closing, at=paris("2026-05-04 09:00"))
    assert (closed.closed_at, str(closed.erase_on)) == (paris("2026-05-04 09:00"), "2033-05-04")
    kinds = list(closed.events.order_by("number").values_list("kind", flat=True))
    assert kinds[4:] == ["closed", "appeal_filed", "reopened", "appeal_decided", "closed"]
    assert first_broken_event(closed) is None


def test_its_letters_tell_the_dates_as_each_deed_leaves_them(world: World) -> None:
    """Not the silence that the appeal ends, nor the day that the extension replaces."""
    letters = [
        letter(one["key"], one["body"] + " Dates : {echeances}", one["subject"])
        for one in RULES["letters"]
    ]
    dossier = appeal(answered(world, letters=letters))
    later = ("proroger", {"due_on": "2026-06-01", "reason": "juin."})
    dossier = play(world, dossier, later, at=paris("2026-05-04 09:00"))
    verdict = ("trancher", {"outcome": "partial", "decision": "En partie."})
    dossier = play(world, dossier, verdict, at=paris("2026-05-05 09:00"))
    said = {one.template: one.body.split(" Dates : ")[-1] for one in dossier.letters.all()}
    start = "– Décision sur le recours au plus tard le"
    assert said["confirmation"].startswith(f"{start} samedi 16 mai 2026")
    assert said["prorogation"].startswith(f"{start} lundi 1er juin 2026")
    assert said["verdict"] == ""
