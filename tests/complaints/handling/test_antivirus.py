"""Clamd is asked in its own words; what it refuses is refused, and nobody waits when it is down."""

import os
import socket
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from complaints.handling import antivirus, aside
from complaints.handling.actors import Actor
from complaints.handling.antivirus import CHUNK, Scan, Verdict, refusal, responds, verdict
from complaints.handling.filing import file_dossier
from complaints.handling.moving import InvalidMove, perform
from complaints.intake.files import contents
from complaints.models import Attachment, Dossier
from pages.forms import MessageForm
from tests import factories
from tests.clamd_stub import EICAR, ClamdStub
from tests.factories import checked_file, paris, submission

AT = paris("2026-03-30 09:00")
REAL = os.environ.get("DOLEANCES_CLAMD", "")
VIRUS = "Win.Test.EICAR_HDB-1"
REFUSED = (
    "«\u00a0mail.txt\u00a0» contient un virus (Win.Test.EICAR_HDB-1)\u00a0: ne le joignez pas, "
    "et faites examiner l’appareil d’où il vient."
)


def test_nothing_is_asked_where_there_is_no_antivirus() -> None:
    assert verdict(BytesIO(EICAR)) == Verdict(Scan.NONE)
    assert refusal(checked_file(content=EICAR)) == ""


def test_a_file_travels_whole_in_chunks_that_say_their_length(clamd: ClamdStub) -> None:
    content = bytes(range(256)) * 1024
    assert verdict(BytesIO(content)) == Verdict(Scan.CLEAN)
    assert clamd.received == [content]
    assert clamd.chunks == [CHUNK] * (len(content) // CHUNK)
    assert clamd.commands == [b"zINSTREAM\0"]


def test_a_virus_is_named(clamd: ClamdStub) -> None:
    assert verdict(BytesIO(EICAR)) == Verdict(Scan.INFECTED, VIRUS)


def test_a_socket_file_is_an_address_too(tmp_path: Path, settings: Any) -> None:
    stub = ClamdStub(tmp_path / "clamd.ctl")
    settings.CLAMD = stub.address
    assert verdict(BytesIO(EICAR)) == Verdict(Scan.INFECTED, VIRUS)
    assert responds()
    stub.stop()


@pytest.mark.parametrize(
    "answer",
    [
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: Can't allocate memory ERROR\0",
        b"SSH-2.0-OpenSSH_9.2\r\n\0",
        b"stream: OK but not quite\0",
        b"\xff\xfe\0",
        b"x" * 10_000,
    ],
    ids=lambda answer: answer[:20],
)
def test_what_is_no_verdict_is_for_later(clamd: ClamdStub, answer: bytes) -> None:
    clamd.answer = answer
    assert verdict(BytesIO(b"Bonjour")) == Verdict(Scan.PENDING)


def test_a_file_above_its_own_limit_is_for_later(clamd: ClamdStub) -> None:
    clamd.limit = 100_000
    assert verdict(BytesIO(b"x" * 20_000_000)) == Verdict(Scan.PENDING)
    assert clamd.received == []


def test_a_clamd_that_hangs_up_is_silent(clamd: ClamdStub) -> None:
    clamd.answer = b""
    assert verdict(BytesIO(b"Bonjour")) == Verdict(Scan.PENDING, silent=True)


def test_a_clamd_that_never_answers_is_left_after_a_while(
    clamd: ClamdStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(antivirus, "ANSWER_SECONDS", 0.2)
    clamd.silent = True
    started = time.monotonic()
    assert verdict(BytesIO(b"Bonjour")) == Verdict(Scan.PENDING, silent=True)
    assert time.monotonic() - started < 5


def test_a_clamd_that_thinks_is_given_more_time_than_one_that_is_not_there(
    clamd: ClamdStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(antivirus, "CONNECT_SECONDS", 0.2)
    clamd.delay = 0.5
    assert verdict(BytesIO(b"Bonjour")) == Verdict(Scan.CLEAN)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:/nowhere/clamd.ctl", "clamd", "//"])
def test_a_clamd_that_is_not_there_turns_nobody_away(settings: Any, address: str) -> None:
    settings.CLAMD = address
    assert verdict(BytesIO(EICAR)) == Verdict(Scan.PENDING, silent=True)
    assert not responds()
    assert refusal(checked_file()) == ""


def test_a_port_where_something_else_listens_does_not_respond(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.CLAMD = f"tcp://127.0.0.1:{door.getsockname()[1]}"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(antivirus, "ANSWER_SECONDS", 0.2)
            assert not responds()


def test_a_clamd_that_keeps_somebody_waiting_is_not_asked_again_at_once(
    clamd: ClamdStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(antivirus, "ANSWER_SECONDS", 0.2)
    clamd.silent = True
    assert [refusal(checked_file(f"{n}.txt", b"%d" % n)) for n in range(5)] == [""] * 5
    assert len(clamd.commands) == 1


def test_an_infected_file_is_refused_in_one_sentence(clamd: ClamdStub) -> None:
    assert refusal(checked_file("mail.txt", EICAR)) == REFUSED


def test_a_clean_file_is_asked_about_once_and_left_ready_to_be_read(clamd: ClamdStub) -> None:
    file = checked_file()
    assert [refusal(file), refusal(file)] == ["", ""]
    assert len(clamd.received) == 1
    assert file.file.read() == b"Preuve."


def test_a_form_says_it_next_to_its_files(clamd: ClamdStub) -> None:
    sent = [SimpleUploadedFile("mail.txt", EICAR), SimpleUploadedFile("note.txt", b"Bonjour")]
    form = MessageForm({"body": "Voici."}, MultiValueDict({"files": sent}))
    assert form.errors == {"files": [REFUSED]}
    assert form["body"].value() == "Voici."


def test_a_form_without_files_is_examined_without_a_word(clamd: ClamdStub) -> None:
    form = forms.Form({})
    assert form.is_valid()
    antivirus.examine(form)
    assert clamd.commands == []


@pytest.mark.django_db
def test_a_move_is_not_made_with_an_infected_file(
    world: Any, dossier: Dossier, clamd: ClamdStub
) -> None:
    asked = factories.play(world, dossier, "demander_complement", at=AT)
    files = MultiValueDict({"files": [SimpleUploadedFile("mail.txt", EICAR)]})
    with pytest.raises(InvalidMove) as refused:
        perform(
            asked,
            "recevoir_complement",
            {"answer": "La session du 3 mars."},
            actor=Actor.complainant(),
            at=AT,
            files=files,
        )
    assert refused.value.form.errors == {"files": [REFUSED]}
    assert refused.value.form["answer"].value() == "La session du 3 mars."
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_a_photo_of_a_move_is_drawn_before_the_dossier_is_locked(
    world: Any, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = factories.play(world, dossier, "demander_complement", at=AT)
    drawn: list[str] = []
    monkeypatch.setattr(contents, "cleaned", lambda kind, content: drawn.append("drawn") or content)
    monkeypatch.setattr(
        "complaints.handling.moving.act_on", lambda *args, **kwargs: drawn.append("locked") or 1 / 0
    )
    with pytest.raises(ZeroDivisionError):
        perform(
            asked,
            "recevoir_complement",
            {"answer": "Oui."},
            actor=Actor.complainant(),
            at=AT,
            files=MultiValueDict({"files": [SimpleUploadedFile("a.txt", b"Bonjour")]}),
        )
    assert drawn == ["drawn", "locked"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("configured", "known", "scan"),
    [(False, False, Scan.NONE), (True, False, Scan.PENDING), (True, True, Scan.CLEAN)],
)
def test_a_file_is_kept_with_what_is_known_of_it(
    world: Any, request: pytest.FixtureRequest, configured: bool, known: bool, scan: Scan
) -> None:
    file = checked_file()
    if configured:
        request.getfixturevalue("clamd")
    if known:
        assert refusal(file) == ""
    dossier = file_dossier(replace(submission(world), files=(file,)), at=AT).dossier
    assert dossier.attachments.get().scan == scan


@pytest.mark.skipif(not REAL, reason="DOLEANCES_CLAMD ne dit pas où trouver un vrai clamd")
def test_the_real_one_says_the_same(settings: Any) -> None:
    settings.CLAMD = REAL
    assert responds()
    assert verdict(BytesIO(b"Bonjour " * 1_000_000)) == Verdict(Scan.CLEAN)
    found = verdict(BytesIO(EICAR))
    assert (found.scan, "eicar" in found.virus.lower()) == (Scan.INFECTED, True)
    assert verdict(BytesIO(b"x" * 200 * 2**20)).scan == Scan.PENDING


def test_an_infected_file_is_not_kept_aside_for_the_next_try(clamd: ClamdStub) -> None:
    sent = [SimpleUploadedFile("mail.txt", EICAR), SimpleUploadedFile("note.txt", b"Bonjour")]
    kept = aside.put_aside(MultiValueDict({"files": sent}), salt="test")
    assert [file.name for file in kept] == ["note.txt"]
    aside.forget([file.token for file in kept], salt="test")
