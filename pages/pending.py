"""Files kept aside for an hour when their form comes back with errors: none has to be found again.

A browser forgets chosen files. The sound ones lie in the private storage under a random name; the
page carries a signed token for each, in a box that a person can untick.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from complaints.handling import antivirus
from complaints.intake import CheckedFile, accepted
from complaints.intake.files import Cleaned
from complaints.models.private import private_storage

# A hyphen: no question of a form has one in its key.
INPUT = "kept-file"
FOLDER = "pending"
LIFE = timedelta(hours=1)
# What strangers may make us keep at once; above it, people are asked to choose their files again.
MOST = 500 * 1024 * 1024
SALT = "pages.pending"
GONE = (
    "Un fichier gardé de côté depuis plus d’une heure a été effacé\u00a0: joignez-le de nouveau, "
    "puis envoyez."
)


@dataclass(frozen=True)
class Kept:
    """One file kept aside, as the page shows it."""

    token: str
    name: str
    size: int


@dataclass(frozen=True)
class Sent:
    """What a person sent this time and before, by field; how many kept files are gone."""

    files: MultiValueDict
    gone: int


def sent_files(request: HttpRequest, fields: Iterable[str]) -> Sent:
    """The files kept from an earlier try, then those of this one."""
    files = MultiValueDict({name: [] for name in fields})
    gone = 0
    for token in request.POST.getlist(INPUT):
        try:
            field, path, name = signing.loads(token, salt=SALT, max_age=LIFE)
            with private_storage().open(path) as file:
                files.appendlist(field, Cleaned(name, file.read()))
        except (signing.BadSignature, FileNotFoundError):
            gone += 1
    for name in files:
        files.setlist(name, files.getlist(name) + request.FILES.getlist(name))
    return Sent(files, gone)


def keep(sent: Sent) -> list[Kept]:
    """Keep the sound files; `sent.files` is left with those that could not be kept."""
    kept = []
    room = MOST - _weight()
    for field, uploads in list(sent.files.lists()):
        left = []
        for upload in uploads:
            file = _checked(upload)
            if file and file.size <= room:
                room -= file.size
                kept.append(_store(field, file))
            elif file:
                left.append(upload)
        sent.files.setlist(field, left)
    return kept


def discard(request: HttpRequest) -> None:
    """Forget the files of this form: they were filed, or kept again."""
    for token in request.POST.getlist(INPUT):
        try:
            private_storage().delete(signing.loads(token, salt=SALT)[1])
        except signing.BadSignature:
            continue


def purge(now: datetime | None = None) -> int:
    """Forget what nobody came back for. Returns how many."""
    limit = (now or timezone.now()) - LIFE
    storage = private_storage()
    old = [path for path in _paths() if storage.get_modified_time(path) < limit]
    for path in old:
        storage.delete(path)
    return len(old)


def _checked(upload: SimpleUploadedFile) -> CheckedFile | None:
    try:
        file = accepted(upload)
    except ValidationError:
        return None
    return None if antivirus.refusal(file) else file


def _store(field: str, file: CheckedFile) -> Kept:
    path = private_storage().save(f"{FOLDER}/{uuid4().hex}", file.file)
    return Kept(signing.dumps([field, path, file.name], salt=SALT), file.name, file.size)


def _paths() -> list[str]:
    storage = private_storage()
    if not storage.exists(FOLDER):
        return []
    return [f"{FOLDER}/{name}" for name in storage.listdir(FOLDER)[1]]


def _weight() -> int:
    return sum(private_storage().size(path) for path in _paths())
