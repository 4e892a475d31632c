"""The exchange: what the complainant writes unasked, and the team's own notes."""

from typing import Any

from complaints.handling.acting import act_on
from complaints.handling.actors import Actor
from complaints.handling.messages import receive_message, write_note
from complaints.models import Dossier, Notice
from tests import factories
from tests.complaints.handling.conftest import FILED_AT


def test_a_message_is_kept_with_its_files_journalled_and_told_to_the_team(
    dossier: Dossier,
) -> None:
    Notice.objects.all().delete()
    with act_on(dossier.pk, actor=Actor.complainant(), at=FILED_AT) as act:
        receive_message(act, "Où en êtes-vous ?", [factories.checked_file()])
    message = dossier.messages.get()
    assert (message.direction, message.author_label) == ("received", "Réclamant")
    assert message.attachments.count() == 1
    assert dossier.events.get(kind="message_received").personal == {"text": "Où en êtes-vous ?"}
    assert Notice.objects.count() == 2


def test_a_note_stays_inside(world: Any, dossier: Dossier) -> None:
    Notice.objects.all().delete()
    with act_on(dossier.pk, actor=world.staff("alice"), at=FILED_AT) as act:
        write_note(act, "Appeler lundi.")
    note = dossier.messages.get()
    assert (note.direction, note.author_label) == ("internal", "Alice")
    assert dossier.events.get(kind="note_written").personal == {"text": "Appeler lundi."}
    assert not Notice.objects.exists()
