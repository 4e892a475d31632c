"""What a file really is, from its bytes: recognised, and free of traps."""

import re
from io import BytesIO
from zipfile import is_zipfile

import filetype

from complaints.intake.files import archives, images, pdfs
from complaints.intake.files.refused import Unfit

IMAGES = images.FORMATS
OFFICE = frozenset({"docx", "odt", "xlsx", "ods"})
HIDES_ARCHIVE = "cache une archive : faites-en une nouvelle copie (PDF ou capture d’écran)"

_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(
    rb"\s*(<(!doctype|html|head|body|script|svg|\?)|#!)|.{0,1024}<script\b", re.I | re.S
)


def recognised(content: bytes) -> str | None:
    """The extension that the bytes deserve, among those we accept; none when they are foreign."""
    if content.startswith(archives.ARCHIVE):
        return archives.document(content)
    found = filetype.guess(content)
    if found is not None and found.extension in {"pdf", *IMAGES}:
        return found.extension
    return None


def is_text(content: bytes) -> bool:
    """Words and nothing else: no control character, and no markup a browser would run."""
    text = content.removeprefix(b"\xef\xbb\xbf")
    return not _CONTROLS.search(text) and not _MARKUP.match(text)


def cleaned(kind: str, content: bytes) -> bytes:
    """What is kept of a file of this kind: an image drawn anew, the rest as it came.

    Raises Unfit when there is something wrong in it.
    """
    if kind in OFFICE:
        archives.examine(content)
        return content
    if is_zipfile(BytesIO(content)):
        raise Unfit(HIDES_ARCHIVE)
    if kind == "pdf":
        pdfs.examine(content)
    return images.redrawn(kind, content) if kind in IMAGES else content
