"""The rules of an organisation as its editors write them."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from wagtail.blocks import Block
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    Workflow,
    WorkflowMixin,
)

from complaints import sla, workflow
from complaints.models import procedure_blocks as blocks
from complaints.models.approvals import workflow_of
from complaints.models.mediator import Mediator
from complaints.models.organisation import Organisation, complete_roles
from complaints.models.plain import plain
from complaints.models.procedure_version import ProcedureVersion
from complaints.models.time_limit_blocks import TimeLimitBlock
from complaints.models.unpublishable import refuse
from complaints.sla.counting import same_day
from complaints.workflow.problems import Problem
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


def _listed(name: str, block: Block, *, blank: bool = False, collapsed: bool = True) -> StreamField:
    """A list of items of one kind; an editor first sees what they are called."""
    return StreamField([("item", block)], verbose_name=name, blank=blank, collapsed=collapsed)


class Procedure(
    PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model
):
    """The rules as their editors see them; publishing freezes a ProcedureVersion.

    The desk draws its preview: what its draft would do with a dossier.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="procedures")
    title = models.CharField("titre", max_length=200)
    reference = models.CharField("référence", max_length=60)
    kinds = models.JSONField("natures traitées", default=list)
    stakeholders = models.JSONField("parties prenantes", default=list)
    mediator = models.ForeignKey(
        Mediator, models.PROTECT, null=True, blank=True, verbose_name="médiateur"
    )
    roles = _listed("rôles", blocks.RoleBlock(), collapsed=False)
    stages = _listed("étapes", blocks.StageBlock())
    moves = _listed("actions", blocks.MoveBlock())
    time_limits = _listed("délais", TimeLimitBlock(), blank=True)
    letters = _listed("courriers", blocks.LetterBlock(), blank=True)
    register_columns = _listed("colonnes du registre", blocks.RegisterColumnBlock())
    severities = _listed("gravités", blocks.SeverityBlock(), blank=True)
    bodies = _listed("instances", blocks.BodyBlock(), blank=True)
    markers = _listed("repères", blocks.MarkerBlock(), blank=True, collapsed=False)
    criteria = _listed("critères de recevabilité", blocks.CriterionBlock(), blank=True)
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

        The roles they name exist from then on, with nobody in them yet. Raises Unpublishable when
        they could not run: whoever asks, screen, workflow, schedule or program. A publication for
        a later day freezes nothing yet. Whoever publishes has read the procedure: its next review
        counts from today.
        """
        if problems := procedure_problems(revision.as_object().definition()):
            refuse(revision, problems, kwargs.get("log_action"))
            return
        super().publish(revision, *args, **kwargs)
        published = type(self).objects.get(pk=self.pk)
        if published.live_revision_id != revision.pk:
            return
        now = timezone.now()
        published.reviewed_on = timezone.localdate(now)
        published.save(update_fields=["reviewed_on"])
        version = ProcedureVersion.freeze(
            published, at=now, by=kwargs.get("user"), revision=revision
        )
        complete_roles(self.organisation, version.rules.roles)

    def get_workflow(self) -> Workflow | None:
        """Its organisation’s own verification and approval; without one it is published directly.

        Wagtail’s choice, if somebody made one for every procedure of the site, comes second.
        """
        return workflow_of(self.organisation_id) or super().get_workflow()

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


def procedure_problems(definition: dict[str, Any]) -> list[Problem]:
    """One problem for each reason why these rules could not run, and where it is."""
    try:
        rules = workflow.parse_rules(definition)
    except workflow.DefinitionError as error:
        return error.problems
    return [*workflow.check_rules(rules), *_counting_problems(rules), *retention_problems(rules)]


def _counting_problems(rules: workflow.Rules) -> Iterator[Problem]:
    """Why a day could not be counted."""
    for limit in rules.time_limits:
        place = ("time_limits", limit.key)
        if error := _refusal(sla.parse_limit, limit.counting):
            yield Problem(f"Le délai « {limit.label} » : {error}", *place, "counting")
        length = limit.extension
        if length.unit and (error := _refusal(sla.Reading, length.amount, length.unit)):
            yield Problem(f"Le délai « {limit.label} » : {error}", *place, "extension")
    for age in rules.criteria:
        if age.unit and (error := _refusal(sla.Reading, age.amount, age.unit)):
            yield Problem(f"« {age.label} » : {error}", "criteria", age.key, "amount")


def _refusal(count: Callable[..., Any], *given: Any) -> sla.LimitError | None:
    try:
        count(*given)
    except sla.LimitError as error:
        return error
    return None


def retention_problems(rules: workflow.Rules) -> list[Problem]:
    """Why the end of the retention could not be counted: it would stop every closure."""
    if rules.retention is None:
        return []
    try:
        length = sla.Reading(rules.retention.amount, rules.retention.unit)
    except sla.LimitError as error:
        return [Problem(f"La conservation : {error}", "retention")]
    if length.unit in (sla.Unit.WORKED_DAYS, sla.Unit.WORKABLE_DAYS):
        sentence = "La conservation se compte en jours calendaires, en mois ou en ans."
        return [Problem(sentence, "retention")]
    return []
