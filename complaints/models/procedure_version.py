"""The rules as they were on a day: frozen at each publication, kept by dossiers for life."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.functional import cached_property
from wagtail.models import Revision

from complaints import workflow
from complaints.models.approvals import Approval, approvals_of
from complaints.models.frozen import Frozen
from complaints.models.mediator import Mediator
from complaints.workflow.vocabulary import Kind, Stakeholder

if TYPE_CHECKING:
    from complaints.models.procedure import Procedure


class ProcedureVersion(Frozen):
    """The rules as they were on a day; a dossier is handled by the version it was filed under."""

    procedure = models.ForeignKey("Procedure", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("version")
    reference = models.CharField("référence", max_length=60)
    title = models.CharField("titre", max_length=200)
    mediator = models.ForeignKey(Mediator, models.PROTECT, null=True, blank=True)
    definition = models.JSONField("règles")
    digest = models.CharField("empreinte", max_length=64)
    in_force_at = models.DateTimeField("en vigueur depuis")
    approvals = models.JSONField("vérifications et approbations", default=list, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "version de procédure"
        ordering = ["procedure", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "number"], name="one_procedure_version_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} V{self.number}"

    @classmethod
    def freeze(
        cls,
        procedure: "Procedure",
        *,
        at: datetime,
        by: AbstractBaseUser | None = None,
        revision: Revision | None = None,
        approvals: Sequence[Approval] = (),
    ) -> "ProcedureVersion":
        """A new version if the rules or the title changed, else the current one.

        `revision`: what is published, to keep who verified and approved it; `approvals`: what the
        paper says of it, when it was approved before it was written here. Names are no part of
        the digest: the same rules approved by others are the same rules.
        """
        definition = procedure.definition()
        current = procedure.current
        if current and current._says(procedure, definition):
            return current
        proof = {"rules": definition, "mediator": procedure.mediator_id, "ref": procedure.reference}
        text = json.dumps(proof, sort_keys=True, ensure_ascii=False)
        return cls.objects.create(
            procedure=procedure,
            number=current.number + 1 if current else 1,
            reference=procedure.reference,
            title=procedure.title,
            mediator=procedure.mediator,
            definition=definition,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            in_force_at=at,
            approvals=approvals_of(procedure, revision, by=by, at=at) if revision else [*approvals],
            published_by=by,
        )

    def _says(self, procedure: "Procedure", definition: dict[str, Any]) -> bool:
        """Whether it is already what is published: boxes are ticked in no order."""
        return (self.reference, self.title, self.mediator_id, _unordered(self.definition)) == (
            procedure.reference,
            procedure.title,
            procedure.mediator_id,
            _unordered(definition),
        )

    @cached_property
    def rules(self) -> workflow.Rules:
        """The frozen rules, parsed once per instance."""
        return workflow.parse_rules(self.definition)

    def covers(self, kind: str) -> bool:
        """Whether this procedure handles dossiers of that kind."""
        return Kind(kind) in self.rules.kinds

    @property
    def stakeholder_labels(self) -> list[str]:
        """The parties prenantes of the published text, in its order."""
        return [Stakeholder(key).label for key in self.rules.stakeholders]


def _unordered(value: Any) -> Any:
    """The same rules, each list of plain values sorted: those are sets; items keep their order."""
    if isinstance(value, dict):
        return {name: _unordered(part) for name, part in value.items()}
    if isinstance(value, list):
        parts = [_unordered(part) for part in value]
        return (
            parts
            if any(isinstance(part, dict | list) for part in parts)
            else sorted(parts, key=str)
        )
    return value
