"""Private files that no row names: left by a double click or a crash, they tell of persons too."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Model

from complaints.models import Attachment, DraftFile, Letter, ProcedureDocument
from complaints.models.private import private_storage

# A file is written before its row: the young ones are not strays yet.
GRACE = timedelta(days=1)
FIELDS: dict[type[Model], str] = {
    Attachment: "file",
    DraftFile: "file",
    Letter: "pdf",
    ProcedureDocument: "pdf",
}


def delete_strays(now: datetime) -> int:
    """Delete them; returns how many."""
    storage, deleted = private_storage(), 0
    for model, field in FIELDS.items():
        for shelf in _folders(model._meta.model_name):
            known = model._default_manager.filter(**{f"{field}__startswith": f"{shelf}/"})
            kept = set(known.values_list(field, flat=True))
            for name in (f"{shelf}/{file}" for file in storage.listdir(shelf)[1]):
                if name not in kept and storage.get_modified_time(name) < now - GRACE:
                    storage.delete(name)
                    deleted += 1
    return deleted


def _folders(folder: str) -> Iterator[str]:
    storage = private_storage()
    if storage.exists(folder):
        yield from (f"{folder}/{shelf}" for shelf in storage.listdir(folder)[0])
