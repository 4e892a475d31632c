"""What a file really is, from its bytes: recognised, and free of traps."""

import re
import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, is_zipfile

import filetype
from PIL import Image

MAX_PIXELS = 25_000_000
MAX_ENTRIES = 2_000
MAX_UNPACKED = 100 * 1024 * 1024

IMAGES = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
_OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_OPEN_DOCUMENT = {b"application/vnd.oasis.opendocument.text": "odt"}
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(
    rb"\s*(<(!doctype|html|head|body|script|svg|\?)|#!)|.{0,1024}<script\b", re.I | re.S
)
_UNREADABLE = (
    BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    ValueError,
    KeyError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    SyntaxError,
    OverflowError,
)


def recognised(content: bytes) -> str | None:
    """The extension that the bytes deserve, among those we accept; none when they are foreign."""
    if content.startswith(b"PK\x03\x04"):
        return _document(content)
    found = filetype.guess(content)
    if found is not None and found.extension in {"pdf", *IMAGES}:
        return found.extension
    return None


def is_text(content: bytes) -> bool:
    """Words and nothing else: no control character, and no markup a browser would run."""
    text = content.removeprefix(b"\xef\xbb\xbf")
    return not _CONTROLS.search(text) and not _MARKUP.match(text)


def trap(extension: str, content: bytes) -> str | None:
    """What is wrong in a file of this type, as the end of a sentence; none when it is sound."""
    if extension in IMAGES:
        problem = _image_trap(extension, content)
    elif extension in _OFFICE or extension == "odt":
        return _archive_trap(content)
    else:
        problem = None
    if problem is None and is_zipfile(BytesIO(content)):
        return "cache une archive : faites-en une nouvelle copie (PDF ou capture d’écran)"
    return problem


def _document(content: bytes) -> str | None:
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


def _archive_trap(content: bytes) -> str | None:
    with ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        return "est démesuré une fois ouvert : enregistrez-le en PDF"
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        return "contient des macros : enregistrez-le en PDF"
    return None


def _image_trap(extension: str, content: bytes) -> str | None:
    """The size is read in the header; nothing is decoded here."""
    too_big = "dépasse 25 millions de points : réduisez l’image"
    try:
        with Image.open(BytesIO(content), formats=[IMAGES[extension]]) as image:
            return too_big if image.width * image.height > MAX_PIXELS else None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return too_big
    except _UNREADABLE:
        return "est abîmé : faites-en une nouvelle copie"
