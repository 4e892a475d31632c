"""Where private files lie: outside anything the web serves, under names that say nothing."""

from pathlib import PurePath
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models


def private_storage() -> FileSystemStorage:
    """The storage of attachments and letters; it has no address, only checked views read it."""
    return FileSystemStorage(location=settings.PRIVATE_ROOT, base_url=None)


def private_path(instance: models.Model, filename: str) -> str:
    """A random name in a folder per kind: the name given by a person never reaches the disk."""
    name = uuid4().hex
    return f"{instance._meta.model_name}/{name[:2]}/{name}{PurePath(filename).suffix.lower()[:10]}"
