"""A sent file, accepted or refused with a sentence that names it and says what to do.

Accepted: what people use as evidence and what a browser never runs. PDF; photos and screenshots
(JPG, PNG, WebP); Word, LibreOffice and Excel documents without macros; plain text. Not GIF: nobody
sends evidence in it, and it is the usual disguise of an archive. Not HTML, SVG or archives.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from django.core.exceptions import ValidationError

from complaints.intake.contents import is_text, recognised, trap
from complaints.intake.filenames import clean_name, extension
from complaints.intake.typography import sentence

MAX_SIZE = 10 * 1024 * 1024
MEGA = 1024 * 1024

_OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "txt": "text/plain",
}
_SAME = {"jpeg": "jpg"}
# A phone reads this list and turns its own photo format into JPG.
ACCEPT = ",".join(f".{ending}" for ending in [*CONTENT_TYPES, *_SAME])
ACCEPTED_IN_WORDS = "PDF, JPG, PNG, WebP, DOCX, ODT, XLSX ou TXT"


class Upload(Protocol):
    """What Django's uploaded files offer, and all that is used of them."""

    name: str | None
    size: int | None

    def read(self) -> bytes: ...

    def seek(self, position: int) -> object: ...


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed: its cleaned name, its type by content, its content ready to be read."""

    name: str
    content_type: str
    size: int
    sha256: str
    file: Upload = field(compare=False, repr=False)


def accepted(upload: Upload, *, max_size: int = MAX_SIZE) -> CheckedFile:
    """The file once checked; raises ValidationError with one sentence."""
    name = clean_name(upload.name)
    size = upload.size or 0
    if not size:
        raise _refused(name, "est vide : vérifiez-le, puis joignez-le de nouveau")
    if size > max_size:
        raise _refused(
            name,
            "pèse {weight} Mo et la limite est de {limit} Mo : réduisez-le ou partagez-le",
            weight=_mega(size),
            limit=_mega(max_size),
        )
    kind = _kind(name)
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    _check(name, kind, content)
    return CheckedFile(name, CONTENT_TYPES[kind], size, sha256(content).hexdigest(), upload)


def _kind(name: str) -> str:
    ending = extension(name)
    kind = _SAME.get(ending, ending)
    if kind not in CONTENT_TYPES:
        raise _refused(
            name,
            "n’est pas d’un type accepté : enregistrez-le en {types}, puis joignez-le",
            types=ACCEPTED_IN_WORDS,
        )
    return kind


def _check(name: str, kind: str, content: bytes) -> None:
    found = recognised(content)
    if kind == "txt" and is_text(content):
        found = "txt"
    if found is None or found != kind:
        raise _disagrees(name, kind, found)
    if problem := trap(kind, content):
        raise _refused(name, problem)


def _disagrees(name: str, kind: str, found: str | None) -> ValidationError:
    if found is None:
        return _refused(
            name,
            "n’a pas le contenu d’un fichier {kind} : ouvrez-le, enregistrez-le en PDF, puis "
            "joignez-le de nouveau",
            kind=kind.upper(),
        )
    return _refused(
        name,
        "contient en réalité un fichier {found} : renommez-le « {right} », puis joignez-le "
        "de nouveau",
        found=found.upper(),
        right=f"{name.rpartition('.')[0]}.{found}",
    )


def _refused(name: str, end: str, **values: object) -> ValidationError:
    return ValidationError(sentence("« {name} » " + end + ".", name=name, **values))


def _mega(size: int) -> str:
    """In tenths, rounded up: a file just above the limit must not seem to be within it."""
    return f"{-(-size * 10 // MEGA) / 10:g}".replace(".", ",")
