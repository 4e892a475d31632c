"""The files of a visitor, kept aside when their form comes back with errors.

The page carries a token for each, in a box that a person can untick.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from complaints.handling import aside
from complaints.handling.aside import FOLDER, LIFE, Kept
from complaints.models.private import private_storage

# A hyphen: no question of a form has one in its key.
INPUT = "kept-file"
# What strangers may make us keep at once; above it, people are asked to choose their files again.
MOST = 500 * 1024 * 1024
SALT = "pages.pending"
GONE = (
    "Un fichier gardé de côté depuis plus d’une heure a été effacé\u00a0: joignez-le de nouveau, "
    "puis envoyez."
)


@dataclass(frozen=True)
class Sent:
    """What a person sent this time and before, by field; how many kept files are gone."""

    files: MultiValueDict
    gone: int


def sent_files(request: HttpRequest, fields: Iterable[str]) -> Sent:
    """The files kept from an earlier try, then those of this one."""
    kept, gone = aside.taken_back(request.POST.getlist(INPUT), salt=SALT)
    both = {name: kept.getlist(name) + request.FILES.getlist(name) for name in fields}
    return Sent(MultiValueDict(both), gone)


def keep(sent: Sent) -> list[Kept]:
    """Keep the sound files; `sent.files` is left with those that could not be kept."""
    kept = []
    room = MOST - _weight()
    for field, uploads in list(sent.files.lists()):
        left = []
        for upload in uploads:
            file = aside.sound(upload)
            if file and file.size <= room:
                room -= file.size
                kept.append(aside.store(field, file, salt=SALT))
            elif file:
                left.append(upload)
        sent.files.setlist(field, left)
    return kept


def discard(request: HttpRequest) -> None:
    """Forget the files of this form: they were filed, or kept again."""
    aside.forget(request.POST.getlist(INPUT), salt=SALT)


def purge(now: datetime | None = None) -> int:
    """Forget what nobody came back for. Returns how many."""
    limit = (now or timezone.now()) - LIFE
    storage = private_storage()
    old = [path for path in _paths() if storage.get_modified_time(path) < limit]
    for path in old:
        storage.delete(path)
    return len(old)


def _paths() -> list[str]:
    storage = private_storage()
    if not storage.exists(FOLDER):
        return []
    return [f"{FOLDER}/{name}" for name in storage.listdir(FOLDER)[1]]


def _weight() -> int:
    return sum(private_storage().size(path) for path in _paths())
