"""Filing: what a person sent becomes a dossier with a number, a code, a receipt and clocks."""

import hmac
import json
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from complaints import intake
from complaints.handling import lettering
from complaints.handling.acting import Act
from complaints.handling.actors import Actor
from complaints.handling.files import keep_file
from complaints.handling.mapped_facts import Facts, named_parties, written_facts
from complaints.handling.standing import first_due_on
from complaints.models import (
    Dossier,
    FormVersion,
    Organisation,
    Party,
    ProcedureVersion,
)
from complaints.models import (
    Sequence as Numbering,
)
from complaints.models.tracking import tracking_hash
from complaints.workflow.vocabulary import Channel, EventKind, Kind


@dataclass(frozen=True)
class Submission:
    """What is filed: the answers to one form version, and how they came."""

    organisation: Organisation
    procedure_version: ProcedureVersion
    form_version: FormVersion
    answers: dict[str, Any]
    files: Sequence[intake.CheckedFile] = ()
    channel: Channel = Channel.ONLINE
    key: UUID = field(default_factory=uuid4)
    # For what came otherwise than by the form: who types it, who wrote it down, when it came, when
    # and how it was first said.
    entered_by: AbstractBaseUser | None = None
    transcribed_by: str = ""
    received_at: datetime | None = None
    expressed_on: date | None = None
    first_channel: str = ""


@dataclass(frozen=True)
class Filed:
    """The dossier, and the code that only its complainant is told."""

    dossier: Dossier
    code: str


def file_dossier(submission: Submission, *, at: datetime) -> Filed:
    """File once: the same submission sent again gives the same dossier and the same code.

    Other words, files or questions under a key that has served are another dossier, once too.
    """
    earlier = _filed_under(submission.key)
    if earlier and not _same(earlier, submission):
        submission = replace(submission, key=_key_of(submission))
        earlier = _filed_under(submission.key)
    if earlier:
        return Filed(earlier, tracking_code(submission.key))
    try:
        with transaction.atomic():
            return _file(submission, at)
    except IntegrityError:
        # The other click of a double click was first: its dossier is the one.
        if _filed_under(submission.key):
            return file_dossier(submission, at=at)
        raise


def _filed_under(key: UUID) -> Dossier | None:
    """Most often nothing: that is asked first, the whole row only when it is there."""
    filed = Dossier.objects.filter(submission_key=key)
    return filed.first() if filed.exists() else None


def _key_of(submission: Submission) -> UUID:
    """A key that those words and files have in this form, and no others."""
    files = [file.sha256 for file in submission.files]
    words = json.dumps([submission.answers, files], sort_keys=True)
    where = f"{submission.organisation.pk} {submission.form_version.pk}"
    return uuid5(submission.key, f"{where} {words}")


def _file(submission: Submission, at: datetime) -> Filed:
    code = tracking_code(submission.key)
    facts = intake.mapped(submission.form_version.parsed(), submission.answers)
    dossier = _new_dossier(submission, facts, at)
    dossier.submission_key, dossier.tracking_hash = submission.key, tracking_hash(code)
    dossier.save()
    parties = Party.objects.bulk_create(named_parties(dossier, facts))
    attachments = [keep_file(dossier, file, at) for file in submission.files]
    actor = Actor.staff(submission.entered_by) if submission.entered_by else Actor.complainant()
    act = Act(dossier, actor, at)
    act.record(
        EventKind.RECEIVED,
        personal={"answers": submission.answers, **_noted_by(submission)},
        channel=submission.channel,
        form=str(submission.form_version),
        procedure=str(submission.procedure_version),
        files=[attachment.sha256 for attachment in attachments],
        **_came(submission),
    )
    who = next((party for party in parties if party.role == Party.Role.COMPLAINANT), None)
    lettering.announce(act, attachments, code, who)
    dossier.next_due_on = first_due_on(act.begun)
    dossier.save(update_fields=["next_due_on", "event_count"])
    return Filed(dossier, code)


def _noted_by(submission: Submission) -> dict[str, str]:
    by = submission.transcribed_by
    return {"transcribed_by": by} if by else {}


def _came(submission: Submission) -> dict[str, str]:
    """When it came, if somebody typed it in later: its time limits count from then."""
    came = submission.received_at
    return {"received_at": came.isoformat()} if came else {}


def _new_dossier(submission: Submission, facts: Facts, at: datetime) -> Dossier:
    year = timezone.localdate(at).year
    number = Numbering.take(submission.organisation, "dossier", year)
    dossier = Dossier(
        organisation=submission.organisation,
        procedure_version=submission.procedure_version,
        form_version=submission.form_version,
        reference=f"{submission.organisation.prefix}-{year}-{number:04}",
        channel=submission.channel,
        kind=facts.get("dossier.kind", Kind.COMPLAINT),
        stakeholder=facts.get("complainant.stakeholder", ""),
        received_at=submission.received_at or at,
        completed_at=submission.received_at or at,
        expressed_on=submission.expressed_on or facts.get("dossier.first_expressed_on"),
        first_channel=submission.first_channel or facts.get("dossier.first_expressed_channel", ""),
        transcribed_by=submission.transcribed_by,
        answers=submission.answers,
        **written_facts(facts),
    )
    dossier.enter(dossier.rules.first_stage)
    return dossier


def _same(dossier: Dossier, submission: Submission) -> bool:
    """The same words and files in the same form: a double click, a reload, the back button.

    Under other questions the same words say something else: « oui » to another text. The procedure
    is not compared: it may be published between two clicks, which are one filing.
    """
    files = {attachment.sha256 for attachment in dossier.attachments.all()}
    return (
        dossier.answers == submission.answers
        and dossier.organisation_id == submission.organisation.pk
        and dossier.form_version_id == submission.form_version.pk
        and files == {file.sha256 for file in submission.files}
    )


def filed_already(submission: Submission, references: Sequence[str]) -> Dossier | None:
    """The dossier, among these, that says the very same: the form was open in two tabs.

    Under other rules it is another dossier: what is promised is not the same.
    """
    if not references:
        return None
    same = Dossier.objects.filter(
        organisation=submission.organisation,
        reference__in=references,
        form_version=submission.form_version,
        procedure_version=submission.procedure_version,
    )
    return next((dossier for dossier in same if _same(dossier, submission)), None)


def tracking_code(key: UUID) -> str:
    """100 bits, the same for the same submission, known to nobody without the server's secret."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"suivi" + key.bytes, "sha256")
    text = b32encode(digest).decode()[:20]
    return "-".join(text[i : i + 5] for i in range(0, 20, 5))
