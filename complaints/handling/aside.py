"""Sound files kept aside for an hour while their form is on a screen: none has to be found again.

A browser forgets chosen files. They lie in the private storage under a random name; the page
carries a signed token for each, which is worth nothing under another salt.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from complaints.handling import antivirus
from complaints.intake import CheckedFile, accepted
from complaints.intake.files import Cleaned
from complaints.models.private import private_storage

# One purge looks after all of them: that of the public pages.
FOLDER = "pending"
LIFE = timedelta(hours=1)


@dataclass(frozen=True)
class Kept:
    """One file kept aside, as the page shows it."""

    token: str
    name: str
    size: int


def taken_back(tokens: Iterable[str], *, salt: str) -> tuple[MultiValueDict, int]:
    """The files of these tokens by field, and how many are gone or were never ours."""
    files, gone = MultiValueDict(), 0
    for token in tokens:
        try:
            field, path, name = signing.loads(token, salt=salt, max_age=LIFE)
            with private_storage().open(path) as file:
                files.appendlist(field, Cleaned(name, file.read()))
        except (signing.BadSignature, FileNotFoundError):
            gone += 1
    return files, gone


def put_aside(files: MultiValueDict, *, salt: str) -> list[Kept]:
    """Keep those that are sound; the others are refused by their form."""
    found = [
        (field, file)
        for field, uploads in files.lists()
        for upload in uploads
        if (file := sound(upload))
    ]
    return [store(field, file, salt=salt) for field, file in found]


def forget(tokens: Iterable[str], *, salt: str) -> None:
    """They were filed, or kept again."""
    for token in tokens:
        try:
            private_storage().delete(signing.loads(token, salt=salt)[1])
        except signing.BadSignature:
            continue


def sound(upload: SimpleUploadedFile) -> CheckedFile | None:
    """The checked file; nothing for one that will be refused."""
    try:
        file = accepted(upload)
    except ValidationError:
        return None
    return None if antivirus.refusal(file) else file


def store(field: str, file: CheckedFile, *, salt: str) -> Kept:
    """Keep a sound file."""
    file.file.seek(0)
    path = private_storage().save(f"{FOLDER}/{uuid4().hex}", file.file)
    return Kept(signing.dumps([field, path, file.name], salt=salt), file.name, file.size)
