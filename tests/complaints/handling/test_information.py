"""Asking for what is missing before the register, or for precisions after it (CS-12, CS-17)."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from complaints.handling.actors import Actor
from complaints.handling.moving import moves_for, perform
from complaints.models import Dossier, Notice
from tests import factories
from tests.complaints.handling.conftest import FILED_AT
from tests.factories import paris

ANSWERED_AT = paris("2026-04-02 18:00")


def ask(world: Any, dossier: Dossier) -> Dossier:
    return factories.play(world, dossier, "demander_complement", at=FILED_AT)


def answer(dossier: Dossier, **changes: Any) -> Dossier:
    return perform(
        dossier,
        "recevoir_complement",
        {"answer": "La session du 3 mars."},
        actor=Actor.complainant(),
        at=ANSWERED_AT,
        **changes,
    )


def test_asking_waits_for_the_complainant_and_does_not_register(
    world: Any, dossier: Dossier
) -> None:
    asked = ask(world, dossier)
    assert (asked.stage, asked.phase, asked.completed_at) == ("complement", "incomplete", None)
    assert "inscrire" not in [move.key for move in moves_for(asked, world.staff("alice"), FILED_AT)]
    assert dossier.events.get(kind="information_requested").data == {"letter": "C-2026-0001"}


def test_the_complainant_answers_and_the_dossier_is_complete(world: Any, dossier: Dossier) -> None:
    answered = answer(ask(world, dossier))
    assert (answered.stage, answered.completed_at) == ("recueil", ANSWERED_AT)
    message = dossier.messages.get()
    assert (message.direction, message.body) == ("received", "La session du 3 mars.")
    event = dossier.events.get(kind="information_received")
    assert event.personal == {"text": "La session du 3 mars."}
    assert event.actor_label == "Réclamant"


def test_the_files_of_an_answer_are_kept_with_it(world: Any, dossier: Dossier) -> None:
    sent = [SimpleUploadedFile(f"{n}.txt", f"Pièce {n}".encode()) for n in (1, 2)]
    answer(ask(world, dossier), files=MultiValueDict({"files": sent}))
    kept = dossier.messages.get().attachments.all()
    assert [file.original_name for file in kept] == ["1.txt", "2.txt"]
    told = dossier.events.get(kind="information_received").data["files"]
    assert told == [file.sha256 for file in kept]


def test_an_answer_is_told_to_the_team_without_its_words(world: Any, dossier: Dossier) -> None:
    asked = ask(world, dossier)
    Notice.objects.all().delete()
    answer(asked)
    notices = Notice.objects.order_by("to")
    assert [notice.to[:5] for notice in notices] == ["alice", "diane"]
    assert not any("session" in notice.subject + notice.body for notice in notices)


def test_precisions_are_asked_later_without_leaving_the_stage(
    world: Any, registered: Dossier
) -> None:
    studied = factories.play(world, registered, ("recevable", {"breaches": ""}), at=FILED_AT)
    asked = factories.play(world, studied, "demander_precisions", at=FILED_AT)
    assert (asked.stage, asked.completed_at) == ("evaluation", FILED_AT)
    given = {"answer": "Le 3 mars au matin."}
    after = perform(asked, "recevoir_precisions", given, actor=Actor.complainant(), at=ANSWERED_AT)
    assert after.stage == "evaluation"
