"""An office document is an archive: which kind it is, and what it must not hold.

Sizes are counted while unpacking, never read in the headers: those say what their author wants.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from complaints.intake.files.refused import DAMAGED, LOCKED, Unfit

MAX_ENTRIES = 2_000
MAX_UNPACKED = 100 * 1024 * 1024
# A table in a text is a document in the document; a document in that one is not.
MAX_DEPTH = 1
STEP = 256 * 1024

ARCHIVE = b"PK\x03\x04"
# What Microsoft wrapped everything in before archives: old documents, and those with a password.
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

ENORMOUS = "est démesuré une fois ouvert : enregistrez-le en PDF"
MACROS = "contient des macros : enregistrez-le en PDF"
OBJECTS = "contient un autre fichier incorporé : enregistrez-le en PDF"
FETCHES = "va chercher autre chose ailleurs dès qu’on l’ouvre : enregistrez-le en PDF"

_OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MACROS = re.compile(
    r"(^|/)(vba\w+\.(bin|xml)|(macrosheets|intlmacrosheets|activex|basic|scripts|dialogs)/)", re.I
)
_MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject|macrosheet", re.I)
# A link waits for a click; these are followed by who opens the document. A template of the author's
# own disk is in half of all letters, and harms nobody.
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_FOLLOWED = re.compile(rb"/(attachedTemplate|oleObject|frame|subDocument)[\"']", re.I)
_AWAY = re.compile(rb"\bTarget\s*=\s*[\"']\s*(https?:|ftp:|\\\\|//|file:/{4})", re.I)
_PROGRAM = re.compile(rb"<(\w+:)?ddeLink\b|instrText[^>]*>\s*DDE(AUTO)?\b", re.I)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_UNREADABLE = (
    BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OverflowError,
)


def document(content: bytes) -> str | None:
    """The extension that this archive deserves; none when it is no document of ours."""
    if _lists_too_much(content):
        return None
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                return _OPEN_DOCUMENT.get(archive.open("mimetype").read(100))
            if "[Content_Types].xml" in names:
                return next((kind for kind, part in _OFFICE.items() if part in names), None)
    except _UNREADABLE:
        return None
    return None


def is_locked(content: bytes) -> bool:
    """Whether it is an office document that asks for a password."""
    return content.startswith(OLD_OFFICE) and ENCRYPTED_PACKAGE in content


def examine(content: bytes) -> None:
    """Raise Unfit when this document is a bomb, is broken, or holds what could run."""
    _examine(content, _Room(MAX_UNPACKED), depth=0)


@dataclass
class _Room:
    """How many bytes may still come out, of the document and of those inside it."""

    left: int

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise Unfit(ENORMOUS)


def _examine(content: bytes, room: _Room, depth: int) -> None:
    if _lists_too_much(content):
        raise Unfit(ENORMOUS)
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
        _check_list(entries)
        for entry in entries:
            _check_part(entry.filename, _unpacked(content, entry, room), room, depth)
    except _UNREADABLE as error:
        raise Unfit(DAMAGED) from error


def _lists_too_much(content: bytes) -> bool:
    """Counted before they are listed: each line of the list weighs ten times its own weight."""
    return content.count(b"PK\x01\x02") > 2 * MAX_ENTRIES


def _check_list(entries: list[ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise Unfit(ENORMOUS)
    if any(_MACROS.search(entry.filename) for entry in entries):
        raise Unfit(MACROS)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unfit(LOCKED)
    if any(_leads_elsewhere(entry.orig_filename) for entry in entries):
        raise Unfit(DAMAGED)
    # In a bomb, a thousand entries share the same bytes.
    placed = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, following in pairwise(placed):
        if entry.header_offset + 30 + entry.compress_size > following.header_offset:
            raise Unfit(ENORMOUS)
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise Unfit(DAMAGED)  # two readers would not see the same document


def _leads_elsewhere(name: str) -> bool:
    return name.startswith("/") or bool(re.search(r"\\|\x00|^[A-Za-z]:|(^|/)\.\.(/|$)", name))


def _unpacked(content: bytes, entry: ZipInfo, room: _Room) -> bytes:
    """What it really holds; raises Unfit beyond the room that is left."""
    at = entry.header_offset
    if content[at : at + 4] != ARCHIVE:
        raise BadZipFile
    names = int.from_bytes(content[at + 26 : at + 28], "little")
    extra = int.from_bytes(content[at + 28 : at + 30], "little")
    start = at + 30 + names + extra
    packed = content[start : start + entry.compress_size]
    if entry.compress_type == ZIP_STORED:
        room.take(len(packed))
        return packed
    if entry.compress_type != ZIP_DEFLATED:
        raise NotImplementedError
    held = b"".join(_inflated(packed, room))
    if len(held) != entry.file_size:
        raise Unfit(ENORMOUS)
    return held


def _inflated(packed: bytes, room: _Room) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    while packed and not unpacking.eof:
        step = unpacking.decompress(packed, STEP)
        room.take(len(step))
        yield step
        packed = unpacking.unconsumed_tail


def _check_part(name: str, held: bytes, room: _Room, depth: int) -> None:
    if held.startswith(OLD_OFFICE):
        raise Unfit(OBJECTS)
    if held.startswith(ARCHIVE):
        if depth == MAX_DEPTH or document(held) is None:
            raise Unfit(OBJECTS)
        _examine(held, room, depth + 1)
    elif name == "[Content_Types].xml" and _MACRO_TYPES.search(held):
        raise Unfit(MACROS)
    elif name == "META-INF/manifest.xml" and b"encryption-data" in held:
        raise Unfit(LOCKED)
    elif name.endswith((".xml", ".rels")) and b"<!ENTITY" in held:
        raise Unfit(DAMAGED)
    elif name.endswith((".rels", "[Content_Types].xml")) and held.startswith(_WIDE):
        raise Unfit(DAMAGED)  # in letters of two bytes, none of this would be read
    elif name.endswith(".rels") and any(map(_fetches, _RELATION.findall(held))):
        raise Unfit(FETCHES)
    elif name.endswith(".xml") and _PROGRAM.search(held):
        raise Unfit(MACROS)


def _fetches(relation: bytes) -> bool:
    return bool(_FOLLOWED.search(relation) and _AWAY.search(relation))
