"""What arrived while the antivirus was down is examined later, once; what it finds is set aside."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from complaints.handling import scanning
from complaints.handling.erasure import erase_expired
from complaints.handling.files import why_closed
from complaints.handling.filing import file_dossier
from complaints.handling.scanning import scan_pending
from complaints.handling.schedules import SCHEDULES
from complaints.models import Attachment, Dossier, Notice
from complaints.register.antivirus import silence
from complaints.register.troubles import PATIENCE, find_troubles
from complaints.workflow.vocabulary import EventKind
from tests.clamd_stub import EICAR, ClamdStub
from tests.factories import WHOLE_LIFE, World, checked_file, paris, play, submission
from tests.guarded import CERTIFICATE, guarded_submission

pytestmark = pytest.mark.django_db
AT = paris("2026-03-30 09:00")
LATER = AT + timedelta(hours=3)
Scan = Attachment.Scan


@pytest.fixture
def down(settings: Any) -> None:
    """An antivirus that does not answer."""
    settings.CLAMD = "tcp://127.0.0.1:1"


def filed(world: World, *contents: bytes) -> Dossier:
    """A dossier whose files came while nobody answered."""
    files = tuple(checked_file(f"{n}.txt", content) for n, content in enumerate(contents))
    return file_dossier(replace(submission(world), files=files), at=AT).dossier


def scans(dossier: Dossier) -> list[str]:
    return list(dossier.attachments.values_list("scan", flat=True))


def test_a_file_waits_while_the_antivirus_is_down(world: World, down: None) -> None:
    dossier = filed(world, b"Bonjour", b"Encore")
    assert str(scan_pending(LATER)).endswith("2 encore en attente")
    assert scans(dossier) == [Scan.PENDING, Scan.PENDING]


def test_it_is_examined_as_soon_as_there_is_an_answer(world: World, clamd: ClamdStub) -> None:
    dossier = filed(world, b"Bonjour")
    assert scans(dossier) == [Scan.PENDING]
    assert scan_pending(LATER) == {Scan.CLEAN: 1}
    assert scans(dossier) == [Scan.CLEAN]
    assert clamd.received == [b"Bonjour"]


def test_twice_is_once(world: World, clamd: ClamdStub) -> None:
    dossier = filed(world, EICAR)
    before = dossier.events.count()
    scan_pending(LATER)
    told = Notice.objects.filter(key__startswith="infected:").count()
    assert scan_pending(LATER) == {}
    assert dossier.events.count() == before + 1
    assert Notice.objects.filter(key__startswith="infected:").count() == told > 0


def test_an_infected_file_is_set_aside_and_the_team_told(world: World, clamd: ClamdStub) -> None:
    dossier = filed(world, b"Bonjour", EICAR)
    scan_pending(LATER)
    assert scans(dossier) == [Scan.CLEAN, Scan.INFECTED]
    note = dossier.messages.get()
    assert (note.direction, note.author_label) == ("internal", "Horloge")
    assert "«\u00a01.txt\u00a0» contient un virus (Win.Test.EICAR_HDB-1)" in note.body
    assert dossier.events.last().kind == EventKind.NOTE_WRITTEN
    notice = Notice.objects.get(key__startswith="infected:", to=world.user("alice").email)
    assert f"Dossier {dossier.reference} : une pièce infectée" in notice.subject
    assert "Dora" not in notice.body


def test_two_scans_at_once_tell_once(
    world: World, clamd: ClamdStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one writes its verdict while clamd answers this one."""
    dossier, ask = filed(world, EICAR), scanning._verdict

    def late(attachment: Attachment) -> Any:
        monkeypatch.setattr(scanning, "_verdict", ask)
        scan_pending(LATER)
        return ask(attachment)

    monkeypatch.setattr(scanning, "_verdict", late)
    scan_pending(LATER)
    assert dossier.messages.count() == 1


def test_a_lost_file_has_nothing_to_hide(world: World, clamd: ClamdStub) -> None:
    dossier = filed(world, b"Bonjour")
    file = dossier.attachments.get().file
    file.storage.delete(file.name)
    assert scan_pending(LATER) == {Scan.NONE: 1}
    assert scans(dossier) == [Scan.NONE]


def test_an_erased_file_is_not_looked_for(world: World, clamd: ClamdStub) -> None:
    dossier = filed(world, b"Bonjour")
    closed = play(world, dossier, *WHOLE_LIFE, at=AT)
    erase_expired(paris(f"{closed.erase_on.year + 1}-01-01 03:20"))
    assert scan_pending(LATER) == {}
    assert clamd.received == []


def test_without_an_antivirus_any_more_nobody_waits(
    world: World, clamd: ClamdStub, settings: Any
) -> None:
    dossier = filed(world, b"Bonjour")
    settings.CLAMD = ""
    scan_pending(LATER)
    assert scans(dossier) == [Scan.NONE]


def test_one_file_above_the_limit_of_clamd_keeps_no_other_waiting(
    world: World, clamd: ClamdStub
) -> None:
    clamd.limit = 1000
    dossier = filed(world, b"x" * 2000, b"Bonjour")
    scan_pending(LATER)
    assert scans(dossier) == [Scan.PENDING, Scan.CLEAN]


def test_the_scan_ends_in_time(world: World, clamd: ClamdStub) -> None:
    filed(world, b"1", b"2", b"3")
    scan_pending(LATER, seconds=0)
    assert len(clamd.received) == 1


def test_cron_may_call_it(
    world: World, clamd: ClamdStub, capsys: pytest.CaptureFixture[str]
) -> None:
    filed(world, b"Bonjour")
    call_command("scan_files")
    assert capsys.readouterr().out.startswith("1 saine(s), 0 mise(s) à l’écart, 0 encore")


def said(at: Any) -> str:
    return " ".join(str(trouble) for trouble in find_troubles(at, SCHEDULES))


def test_the_operator_is_told_since_when_it_is_silent(world: World, down: None) -> None:
    filed(world, b"Bonjour")
    scan_pending(AT)
    scan_pending(AT + timedelta(minutes=5))
    assert "L’antivirus" not in said(AT + PATIENCE)
    told = said(LATER)
    assert "L’antivirus ne répond pas depuis le 30/03/2026 à 09:00 : 1 pièce(s)" in told


def test_a_silence_that_ended_is_forgotten(world: World, clamd: ClamdStub, settings: Any) -> None:
    address, settings.CLAMD = clamd.address, "tcp://127.0.0.1:1"
    scan_pending(AT)
    settings.CLAMD = address
    scan_pending(LATER)
    assert silence(LATER + PATIENCE) is None


def test_a_scan_that_does_not_come_is_told_too(world: World, clamd: ClamdStub) -> None:
    filed(world, b"Bonjour")
    assert "L’antivirus n’a pas pu tout examiner depuis le 30/03/2026 à 09:00" in said(LATER)


def test_nothing_is_told_where_there_is_no_antivirus(world: World) -> None:
    Attachment.objects.create(
        dossier=filed(world), file="x", size=1, scan=Scan.PENDING, received_at=AT
    )
    assert silence(LATER) is None


@pytest.mark.parametrize(
    ("scan", "word"),
    [(Scan.NONE, ""), (Scan.CLEAN, ""), (Scan.PENDING, "pas encore examiné"),
     (Scan.INFECTED, "mis à l’écart")],
)  # fmt: skip
def test_only_what_is_examined_is_open(scan: Scan, word: str) -> None:
    why = why_closed(Attachment(original_name="a.pdf", scan=scan))
    assert word in why
    assert bool(why) == bool(word)


def test_a_file_that_is_not_for_all_eyes_has_no_name_in_the_note(
    world: World, clamd: ClamdStub
) -> None:
    infected = replace(checked_file(CERTIFICATE, EICAR), question="certificat")
    sent = replace(guarded_submission(world), files=(infected,))
    dossier = file_dossier(sent, at=AT).dossier
    scan_pending(LATER)
    note = dossier.messages.get().body
    assert note.startswith("Une pièce réservée contient un virus")
    assert CERTIFICATE not in note
