"""Drafts: what a person has begun to write is kept as typed, resumed by code, sent, forgotten."""

import hmac
from base64 import b32encode
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from complaints.handling.filing import Submission, file_dossier, filed_already
from complaints.intake import CheckedFile
from complaints.models import Dossier, Draft, DraftFile, FormVersion, Organisation
from complaints.models.tracking import tracking_hash

# What one draft may hold, and what strangers may make us keep at once.
MOST_FILES = 40
MOST_BYTES = 2 * 1024**3
# So many at once, so that a purge never holds the database for long.
BATCH = 200

Typed = dict[str, list[str]]


class Gone(Exception):
    """The draft was sent, erased or purged while its author was still writing."""


def is_resume_code(code: str, key: UUID) -> bool:
    """Whether this code opens the draft of that key, or opened it while there was one."""
    return hmac.compare_digest(tracking_hash(code), tracking_hash(resume_code(key)))


def resume_code(key: UUID) -> str:
    """80 bits that open the draft elsewhere; known to nobody without the server's secret."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"brouillon" + key.bytes, "sha256")
    text = b32encode(digest).decode()[:16]
    return "-".join(text[i : i + 4] for i in range(0, 16, 4))


def begin(key: UUID, version: FormVersion, typed: Typed, step: str, *, at: datetime) -> Draft:
    """The draft of that key, new or not: the first words of it that arrive are kept."""
    draft = Draft(
        key=key,
        organisation=version.form.organisation,
        form_version=version,
        resume_hash=tracking_hash(resume_code(key)),
        started_at=at,
    )
    try:
        with transaction.atomic():
            return write(draft, typed, step, at=at)
    except IntegrityError:  # the same form was sent twice at once
        return write(Draft.objects.get(key=key), typed, step, at=at)


def locked(draft: Draft) -> Typed:
    """What it holds now, that nobody else writes until the end of the transaction."""
    held = Draft.objects.select_for_update().filter(pk=draft.pk).values_list("typed", flat=True)
    for typed in held:
        return typed
    raise Gone


def write(draft: Draft, typed: Typed, step: str, *, at: datetime) -> Draft:
    """Keep what is now typed; the time it is kept starts anew."""
    draft.typed, draft.step, draft.saved_at = typed, step, at
    kept = timedelta(days=draft.organisation.draft_days)
    draft.purge_on = timezone.localdate(at, draft.organisation.clock) + kept
    draft.save(force_update=draft.pk is not None)
    return draft


def move(draft: Draft, step: str) -> None:
    """Where the person goes on from, if they leave now."""
    Draft.objects.filter(pk=draft.pk).update(step=step)


def join(draft: Draft, files: Iterable[CheckedFile]) -> list[CheckedFile]:
    """Keep checked files with the draft; returns those for which there is no room."""
    files = list(files)
    if not files:
        return []
    known = set(draft.files.values_list("question", "sha256"))
    weight = DraftFile.objects.aggregate(total=Sum("size"))["total"] or 0
    left = []
    for file in files:
        mark = (file.question, file.sha256)
        if mark in known:
            continue
        if len(known) >= MOST_FILES or weight + file.size > MOST_BYTES:
            left.append(file)
            continue
        _keep(draft, file)
        known.add(mark)
        weight += file.size
    return left


def _keep(draft: Draft, file: CheckedFile) -> None:
    DraftFile.objects.create(
        draft=draft,
        question=file.question,
        file=File(file.file, name=file.name),
        original_name=file.name,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
    )


def take_back(draft: Draft, files: Iterable[int]) -> None:
    """Forget these files of the draft."""
    for kept in draft.files.filter(pk__in=list(files)):
        kept.delete()
        transaction.on_commit(partial(kept.file.storage.delete, kept.file.name))


def checked(kept_files: Iterable[DraftFile]) -> MultiValueDict:
    """The files of a draft by question, as they were checked when they came."""
    files: MultiValueDict = MultiValueDict()
    for kept in kept_files:
        file = CheckedFile(
            name=kept.original_name,
            content_type=kept.content_type,
            size=kept.size,
            sha256=kept.sha256,
            file=kept.file,
            question=kept.question,
        )
        files.appendlist(kept.question, file)
    return files


def find_draft(organisation: Organisation, code: str) -> Draft | None:
    """The draft that this code opens, of that organisation."""
    drafts = organisation.drafts.select_related("form_version__form", "organisation")
    return drafts.filter(resume_hash=tracking_hash(code)).first()


def send(
    draft: Draft | None, submission: Submission, *, at: datetime, filed: Sequence[str] = ()
) -> Dossier:
    """The dossier, and no draft any more: both or neither.

    `filed`: the references of what this person has sent; one that says the very same is the one.
    """
    with transaction.atomic(), ExitStack() as opened:
        for file in submission.files:
            if hasattr(file.file, "close"):
                opened.callback(file.file.close)
        dossier = filed_already(submission, filed) or file_dossier(submission, at=at).dossier
        if draft:
            erase(draft)
    return dossier


def erase(draft: Draft) -> None:
    """Forget it and its files; the files go once the row is gone for good."""
    stored = [kept.file for kept in draft.files.all()]
    draft.delete()

    def forget() -> None:
        for file in stored:
            file.storage.delete(file.name)

    transaction.on_commit(forget)


def purge_drafts(now: datetime) -> int:
    """Forget the drafts whose time has come; returns how many."""
    old: Sequence[Draft] = Draft.objects.filter(purge_on__lt=timezone.localdate(now))[:BATCH]
    for draft in old:
        with transaction.atomic():
            erase(draft)
    return len(old)
