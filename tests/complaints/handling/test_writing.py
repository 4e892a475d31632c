"""A writing after a call: the same dossier, the call’s day kept, the clocks from the writing."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from complaints.handling import moving
from complaints.handling.actors import Actor
from complaints.handling.deadlines import recount, regrade
from complaints.handling.filing import file_dossier
from complaints.handling.moving import InvalidMove, MoveRefused, moves_for, perform
from complaints.handling.writing import COME, JOINED
from complaints.models import Dossier, Message
from complaints.models.event import first_broken_event
from complaints.workflow.vocabulary import WRITTEN, Channel, EventKind
from tests import factories
from tests.complaints.handling.rules import limit, publish, with_item
from tests.factories import World, paris

CALLED = paris("2026-04-01 15:00")
TYPED = paris("2026-04-10 11:00")
WAITS = {"when": {"channel": sorted(WRITTEN)}}
LETTER = {"channel": "post", "on": "2026-04-08", "hour": "", "writing": "Je vous écris."}
LIMITS = [
    limit(5, "jours_ouvres", key="accuse", met_by=["acknowledged"], **WAITS),
    limit(10, key="depuis_appel", label="Rappeler"),
    limit(10, key="grave", when={"severity": ["high"]} | WAITS["when"]),
    limit(2, "mois", key="mediation", on_expiry="open_window", met_by=[], from_first_writing=True),
]  # fmt: skip
WRITE = {
    "key": "ecrit",
    "label": "Enregistrer l’écrit",
    "deed": "receive_writing",
    "sources": ["recueil"],
    "to": "evaluation",
    "roles": ["moderator", "complainant"],
}


def told(world: World, at: datetime = CALLED, **changes: Any) -> Dossier:
    """What dora said on the telephone, under rules of which some limits wait for a writing."""
    levels = [{"key": "high", "label": "Forte"}, {"key": "low", "label": "Faible"}]
    assess = {"key": "evaluer_ici", "label": "Évaluer", "deed": "assess", "to": ""}
    moves = with_item(world, "moves", **WRITE)
    moves += [assess | {"sources": ["recueil", "evaluation"], "roles": ["moderator"]}]
    publish(world, time_limits=LIMITS, moves=moves, severities=levels)
    sent = factories.submission(world, deja=False, deja_le=None, deja_par=None)
    said = replace(sent, channel=Channel.PHONE, entered_by=world.user("alice"), **changes)
    return file_dossier(said, at=at).dossier


def write(world: World, dossier: Dossier, at: datetime = TYPED, **data: Any) -> Dossier:
    """Alice enters what came."""
    return perform(dossier, "ecrit", LETTER | data, actor=world.staff("alice"), at=at)


def due(dossier: Dossier) -> dict[str, date]:
    return {line.key: line.due_on for line in dossier.deadlines.pending()}


def test_a_call_starts_what_waits_for_nothing(world: World) -> None:
    assert due(told(world)) == {
        "depuis_appel": date(2026, 4, 11),
        "mediation": date(2026, 6, 1),
    }


def test_the_writing_starts_what_waited_for_it_from_the_day_it_came(world: World) -> None:
    dossier = write(world, told(world))
    assert (dossier.received_at, dossier.completed_at) == (paris("2026-04-08 12:00"),) * 2
    assert (dossier.channel, dossier.stage) == ("post", "evaluation")
    # A Wednesday, then a week-end; the duty to call back is not put off, the right is whole.
    assert due(dossier) == {
        "accuse": date(2026, 4, 15),
        "depuis_appel": date(2026, 4, 11),
        "mediation": date(2026, 6, 8),
    }
    assert first_broken_event(dossier) is None


def test_the_day_of_the_call_is_kept(world: World) -> None:
    dossier = write(world, told(world))
    assert (dossier.expressed_on, dossier.first_channel) == (date(2026, 4, 1), "phone")
    first, writing = dossier.events.filter(kind=EventKind.RECEIVED)
    assert (first.at, first.data["channel"]) == (CALLED, "phone")
    assert (writing.at, writing.data["channel"], writing.data["writing"]) == (TYPED, "post", True)
    assert writing.data["received_at"] == "2026-04-08T12:00:00+02:00"
    assert "Je vous écris." not in str(writing.data)
    assert writing.personal == {"text": "Je vous écris."}


def test_the_day_of_the_call_is_that_of_the_organisation(world: World) -> None:
    """Nine in the evening in Fort-de-France is the next day in Paris."""
    world.organisation.time_zone = "America/Martinique"
    world.organisation.save()
    dossier = told(world, at=paris("2026-04-02 03:00"))
    assert write(world, dossier).expressed_on == date(2026, 4, 1)


def test_a_letter_does_not_open_again_what_was_withdrawn_meanwhile(world: World) -> None:
    dossier = told(world)
    before = factories.play(world, dossier, "noter_retrait", at=CALLED)
    with pytest.raises(MoveRefused):
        write(world, dossier)
    dossier.refresh_from_db()
    assert (dossier.phase, dossier.channel) == (before.phase, "phone")
    assert not Message.objects.filter(dossier=dossier).exists()


def test_what_was_said_even_earlier_is_not_forgotten(world: World) -> None:
    before = {"expressed_on": date(2026, 3, 20), "first_channel": "oral"}
    dossier = write(world, told(world, **before))
    assert (dossier.expressed_on, dossier.first_channel) == (date(2026, 3, 20), "oral")


def test_a_letter_that_was_there_before_the_call_is_the_first(world: World) -> None:
    dossier = write(world, told(world), on="2026-03-30", hour="09:30")
    assert (dossier.expressed_on, dossier.first_channel) == (None, "")
    assert dossier.received_at == paris("2026-03-30 09:30")


def test_the_writing_stays_in_the_exchange_with_its_files(world: World) -> None:
    files = MultiValueDict({"files": [SimpleUploadedFile("lettre.txt", b"Madame,")]})
    given = {"actor": world.staff("alice"), "at": TYPED, "files": files}
    dossier = perform(told(world), "ecrit", LETTER | {"writing": ""}, **given)
    message = Message.objects.get(dossier=dossier)
    assert (message.direction, message.body, message.at) == ("received", JOINED, TYPED)
    assert message.attachments.get().original_name == "lettre.txt"
    digests = dossier.events.latest("number").data["files"]
    assert digests == [message.attachments.get().sha256]


def test_its_author_may_send_it_now(world: World) -> None:
    dora = Actor.complainant()
    form = moving.blank_form(dossier := told(world), "ecrit", actor=dora, at=TYPED)
    assert [*form.fields] == ["writing", "files"]
    dossier = perform(dossier, "ecrit", {"writing": "Voici."}, actor=dora, at=TYPED)
    assert (dossier.received_at, dossier.channel) == (TYPED, "online")
    assert due(dossier)["accuse"] == date(2026, 4, 17)


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"writing": ""}, "writing", "l’un des deux suffit"),
        ({"on": ""}, "on", "requis"),
        ({"on": "2026-04-11"}, "on", "pas encore venu"),
        ({"on": "2026-04-10", "hour": "11:01"}, "hour", "pas encore venue"),
        ({"on": "2021-04-09"}, "on", "plus de 5 ans"),
        ({"channel": "phone"}, "channel", "phone"),
        ({"channel": "online"}, "channel", "online"),
    ],
)
def test_what_is_wrong_is_said_next_to_it_and_nothing_is_done(
    world: World, data: dict[str, str], field: str, words: str
) -> None:
    dossier = told(world)
    with pytest.raises(InvalidMove) as refusal:
        write(world, dossier, **data)
    assert words in refusal.value.form.errors[field][0]
    assert Dossier.objects.get(pk=dossier.pk).channel == "phone"


def test_there_is_one_writing_only(world: World) -> None:
    """Neither twice, nor on what was filed online: the button is not there."""
    alice = world.staff("alice")
    dossier = told(world)
    assert "ecrit" in {move.key for move in moves_for(dossier, alice, TYPED)}
    Dossier.objects.filter(pk=dossier.pk).update(channel="online")
    dossier.refresh_from_db()
    assert "ecrit" not in {move.key for move in moves_for(dossier, alice, TYPED)}
    with pytest.raises(MoveRefused, match=COME):
        write(world, dossier)


def test_a_grade_given_later_counts_from_the_writing(world: World) -> None:
    """Lived again from the journal, the call starts nothing that waits for a writing."""
    dossier = write(world, told(world))
    dossier.severity = "high"
    changes = regrade(dossier, EventKind.ASSESSED, TYPED)
    assert changes == [{"limit": "grave", "is": "2026-04-18"}]


def test_other_rules_count_from_the_writing_too(world: World) -> None:
    dossier = write(world, told(world))
    before = dossier.rules
    longer = [limit(6, "jours_ouvres", key="accuse", met_by=["acknowledged"], **WAITS)]
    dossier.procedure_version = publish(world, time_limits=longer)
    changes = recount(dossier, before, TYPED)
    assert {"limit": "accuse", "is": "2026-04-16"} in changes
