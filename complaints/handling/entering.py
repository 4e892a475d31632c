"""On behalf of: staff file what came by post, telephone, e-mail, by word of mouth, by a partner."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, QuerySet

from complaints import intake
from complaints.handling.actors import Actor
from complaints.handling.filing import Filed, Submission, file_dossier
from complaints.models import Dossier, Form, FormVersion, Organisation, Procedure, ProcedureVersion
from complaints.models.access import organisations_seen_by
from complaints.workflow.vocabulary import Phase

UNANSWERED = (None, "", [], {})


class EntryRefused(Exception):
    """That person does not see the dossiers of that organisation: they add none either."""


@dataclass(frozen=True)
class Offer:
    """A form that somebody may fill in for another, and the rules its dossier will follow."""

    form: FormVersion
    procedure: ProcedureVersion
    organisation: Organisation

    @property
    def asked(self) -> intake.FormDefinition:
        """Its questions, as staff are asked them."""
        return for_staff(self.form.parsed())


def forms_open_to(user: AbstractBaseUser) -> QuerySet[Form]:
    """The published forms of the organisations whose dossiers that person sees."""
    published = FormVersion.objects.filter(form=OuterRef("pk"))
    ruled = ProcedureVersion.objects.filter(
        procedure__organisation=OuterRef("organisation"), procedure__live=True
    )
    theirs = Form.objects.filter(organisation__in=organisations_seen_by(user), live=True)
    found = theirs.filter(Exists(published), Exists(ruled)).select_related("organisation__site")
    return found.defer("sections").order_by("organisation__name", "title", "pk")


def offered(user: AbstractBaseUser, form_id: int, number: str = "") -> Offer:
    """That form as it is published, with the rules in force. Raises EntryRefused.

    `number`: the version that somebody has begun to fill in, which may be finished.
    """
    form = forms_open_to(user).filter(pk=form_id).first()
    if form is None:
        raise EntryRefused
    begun = number.isdecimal() and len(number) < 10
    version = form.versions.filter(number=number).first() if begun else None
    return Offer(version or form.current, _procedure_of(form), form.organisation)


def _procedure_of(form: Form) -> ProcedureVersion:
    """That of a page which asks this form, else the organisation’s first one in force."""
    live = Procedure.objects.filter(organisation=form.organisation_id, live=True)
    versions = ProcedureVersion.objects.select_related("mediator").order_by("-number")
    shown = versions.filter(procedure__in=live.filter(pages__form=form, pages__live=True))
    return (
        shown.order_by("procedure__pages__path", "-number").first()
        or versions.filter(procedure__in=live).order_by("procedure", "-number")[:1].get()
    )


def enter(user: AbstractBaseUser, submission: Submission, *, at: datetime) -> Filed:
    """File it under the name of who types it in; once, whatever the clicks. Raises EntryRefused."""
    if not organisations_seen_by(user).filter(pk=submission.organisation.pk).exists():
        raise EntryRefused
    typist = Actor.staff(user).label
    return file_dossier(
        replace(
            submission,
            entered_by=user,
            transcribed_by=submission.transcribed_by or typist,
            received_at=submission.received_at or at,
        ),
        at=at,
    )


def for_staff(definition: intake.FormDefinition) -> intake.FormDefinition:
    """The same questions, none of them required: a letter does not answer all.

    Nothing is filled in beforehand, nor by the browser, which knows who types and not who speaks.
    """
    sections = tuple(
        replace(section, fields=tuple(_for_staff(field) for field in section.fields))
        for section in definition.sections
    )
    return replace(definition, digest=f"staff {definition.digest}", sections=sections)


def _for_staff(field: intake.Field) -> intake.Field:
    return replace(field, required=False, default="", autocomplete="off" if field.asks else "")


def missing_answers(dossier: Dossier) -> list[str]:
    """What its form requires of a visitor and what came does not say: the questions, as asked."""
    if not dossier.transcribed_by or dossier.form_version is None or dossier.phase == Phase.ERASED:
        return []
    files = {attachment.question for attachment in dossier.attachments.all()}
    return unanswered(dossier.form_version.parsed(), dossier.answers, files)


def unanswered(
    definition: intake.FormDefinition, answers: Mapping[str, Any], files: Collection[str] = ()
) -> list[str]:
    """The required questions that these answers make appear and leave open; `files`: those that
    were answered by files."""
    return [
        field.label
        for field in definition.shown(answers)
        if field.required and not _is_answered(field, answers, files)
    ]


def _is_answered(field: intake.Field, answers: Mapping[str, Any], files: Collection[str]) -> bool:
    """A consent that nobody gave is an answer that lacks, not a « no »."""
    if field.kind == intake.Kind.FILES:
        return field.key in files
    answer = answers.get(field.key)
    return answer not in UNANSWERED and not (field.kind == intake.Kind.CONSENT and not answer)
