"""The scan is sent once: it stays from the first try to the dossier, for who sent it."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from complaints.desk.entry.screens import GONE
from complaints.models import Dossier
from complaints.models.private import private_storage
from tests.complaints.desk.conftest import words
from tests.complaints.desk.entry.conftest import hidden, kept, text_file, typed
from tests.factories import paris

pytestmark = pytest.mark.django_db


def test_files_are_kept_from_the_first_try_to_the_dossier(alice: Client, screen: str) -> None:
    sent = {"arrival-scans": [text_file("lettre.txt")], "pieces": [text_file("preuve.txt", b"P.")]}
    wrong = alice.post(screen, typed(courriel="nadia") | sent)
    assert [one.name for one in wrong.context["kept"]] == ["lettre.txt", "preuve.txt"]
    review = alice.post(screen, typed() | {"kept-file": kept(wrong)})
    assert [name for name, _size in review.context["files"]] == ["preuve.txt", "lettre.txt"]
    again = alice.post(screen, hidden(review) | {"step": "edit"})
    assert len(kept(again)) == 2
    alice.post(screen, typed() | {"kept-file": kept(again), "step": "file"})
    found = Dossier.objects.get().attachments.values_list("question", "original_name")
    assert set(found) == {("pieces", "preuve.txt"), ("", "lettre.txt")}
    assert not _aside()


def _aside() -> list[str]:
    storage = private_storage()
    return storage.listdir("pending")[1] if storage.exists("pending") else []


def test_a_file_that_is_unticked_or_unsound_is_not_filed(alice: Client, screen: str) -> None:
    sent = {"arrival-scans": [text_file("a.txt"), text_file("b.txt", b"B."), text_file("c.exe")]}
    wrong = alice.post(screen, typed() | sent)
    assert wrong.status_code == 422
    assert "c.exe" in wrong.context["entry"].arrival.errors["scans"][0]
    tokens = {one.name: one.token for one in wrong.context["kept"]}
    alice.post(screen, typed() | {"kept-file": [tokens["b.txt"]], "step": "file"})
    assert Dossier.objects.get().attachments.get().original_name == "b.txt"


def test_the_token_of_another_is_worth_nothing(
    alice: Client, screen: str, log_in: Callable[[str], Client]
) -> None:
    wrong = alice.post(screen, typed(courriel="nadia") | {"arrival-scans": [text_file()]})
    stolen = {"kept-file": kept(wrong), "step": "file"}
    answer = log_in("diane").post(screen, typed() | stolen)
    assert answer.status_code == 422
    assert GONE.replace("\u00a0", " ") in words(answer)
    assert not Dossier.objects.exists()


def test_files_of_more_than_an_hour_ago_are_asked_again(alice: Client, screen: str) -> None:
    wrong = alice.post(screen, typed(courriel="nadia") | {"arrival-scans": [text_file()]})
    with time_machine.travel(paris("2026-04-10 12:01"), tick=False):
        answer = alice.post(screen, typed() | {"kept-file": kept(wrong), "step": "file"})
    assert (answer.status_code, Dossier.objects.count()) == (422, 0)
    assert "Nadia Benali" in answer.content.decode()
