"""An office document is unpacked with a limit: what it says of itself is not believed."""

import time
import zlib
from contextlib import suppress
from io import BytesIO
from struct import pack
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile

import pytest
from django.core.exceptions import ValidationError

from complaints.intake import accepted
from complaints.intake.files import archives
from complaints.intake.files.archives import ENORMOUS, FETCHES, MACROS, OBJECTS, examine
from complaints.intake.files.refused import DAMAGED, LOCKED, Unfit
from tests.complaints.intake.files.sent_files import dated, docx, ods, odt, sent, xlsx, zipped
from tests.held_memory import held_by_process

LINK = b'<Relationship TargetMode="External" Target="https://exemple.fr/"/>'
RELATIONS = "word/_rels/settings.xml.rels"
TEMPLATE = b'<Relationship Type="http://x/attachedTemplate" TargetMode="External" Target="%b"/>'
OLE = archives.OLD_OFFICE + b"\0" * 500


def with_parts(parts: dict[str, bytes]) -> bytes:
    return docx(**parts)


def bomb() -> bytes:
    """A hundred and one mebibytes in a hundred kibibytes."""
    return with_parts({"word/media.xml": b"\0" * (101 * 2**20)})


def lying() -> bytes:
    """It announces ten bytes, in both its lists, and unpacks to a mebibyte."""
    buffer = BytesIO(docx())
    with ZipFile(buffer, "a") as made:
        made.writestr(dated("word/x.xml"), b"\0" * 2**20)
    content = bytearray(buffer.getvalue())
    local = content.index(b"word/x.xml") - 30
    listed = content.rindex(b"word/x.xml") - 46
    content[local + 22 : local + 26] = content[listed + 24 : listed + 28] = b"\x0a\0\0\0"
    return bytes(content)


def overlapping() -> bytes:
    """A thousand names for the same bytes."""
    content = bytearray(with_parts({"word/a.xml": b"\0" * 10_000, "word/b.xml": b"\0" * 10_000}))
    first, second = (content.rindex(name) - 46 for name in (b"word/a.xml", b"word/b.xml"))
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    return bytes(content)


def stored_as(method: int) -> bytes:
    buffer = BytesIO(docx())
    entry = dated("word/x.xml")
    entry.compress_type = method
    with ZipFile(buffer, "a") as made:
        made.writestr(entry, b"<a/>")
    return buffer.getvalue()


def flagged() -> bytes:
    """The mark of a password on each entry."""
    content = bytearray(docx())
    at = content.index(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    return bytes(content)


REFUSED = {
    "a bomb": (bomb, ENORMOUS),
    "sizes that lie": (lying, ENORMOUS),
    "entries over one another": (overlapping, ENORMOUS),
    "a list without end": (lambda: docx() + b"PK\x01\x02" * 4_001, ENORMOUS),
    "a bomb in a table": (
        lambda: with_parts({"word/embeddings/t.xlsx": zipped({
            "[Content_Types].xml": b"", "xl/workbook.xml": b"\0" * (101 * 2**20)
        })}),
        ENORMOUS,
    ),
    "macros": (lambda: with_parts({"word/vbaProject.bin": b"x"}), MACROS),
    "macros under another name": (
        lambda: with_parts({"[Content_Types].xml": b"application/vnd.ms-office.vbaProject"}),
        MACROS,
    ),
    "macros in a table": (
        lambda: with_parts({"word/embeddings/t.xlsx": zipped({
            "[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/vbaProject.bin": b""
        })}),
        MACROS,
    ),
    "old macros of a table": (lambda: zipped({
        "[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/macrosheets/s.xml": b""
    }), MACROS),
    "macros of LibreOffice": (lambda: zipped({
        "mimetype": b"application/vnd.oasis.opendocument.text", "Basic/Standard/m.xml": b""
    }), MACROS),
    "a control": (lambda: with_parts({"word/activeX/a.bin": b""}), MACROS),
    "an object": (lambda: with_parts({"word/embeddings/oleObject1.bin": OLE}), OBJECTS),
    "an archive": (lambda: with_parts({"word/a.bin": zipped({"a.exe": b"MZ"})}), OBJECTS),
    "a document in a document in a document": (
        lambda: with_parts({"word/embeddings/a.docx": with_parts({"word/b.docx": docx()})}),
        OBJECTS,
    ),
    "a way out": (lambda: with_parts({"../../etc/cron.d/x": b""}), DAMAGED),
    "a way out for Windows": (lambda: with_parts({"..\\..\\x.bat": b""}), DAMAGED),
    "an address of the disk": (lambda: with_parts({"/etc/x": b""}), DAMAGED),
    "a letter of a disk": (lambda: with_parts({"C:x": b""}), DAMAGED),
    "two parts of one name": (lambda: with_parts({"WORD/document.xml": b""}), DAMAGED),
    "an unusual compression": (lambda: stored_as(ZIP_BZIP2), DAMAGED),
    "entities": (lambda: with_parts({"word/x.xml": b"<!DOCTYPE a [<!ENTITY a 'b'>]>"}), DAMAGED),
    "a template from afar": (
        lambda: with_parts({RELATIONS: TEMPLATE % b"https://exemple.example/m.dotm"}), FETCHES
    ),
    "a template of a server": (
        lambda: with_parts({RELATIONS: TEMPLATE % rb"\\\\serveur\\m.dotm"}), FETCHES
    ),
    "an object from afar": (
        lambda: with_parts({RELATIONS: b"<Relationship Target='http://x.fr/' Type='a/oleObject'"
                                       b" TargetMode='External'/>"}), FETCHES,
    ),
    "relations that are hard to read": (
        lambda: with_parts({RELATIONS: "<Relationships/>".encode("utf-16")}), DAMAGED
    ),
    "a program that a table talks to": (lambda: zipped({
        "[Content_Types].xml": b"", "xl/workbook.xml": b"",
        "xl/externalLinks/externalLink1.xml": b'<ddeLink ddeService="cmd" ddeTopic="/c calc"/>',
    }), MACROS),
    "a program that a letter talks to": (
        lambda: with_parts({"word/x.xml": b"<w:instrText> DDEAUTO cmd</w:instrText>"}), MACROS
    ),
    "a password": (flagged, LOCKED),
    "a password of LibreOffice": (lambda: zipped({
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": b"<manifest:encryption-data/>",
    }), LOCKED),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_document_that_is_a_trap_is_refused(case: str) -> None:
    made, end = REFUSED[case]
    content = made()
    started = time.process_time()
    with pytest.raises(Unfit) as unfit:
        examine(content)
    assert unfit.value.end == end
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "content",
    [
        docx(),
        xlsx(),
        odt(),
        ods(),
        stored_as(ZIP_STORED),
        with_parts({"word/_rels/document.xml.rels": LINK}),
        with_parts({RELATIONS: TEMPLATE % b"file:///C:/Users/Dora/lettre.dotx"}),
        with_parts({"word/embeddings/Microsoft_Excel_Sheet.xlsx": xlsx()}),
        with_parts({"word/media/image1.png": b"\x89PNG" * 100_000}),
    ],
    ids=[
        "docx",
        "xlsx",
        "odt",
        "ods",
        "stored",
        "a link",
        "a template",
        "a table in a text",
        "a picture",
    ],
)
def test_an_honest_document_passes(content: bytes) -> None:
    examine(content)


def test_the_room_is_shared_by_all_the_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED", 2**20)
    content = with_parts({f"word/{n}.xml": b"\0" * 300_000 for n in range(4)})
    with pytest.raises(Unfit, match="démesuré"):
        examine(content)


def test_what_comes_out_is_never_more_than_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    monkeypatch.setattr(archives, "MAX_UNPACKED", 2**20)
    unrolled = archives._inflated

    def counted(packed: bytes, room: archives._Room) -> object:
        for step in unrolled(packed, room):
            steps.append(len(step))
            yield step

    monkeypatch.setattr(archives, "_inflated", counted)
    with pytest.raises(Unfit):
        examine(with_parts({"word/media.xml": b"\0" * 2**23}))
    assert sum(steps) <= 2**20


def test_a_list_without_end_is_not_read_to_know_what_it_lists() -> None:
    """Each line of it weighs ten times its own weight once read: a hundred megabytes here."""
    entry = b"PK\x01\x02" + b"\0" * 24 + b"\x06" + b"\0" * 17 + b"abcdef"
    content = docx() + entry * 100_000
    content += b"PK\x05\x06" + b"\0" * 4 + b"\xff" * 4 + pack("<LLH", 52 * 100_000, len(docx()), 0)
    with held_by_process() as held, pytest.raises(ValidationError, match="n’a pas le contenu"):
        accepted(sent("lettre.docx", content))
    assert held.peak < 20 * 2**20


def test_a_document_with_a_password_is_told_so() -> None:
    locked = OLE + archives.ENCRYPTED_PACKAGE
    with pytest.raises(ValidationError, match="protégé par un mot de passe"):
        accepted(sent("paie.xlsx", locked))
    with pytest.raises(ValidationError, match="n’a pas le contenu d’un fichier XLSX"):
        accepted(sent("paie.xlsx", OLE))


def test_noise_in_an_archive_is_an_answer_and_no_crash() -> None:
    content = docx(**{"word/x.xml": zlib.compress(b"abc") * 50})
    for at in range(4, len(content), 3):
        broken = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        with suppress(Unfit):
            examine(broken)
