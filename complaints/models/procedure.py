"""The rules of an organisation as its editors write them."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from complaints import sla, workflow
from complaints.models import procedure_blocks as blocks
from complaints.models.mediator import Mediator
from complaints.models.organisation import Organisation
from complaints.models.plain import plain
from complaints.models.procedure_version import ProcedureVersion
from complaints.models.time_limit_blocks import TimeLimitBlock
from complaints.sla.counting import same_day
from complaints.workflow.vocabulary import RetentionStart

STREAMS = (
    "roles",
    "stages",
    "moves",
    "time_limits",
    "letters",
    "register_columns",
    "severities",
    "bodies",
    "markers",
    "criteria",
)

# These lists were in the first definitions, empty or not; a digest must not change for that.
ALWAYS = frozenset(STREAMS) - {"bodies", "markers", "criteria"}


class Procedure(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """The rules as their editors see them; publishing freezes a ProcedureVersion."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="procedures")
    title = models.CharField("titre", max_length=200)
    reference = models.CharField("référence", max_length=60)
    kinds = models.JSONField("natures traitées", default=list)
    stakeholders = models.JSONField("parties prenantes", default=list)
    mediator = models.ForeignKey(
        Mediator, models.PROTECT, null=True, blank=True, verbose_name="médiateur"
    )
    roles = StreamField([("item", blocks.RoleBlock())], verbose_name="rôles")
    stages = StreamField([("item", blocks.StageBlock())], verbose_name="étapes")
    moves = StreamField([("item", blocks.MoveBlock())], verbose_name="actions")
    time_limits = StreamField([("item", TimeLimitBlock())], verbose_name="délais", blank=True)
    letters = StreamField([("item", blocks.LetterBlock())], verbose_name="courriers", blank=True)
    register_columns = StreamField(
        [("item", blocks.RegisterColumnBlock())], verbose_name="colonnes du registre"
    )
    severities = StreamField(
        [("item", blocks.SeverityBlock())], verbose_name="gravités", blank=True
    )
    bodies = StreamField([("item", blocks.BodyBlock())], verbose_name="instances", blank=True)
    markers = StreamField([("item", blocks.MarkerBlock())], verbose_name="repères", blank=True)
    criteria = StreamField(
        [("item", blocks.CriterionBlock())], verbose_name="critères de recevabilité", blank=True
    )
    recipients = models.TextField(
        "destinataires", blank=True, help_text="Qui reçoit la procédure. Imprimé sur le PDF."
    )
    retention_amount = models.PositiveSmallIntegerField("conservation", null=True, blank=True)
    retention_unit = models.CharField(
        "unité", max_length=20, choices=sla.Unit.choices, default=sla.Unit.YEARS
    )
    retention_starts_on = models.CharField(
        "à partir de",
        max_length=20,
        choices=RetentionStart.choices,
        default=RetentionStart.CLOSURE,
    )
    response_prefix = models.CharField("préfixe des réponses", max_length=10, default="REP")
    review_months = models.PositiveSmallIntegerField(
        "relire tous les (mois)",
        null=True,
        blank=True,
        help_text="Vide : la procédure ne prévoit pas de relecture.",
    )
    reviewed_on = models.DateField("relue le", null=True, blank=True)

    class Meta:
        verbose_name = "procédure"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference"], name="one_procedure_per_reference"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.organisation})"

    def clean(self) -> None:
        """A procedure that could not run is refused here, with every reason."""
        problems = procedure_problems(self.definition())
        if problems:
            raise ValidationError(problems)

    def definition(self) -> dict[str, Any]:
        """What the editors wrote, as `complaints.workflow.parse_rules` reads it."""
        definition = {
            name: items
            for name in STREAMS
            if (items := [_kept(item) for item in plain(getattr(self, name))]) or name in ALWAYS
        }
        definition |= {"kinds": self.kinds, "stakeholders": self.stakeholders}
        definition["response_prefix"] = self.response_prefix
        if self.recipients:
            definition["recipients"] = self.recipients
        if self.review_months:
            definition["review_months"] = self.review_months
        if self.retention_amount:
            definition["retention"] = {
                "amount": self.retention_amount,
                "unit": self.retention_unit,
                "starts_on": self.retention_starts_on,
            }
        return definition

    @transaction.atomic
    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """Publish as any snippet, then freeze the rules that new dossiers will follow.

        Whoever publishes has read the procedure: its next review counts from today.
        """
        super().publish(revision, *args, **kwargs)
        now = timezone.now()
        type(self).objects.filter(pk=self.pk).update(reviewed_on=timezone.localdate(now))
        ProcedureVersion.freeze(type(self).objects.get(pk=self.pk), at=now, by=kwargs.get("user"))

    def with_content_json(self, content: dict[str, Any]) -> "Procedure":
        """A draft shows when the procedure was last read, not when it was as the draft began."""
        draft = super().with_content_json(content)
        draft.reviewed_on = self.reviewed_on
        return draft

    @property
    def review_due_on(self) -> date | None:
        """The day by which it must be read again (art. 641: the same day number).

        None when no review is planned, or as long as nothing was published.
        """
        if not (self.review_months and self.reviewed_on):
            return None
        return same_day(self.reviewed_on, self.review_months)

    @property
    def current(self) -> "ProcedureVersion | None":
        """The version that a dossier received now would follow."""
        return self.versions.order_by("-number").first()


def _kept(raw: dict[str, Any]) -> dict[str, Any]:
    """Empty settings are left out, so that equal procedures have equal digests."""
    values = {name: _kept(v) if isinstance(v, dict) else v for name, v in raw.items()}
    return {name: v for name, v in values.items() if v not in ("", None, [], {}, False)}


def procedure_problems(definition: dict[str, Any]) -> list[str]:
    """French sentences, one for each reason why these rules could not run."""
    try:
        rules = workflow.parse_rules(definition)
    except workflow.DefinitionError as error:
        return error.problems
    problems = workflow.check_rules(rules)
    for limit in rules.time_limits:
        try:
            sla.parse_limit(limit.counting)
            if limit.extension.unit:
                sla.Reading(limit.extension.amount, limit.extension.unit)
        except sla.LimitError as error:
            problems.append(f"Le délai « {limit.label} » : {error}")
    return problems + retention_problems(rules)


def retention_problems(rules: workflow.Rules) -> list[str]:
    """Why the end of the retention could not be counted: it would stop every closure."""
    if rules.retention is None:
        return []
    try:
        length = sla.Reading(rules.retention.amount, rules.retention.unit)
    except sla.LimitError as error:
        return [f"La conservation : {error}"]
    if length.unit in (sla.Unit.WORKED_DAYS, sla.Unit.WORKABLE_DAYS):
        return ["La conservation se compte en jours calendaires, en mois ou en ans."]
    return []
