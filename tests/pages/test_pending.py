"""Files of a message are not chosen twice: they are kept for an hour beside its form."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Schedule

from complaints.handling.filing import tracking_code
from complaints.models import Attachment, Dossier
from pages import pending
from tests.pages.conftest import Visitor, fields, photo, words

Count = Callable[[], int]


def sent(visitor: Visitor, dossier: Dossier, *files: Any, **typed: Any) -> Any:
    """A message of the tracking page; without words, it comes back with its files kept."""
    seen = {"seen": Dossier.objects.get(pk=dossier.pk).event_count}
    address = f"/suivi/{dossier.reference}/message/"
    return visitor.post(address, {"body": "", "files": list(files)} | seen | typed)


def test_a_sound_file_survives_an_error_and_is_sent(
    visitor: Visitor, followed: Dossier, kept_files: Count
) -> None:
    response = sent(visitor, followed, photo())
    assert "Fichiers déjà reçus" in words(response)
    assert kept_files() == 1
    kept = {"kept-file": fields(response, "kept-file")}
    assert sent(visitor, followed, body="Voici.", **kept).status_code == 303
    assert Attachment.objects.get().original_name == "salle.png"
    assert kept_files() == 0


def test_a_refused_file_is_not_kept_and_the_others_are(
    visitor: Visitor, followed: Dossier, kept_files: Count
) -> None:
    response = sent(visitor, followed, photo("bon.png"), photo("mauvais.exe", b"MZ"))
    assert len(fields(response, "kept-file")) == 1
    assert kept_files() == 1


def test_a_forged_token_brings_nothing(visitor: Visitor, followed: Dossier) -> None:
    forged = signing.dumps(["files", "attachment/aa/secret.pdf", "secret.pdf"], salt="other")
    response = sent(visitor, followed, body="Voici.", **{"kept-file": [forged]})
    assert response.status_code == 422
    assert not Attachment.objects.exists()


def test_after_an_hour_the_person_is_told_to_join_the_file_again(
    visitor: Visitor, followed: Dossier
) -> None:
    kept = {"kept-file": fields(sent(visitor, followed, photo()), "kept-file")}
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
        code = tracking_code(followed.submission_key)
        visitor.follow(followed, code)
        late = sent(visitor, followed, body="Voici.", **kept)
    assert late.status_code == 422
    assert "Un fichier gardé de côté depuis plus d’une heure a été effacé" in words(late)


def test_what_nobody_came_back_for_is_deleted(
    visitor: Visitor, followed: Dossier, kept_files: Count
) -> None:
    sent(visitor, followed, photo())
    pending.purge(timezone.now() + timedelta(minutes=59))
    assert kept_files() == 1
    pending.purge(timezone.now() + timedelta(minutes=61))
    assert kept_files() == 0


@pytest.mark.usefixtures("world")
def test_the_purge_is_scheduled_by_the_installation() -> None:
    schedule = Schedule.objects.get(func="pages.pending.purge")
    assert import_string(schedule.func) is pending.purge
    assert schedule.repeats == -1


def test_strangers_cannot_fill_the_disk(
    visitor: Visitor, followed: Dossier, kept_files: Count, monkeypatch: Any
) -> None:
    monkeypatch.setattr(pending, "MOST", 0)
    response = sent(visitor, followed, photo())
    assert kept_files() == 0
    assert "joignez-les de nouveau (salle.png)" in words(response)
