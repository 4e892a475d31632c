"""Filing: what a person sent becomes a dossier with a number, a code, a receipt and clocks."""

import hmac
import json
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
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
from complaints.handling.standing import next_due_on
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
    entered_by: AbstractBaseUser | None = None


@dataclass(frozen=True)
class Filed:
    """The dossier, and the code that only its complainant is told."""

    dossier: Dossier
    code: str


def file_dossier(submission: Submission, *, at: datetime) -> Filed:
    """File once: the same submission sent again gives the same dossier and the same code.

    Other words or files under a key that has served are another dossier, once too.
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
    return Dossier.objects.filter(submission_key=key).first()


def _key_of(submission: Submission) -> UUID:
    """A key that those words and files have in this form, and no others."""
    files = [file.sha256 for file in submission.files]
    words = json.dumps([submission.answers, files], sort_keys=True)
    return uuid5(submission.key, f"{submission.organisation.pk} {words}")


def _file(submission: Submission, at: datetime) -> Filed:
    code = tracking_code(submission.key)
    dossier = _new_dossier(submission, at)
    dossier.submission_key, dossier.tracking_hash = submission.key, tracking_hash(code)
    dossier.save()
    _name_the_parties(dossier, submission)
    attachments = [keep_file(dossier, file, at) for file in submission.files]
    actor = Actor.staff(submission.entered_by) if submission.entered_by else Actor.complainant()
    act = Act(dossier, actor, at)
    act.record(
        EventKind.RECEIVED,
        personal={"answers": submission.answers},
        channel=submission.channel,
        form=str(submission.form_version),
        procedure=str(submission.procedure_version),
        files=[attachment.sha256 for attachment in attachments],
    )
    lettering.send_receipt(act, attachments, code)
    lettering.tell_the_team(act, "new", f"Nouveau dossier {dossier.reference}")
    dossier.next_due_on = next_due_on(dossier)
    dossier.save()
    return Filed(dossier, code)


def _new_dossier(submission: Submission, at: datetime) -> Dossier:
    facts = intake.mapped(submission.form_version.parsed(), submission.answers)
    own = {name.removeprefix("dossier."): v for name, v in facts.items() if _is_of(name, "dossier")}
    year = timezone.localdate(at).year
    number = Numbering.take(submission.organisation, "dossier", year)
    dossier = Dossier(
        organisation=submission.organisation,
        procedure_version=submission.procedure_version,
        form_version=submission.form_version,
        reference=f"{submission.organisation.prefix}-{year}-{number:04}",
        channel=submission.channel,
        kind=own.pop("kind", Kind.COMPLAINT),
        stakeholder=facts.get("complainant.stakeholder", ""),
        received_at=at,
        completed_at=at,
        expressed_on=own.pop("first_expressed_on", None),
        first_channel=own.pop("first_expressed_channel", ""),
        answers=submission.answers,
        **{name: own[name] for name in own.keys() & WRITTEN_FACTS},
    )
    dossier.enter(dossier.rules.first_stage)
    return dossier


WRITTEN_FACTS = {
    "facts_on",
    "subject",
    "description",
    "expectations",
    "training",
    "session",
    "consumer",
    "operations",
    "third_parties",
}


def _is_of(name: str, noun: str) -> bool:
    return name.startswith(f"{noun}.")


def _name_the_parties(dossier: Dossier, submission: Submission) -> None:
    facts = intake.mapped(submission.form_version.parsed(), submission.answers)
    for role in (Party.Role.COMPLAINANT, Party.Role.REPRESENTATIVE):
        of_role = {n.split(".")[1]: v for n, v in facts.items() if _is_of(n, role) and v}
        if of_role.keys() - {"consents_to_disclosure"}:  # a consent alone is nobody
            Party.objects.create(dossier=dossier, role=role, **of_role)


def _same(dossier: Dossier, submission: Submission) -> bool:
    """The same words and the same files: a double click, a reload, the back button."""
    files = {attachment.sha256 for attachment in dossier.attachments.all()}
    return (
        dossier.answers == submission.answers
        and dossier.organisation_id == submission.organisation.pk
        and files == {file.sha256 for file in submission.files}
    )


def tracking_code(key: UUID) -> str:
    """100 bits, the same for the same submission, known to nobody without the server's secret."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"suivi" + key.bytes, "sha256")
    text = b32encode(digest).decode()[:20]
    return "-".join(text[i : i + 5] for i in range(0, 20, 5))
