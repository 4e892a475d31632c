"""A sent file, accepted or refused with a sentence that names it and says what to do.

Accepted: what people use as evidence and what a browser never runs. PDF; photos and screenshots
(JPG, PNG, WebP); Word, LibreOffice and Excel documents without macros; plain text. Not GIF: nobody
sends evidence in it, and it is the usual disguise of an archive. Not HTML, SVG or archives.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Protocol

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from complaints.intake.files import archives, contents
from complaints.intake.files.names import clean_name, extension
from complaints.intake.files.refused import LOCKED, Unfit
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
# What a question may be limited to, and how it is said.
FILE_TYPES = {
    "pdf": ("pdf",),
    "image": ("jpg", "png", "webp"),
    "document": ("docx", "odt"),
    "spreadsheet": ("xlsx",),
    "text": ("txt",),
}
_IN_WORDS = {
    "pdf": "PDF",
    "image": "photo ou image (JPG, PNG, WebP)",
    "document": "document (DOCX, ODT)",
    "spreadsheet": "tableau (XLSX)",
    "text": "texte simple (TXT)",
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


class Discarded(UploadedFile):
    """What is left of a file that was too heavy to be received: its name, its weight, and why."""

    def __init__(self, name: str, size: int, reason: str = "") -> None:
        super().__init__(BytesIO(), name, size=size)
        self.reason = reason


class Cleaned(SimpleUploadedFile):
    """A file that passed an earlier time and was kept as it came out: not drawn a second time."""


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed: its cleaned name, its type by content, its content ready to be read."""

    name: str
    content_type: str
    size: int
    sha256: str
    file: Upload = field(compare=False, repr=False)
    # The key of the question it answers; empty when it answers none.
    question: str = ""


def accept(types: Sequence[str] = ()) -> str:
    """What a browser's file box proposes for these types; everything we take when there is none."""
    endings = _endings(types)
    return ",".join(f".{e}" for e in [*endings, *(s for s, e in _SAME.items() if e in endings)])


def types_in_words(types: Sequence[str] = ()) -> str:
    """What a question takes, as people read it: « PDF, tableau (XLSX) »."""
    return ", ".join(_IN_WORDS[key] for key in FILE_TYPES if key in types) or ACCEPTED_IN_WORDS


def accepted(upload: Upload, *, types: Sequence[str] = (), max_size: int = MAX_SIZE) -> CheckedFile:
    """The file once checked and cleaned; raises ValidationError with one sentence.

    `types`: keys of FILE_TYPES, the only ones this question takes; none: all. The same upload asked
    again is not judged again: a photo or a hostile file takes time.
    """
    name = clean_name(upload.name)
    _check_weight(name, upload, max_size)
    kind = _kind(name, types)
    judged = getattr(upload, "judged", None)
    if judged is None:
        try:
            judged = _checked(name, kind, upload)
        except ValidationError as error:
            judged = error
        upload.judged = judged  # type: ignore[attr-defined]
    if isinstance(judged, ValidationError):
        raise judged
    return judged


def _check_weight(name: str, upload: Upload, max_size: int) -> None:
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
    if isinstance(upload, Discarded):
        raise _refused(name, upload.reason)


def _checked(name: str, kind: str, upload: Upload) -> CheckedFile:
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    _check(name, kind, content)
    try:
        kept = content if isinstance(upload, Cleaned) else contents.cleaned(kind, content)
    except Unfit as unfit:
        raise _refused(name, unfit.end) from unfit
    content_type = CONTENT_TYPES[kind]
    file = upload if kept is content else SimpleUploadedFile(name, kept, content_type)
    return CheckedFile(name, content_type, len(kept), sha256(kept).hexdigest(), file)


def _endings(types: Sequence[str]) -> list[str]:
    return [ending for key, of in FILE_TYPES.items() if not types or key in types for ending in of]


def _kind(name: str, types: Sequence[str]) -> str:
    ending = extension(name)
    kind = _SAME.get(ending, ending)
    if kind not in _endings(types):
        here = "à cette question " if types else ""
        raise _refused(
            name,
            "n’est pas d’un type accepté " + here + ": enregistrez-le en {types}, puis joignez-le",
            types=_endings_in_words(types),
        )
    return kind


def _endings_in_words(types: Sequence[str]) -> str:
    names = ["WebP" if ending == "webp" else ending.upper() for ending in _endings(types)]
    return " ou ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _check(name: str, kind: str, content: bytes) -> None:
    found = contents.recognised(content)
    if found is None and kind == "txt" and contents.is_text(content):
        found = "txt"
    if found is None and kind in contents.OFFICE and archives.is_locked(content):
        raise _refused(name, LOCKED)
    if found is None or found != kind:
        raise _disagrees(name, kind, found)


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
