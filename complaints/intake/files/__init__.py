"""A sent file, accepted or refused with a sentence that names it and says what to do.

Accepted: what people use as evidence and what a browser never runs. PDF; photos and screenshots
(JPG, PNG, WebP, and HEIC, kept as JPG); Word, LibreOffice and Excel documents without macros; plain
text. Not GIF: nobody sends evidence in it, and it is the usual disguise of an archive. Not HTML,
SVG or archives. What the content is decides; a name that says otherwise is put right.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from complaints.intake.files import archives, contents
from complaints.intake.files.foreign import instead
from complaints.intake.files.names import clean_name, extension, has_ending, renamed
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
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain",
}
# What a question may be limited to, and how it is said.
FILE_TYPES = {
    "pdf": ("pdf",),
    "image": ("jpg", "png", "webp", "heic"),
    "document": ("docx", "odt"),
    "spreadsheet": ("xlsx", "ods"),
    "text": ("txt",),
}
_TYPES_IN_WORDS = {
    "pdf": "PDF",
    "image": "photo ou image (JPG, PNG, WebP, HEIC)",
    "document": "document (DOCX, ODT)",
    "spreadsheet": "tableau (XLSX, ODS)",
    "text": "texte simple (TXT)",
}
_SAME = {"jpeg": "jpg", "jfif": "jpg", "heif": "heic"}
# What we keep of a photo that most computers cannot show.
_KEPT_AS = {"heic": "jpg"}
# A phone reads this list and turns its own photo format into JPG: HEIC is taken, never asked for.
_PROPOSED = [*CONTENT_TYPES, *(other for other, ending in _SAME.items() if ending not in _KEPT_AS)]
ACCEPT = ",".join(f".{ending}" for ending in _PROPOSED)
ACCEPTED_IN_WORDS = "PDF, JPG, PNG, WebP, HEIC, DOCX, ODT, XLSX, ODS ou TXT"

Judged = TypeVar("Judged")


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
    asked = [ending for ending in _endings(types) if ending not in _KEPT_AS]
    return ",".join(f".{e}" for e in [*asked, *(s for s, e in _SAME.items() if e in asked)])


def types_in_words(types: Sequence[str] = ()) -> str:
    """What a question takes, as people read it: « PDF, tableau (XLSX) »."""
    return (
        ", ".join(_TYPES_IN_WORDS[key] for key in FILE_TYPES if key in types) or ACCEPTED_IN_WORDS
    )


def accepted(upload: Upload, *, types: Sequence[str] = (), max_size: int = MAX_SIZE) -> CheckedFile:
    """The file once checked and cleaned; raises ValidationError with one sentence.

    `types`: keys of FILE_TYPES, the only ones this question takes; none: all.
    """
    name = clean_name(upload.name)
    _check_weight(name, upload, max_size)
    taken = _endings(types)
    if has_ending(name) and _ending(name) not in _endings():
        raise _foreign(name, taken)
    kind = _once(upload, "recognised", lambda: _kind(name, _content(upload)))
    if kind not in taken:
        raise _foreign(name, taken)
    return _once(upload, "judged", lambda: _checked(name, kind, upload))


def _once(upload: Upload, mark: str, judge: Callable[[], Judged]) -> Judged:
    """The same upload asked again is not judged again: a photo or a hostile file takes time."""
    said = getattr(upload, mark, None)
    if said is None:
        try:
            said = judge()
        except ValidationError as error:
            said = error
        setattr(upload, mark, said)
    if isinstance(said, ValidationError):
        raise said
    return said


def _content(upload: Upload) -> bytes:
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    return content


def _check_weight(name: str, upload: Upload, max_size: int) -> None:
    size = upload.size or 0
    if not size:
        raise _refused(name, "est vide : vérifiez-le, puis joignez-le de nouveau")
    if size > max_size:
        raise _refused(
            name,
            "pèse {weight} Mo et la limite est de {limit} Mo : réduisez-le, ou envoyez-le "
            "en plusieurs fichiers",
            weight=_mega(size),
            limit=_mega(max_size),
        )
    if isinstance(upload, Discarded):
        raise _refused(name, upload.reason)


def _kind(name: str, content: bytes) -> str:
    """What it is, whatever its name says; a text alone is believed, having no mark of its own."""
    found, said = contents.recognised(content), _ending(name) if has_ending(name) else ""
    if found is None and said == "txt" and contents.is_text(content):
        found = said
    if found is None and said in contents.OFFICE and archives.is_locked(content):
        raise _refused(name, LOCKED)
    if found is None:
        raise _hollow(name, said) if said else _foreign(name, _endings())
    return found


def _checked(name: str, kind: str, upload: Upload) -> CheckedFile:
    content = _content(upload)
    try:
        kept = content if isinstance(upload, Cleaned) else contents.cleaned(kind, content)
    except Unfit as unfit:
        raise _refused(name, unfit.end) from unfit
    kind = _KEPT_AS.get(kind, kind)
    name = name if _ending(name) == kind else renamed(name, kind)
    content_type = CONTENT_TYPES[kind]
    file = upload if kept is content else SimpleUploadedFile(name, kept, content_type)
    return CheckedFile(name, content_type, len(kept), sha256(kept).hexdigest(), file)


def _ending(name: str) -> str:
    """What its name says it is: « jpg » for « PHOTO.JPEG »."""
    ending = extension(name)
    return _SAME.get(ending, ending)


def _endings(types: Sequence[str] = ()) -> list[str]:
    return [ending for key, of in FILE_TYPES.items() if not types or key in types for ending in of]


def _foreign(name: str, taken: Sequence[str]) -> ValidationError:
    if end := instead(extension(name), taken):
        return _refused(name, end)
    here = "" if set(taken) == set(_endings()) else "à cette question "
    return _refused(
        name,
        "n’est pas d’un type accepté " + here + ": enregistrez-le en {types}, puis joignez-le",
        types=_in_words(taken),
    )


def _in_words(endings: Sequence[str]) -> str:
    asked = [ending for ending in endings if ending not in _KEPT_AS]
    names = ["WebP" if ending == "webp" else ending.upper() for ending in asked]
    return " ou ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _hollow(name: str, said: str) -> ValidationError:
    return _refused(
        name,
        "n’a pas le contenu d’un fichier {kind} : ouvrez-le, enregistrez-le en PDF, puis "
        "joignez-le de nouveau",
        kind=said.upper(),
    )


def _refused(name: str, end: str, **values: object) -> ValidationError:
    return ValidationError(sentence("« {name} » " + end + ".", name=name, **values))


def _mega(size: int) -> str:
    """In tenths, rounded up: a file just above the limit must not seem to be within it."""
    return f"{-(-size * 10 // MEGA) / 10:g}".replace(".", ",")
