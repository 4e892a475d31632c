"""The server dies in the middle of a filing: a whole dossier, or a draft to go on with; no half."""

import errno
import os
import stat
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from complaints.handling.strays import delete_strays
from complaints.models import (
    Attachment,
    Deadline,
    Dossier,
    Draft,
    DraftFile,
    Event,
    Letter,
    Notice,
    Party,
    Sequence,
)
from complaints.models.event import first_broken_event
from tests.benchmarks.served import Answer, Browser, Server
from tests.factories import ANSWERS

pytestmark = pytest.mark.processes

CONTENT = "Une preuve écrite.\n".encode() * 5000
FILED = (Dossier, Party, Event, Deadline, Letter, Notice, Attachment, Sequence)

Start = Callable[[], Server]


def reviewed(server: Server) -> tuple[Browser, str, Answer]:
    """A draft with its file, on the page where its author reads it again before sending it."""
    browser = Browser(server)
    typed = ANSWERS | {"deja": "yes", "action": "review"} | browser.get().hidden
    kept = browser.post("/", typed | {"pieces": SimpleUploadedFile("preuve.txt", CONTENT)})
    assert kept.status == 303, kept.html
    return browser, kept.location, browser.get(kept.location)


def send(browser: Browser, address: str, review: Answer) -> Answer:
    """« Envoyer »."""
    return browser.post(address, review.hidden)


def send_to_nobody(browser: Browser, address: str, review: Answer) -> threading.Thread:
    """The same, by somebody who will never read the answer."""

    def post() -> None:
        with suppress(OSError):
            send(browser, address, review)

    sending = threading.Thread(target=post)
    sending.start()
    return sending


class Stalled:
    """The draft's file in the private folder is a pipe that gives its beginning, and no more."""

    def __init__(self, path: Path) -> None:
        self.path, self.aside = path, path.with_suffix(".aside")

    def __enter__(self) -> "Stalled":
        self.path.rename(self.aside)
        os.mkfifo(self.path)
        return self

    def wait_for_reader(self) -> int:
        """Somebody is reading it: the dossier is being written, and nobody can see it yet."""
        patience = time.monotonic() + 20
        while time.monotonic() < patience:
            try:
                pipe = os.open(self.path, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as error:
                if error.errno != errno.ENXIO:  # nobody reads it yet
                    raise
                time.sleep(0.02)
            else:
                os.write(pipe, CONTENT[:1000])
                return pipe
        raise AssertionError("personne ne lit le fichier")

    def __exit__(self, *_: object) -> None:
        assert stat.S_ISFIFO(self.path.stat().st_mode)
        self.aside.replace(self.path)


def private_files() -> set[Path]:
    """What is kept aside for the dossiers."""
    return set((settings.PRIVATE_ROOT / "attachment").glob("*/*"))


def assert_whole(dossier: Dossier) -> None:
    """Its number, its journal, its deadlines, its receipt, its notices, its file."""
    assert dossier.reference.endswith("-0001")
    assert first_broken_event(dossier) is None
    assert dossier.event_count == dossier.events.count() == 1
    assert dossier.deadlines.count() == 5
    assert dossier.notices.filter(letter=dossier.letters.get()).count() == 1
    assert dossier.notices.count() == 3
    attachment = dossier.attachments.get()
    with attachment.file.open("rb") as file:
        assert sha256(file.read()).hexdigest() == attachment.sha256 == sha256(CONTENT).hexdigest()


def test_killed_while_it_files_it_leaves_a_draft_that_is_sent_once(start_site: Start) -> None:
    server = start_site()
    browser, address, review = reviewed(server)
    before = private_files()
    with Stalled(Path(DraftFile.objects.get().file.path)) as stalled:
        sending = send_to_nobody(browser, address, review)
        pipe = stalled.wait_for_reader()
        server.kill()
        os.close(pipe)
    sending.join(20)
    assert {model: model.objects.count() for model in FILED} == dict.fromkeys(FILED, 0)
    (half,) = private_files() - before
    server = start_site()

    # On another device, by the code that every page of the draft says.
    elsewhere, code = Browser(server), review.hidden["draft-code"]
    door = f"/reprendre/{code}/"
    opened = elsewhere.post(door, elsewhere.get(door).hidden)
    assert (opened.status, opened.location.partition("?")[0]) == (303, f"/depot/{key_of()}/")
    receipt = send(elsewhere, address, elsewhere.get(address))
    assert receipt.location.startswith("/recu/")
    dossier = Dossier.objects.get()
    assert_whole(dossier)
    assert not Draft.objects.exists()

    # The first browser tries again: it is told of that dossier, and files no other.
    browser.server = server
    assert send(browser, address, review).location == f"/recu/{dossier.reference}/"
    assert Dossier.objects.count() == 1
    delete_strays(timezone.now() + timedelta(days=2))
    assert not half.exists()
    assert_whole(dossier)


def test_killed_before_it_says_so_it_has_filed_and_is_found_by_the_same_post(
    start_site: Start,
) -> None:
    server = start_site()
    browser, address, review = reviewed(server)
    known = dict(browser.cookies)
    assert send(browser, address, review).status == 303
    server.kill()
    dossier = Dossier.objects.get()
    assert_whole(dossier)

    # The answer was lost on the way, and its cookie with it.
    browser.server, browser.cookies = start_site(), known
    again = send(browser, address, review)
    assert (again.status, again.location) == (303, f"/recu/{dossier.reference}/")
    assert Dossier.objects.get() == dossier
    assert not Draft.objects.exists()


def key_of() -> object:
    """The key of the only draft."""
    return Draft.objects.get().key
