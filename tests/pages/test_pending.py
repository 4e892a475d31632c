"""Files are not chosen twice: they are kept for an hour beside a form with errors."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Schedule

from complaints.models import Attachment, Dossier
from pages import pending
from tests.pages.conftest import Visitor, fields, photo, words

Count = Callable[[], int]


def test_a_sound_file_survives_an_error_and_is_filed(visitor: Visitor, kept_files: Count) -> None:
    response = visitor.file(photo(), objet=None)
    assert "Fichiers déjà reçus" in words(response)
    assert "salle.png (1 Ko)" in words(response)
    assert "joignez-les de nouveau" not in words(response)
    assert kept_files() == 1
    assert visitor.file(**{"kept-file": fields(response, "kept-file")}).status_code == 303
    assert Attachment.objects.get().original_name == "salle.png"
    assert kept_files() == 0


def test_files_of_several_tries_add_up(visitor: Visitor, kept_files: Count) -> None:
    first = visitor.file(photo("un.png"), objet=None)
    kept = {"kept-file": fields(first, "kept-file")}
    second = visitor.file(photo("deux.png"), objet=None, **kept)
    assert kept_files() == 2
    visitor.file(**{"kept-file": fields(second, "kept-file")})
    assert {file.original_name for file in Attachment.objects.all()} == {"un.png", "deux.png"}


def test_a_refused_file_is_not_kept_and_the_others_are(visitor: Visitor, kept_files: Count) -> None:
    response = visitor.file(photo("bon.png"), photo("mauvais.exe", b"MZ"))
    assert len(fields(response, "kept-file")) == 1
    assert kept_files() == 1


def test_an_unticked_file_is_left_out(visitor: Visitor) -> None:
    visitor.file(photo(), objet=None)
    visitor.file()
    assert not Attachment.objects.exists()


def test_too_many_files_are_all_kept_so_that_one_can_choose(
    visitor: Visitor, kept_files: Count
) -> None:
    response = visitor.file(*[photo(f"{number}.png") for number in range(6)])
    assert response.status_code == 422
    tokens = fields(response, "kept-file")
    assert len(tokens) == kept_files() == 6
    assert visitor.file(**{"kept-file": tokens[:5]}).status_code == 303
    assert Attachment.objects.count() == 5


def test_a_forged_token_brings_nothing(visitor: Visitor) -> None:
    forged = signing.dumps(["pieces", "attachment/aa/secret.pdf", "secret.pdf"], salt="other")
    response = visitor.file(**{"kept-file": [forged]})
    assert response.status_code == 422
    assert not Dossier.objects.exists()


def test_after_an_hour_the_person_is_told_to_join_the_file_again(visitor: Visitor) -> None:
    response = visitor.file(photo(), objet=None)
    tokens = fields(response, "kept-file")
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
        late = visitor.file(**{"kept-file": tokens})
    assert late.status_code == 422
    assert "Un fichier gardé de côté depuis plus d’une heure a été effacé" in words(late)
    assert not Dossier.objects.exists()


def test_what_nobody_came_back_for_is_deleted(visitor: Visitor, kept_files: Count) -> None:
    visitor.file(photo(), objet=None)
    pending.purge(timezone.now() + timedelta(minutes=59))
    assert kept_files() == 1
    pending.purge(timezone.now() + timedelta(minutes=61))
    assert kept_files() == 0


@pytest.mark.usefixtures("world")
def test_the_purge_is_scheduled_by_the_installation() -> None:
    schedule = Schedule.objects.get(func="pages.pending.purge")
    assert import_string(schedule.func) is pending.purge
    assert schedule.repeats == -1


@pytest.mark.usefixtures("db")
def test_strangers_cannot_fill_the_disk(
    visitor: Visitor, kept_files: Count, monkeypatch: Any
) -> None:
    monkeypatch.setattr(pending, "MOST", 0)
    response = visitor.file(photo(), objet=None)
    assert kept_files() == 0
    assert "joignez-les de nouveau" in words(response)
    assert "salle.png" in words(response)
