"""One running time limit of one dossier: stored date, stored reasons, next moment to look at it."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from complaints import sla
from complaints.models.calendar import Calendar
from complaints.models.dossier import Dossier
from complaints.models.event import Event
from complaints.workflow import TimeLimit


class DeadlineQuerySet(models.QuerySet):
    """Deadlines, asked for in sentences."""

    def to_check(self, now: datetime) -> "DeadlineQuerySet":
        """Those whose next moment has come, oldest first; never reads the others."""
        return self.filter(next_check_at__lte=now).order_by("next_check_at", "id")

    def pending(self) -> "DeadlineQuerySet":
        """Neither met nor ended."""
        return self.filter(state__in=[Deadline.State.RUNNING, Deadline.State.PAUSED])


class Deadline(models.Model):
    """When something is due, why, and what became of it."""

    class State(models.TextChoices):
        """What became of it; lateness is `late_at`, because a late duty is still due."""

        RUNNING = "running", "En cours"
        PAUSED = "paused", "Suspendu"
        MET = "met", "Satisfait"
        ENDED = "ended", "Échu"
        CANCELLED = "cancelled", "Sans objet"
        REPLACED = "replaced", "Remplacé"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="deadlines")
    key = models.CharField("délai", max_length=40)
    label = models.CharField("nom", max_length=100)
    internal = models.BooleanField("interne", default=False)
    # False for a right of the complainant, and for the silence that closes a dossier by itself.
    is_duty = models.BooleanField("dû par l’organisme", default=True)
    state = models.CharField("état", max_length=20, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField("part du")
    due_on = models.DateField("échéance", null=True)
    late_from = models.DateTimeField("en retard à partir de", null=True)
    next_check_at = models.DateTimeField("prochain contrôle", null=True)
    warned_at = models.DateTimeField("prévenu le", null=True)
    late_at = models.DateTimeField("constaté en retard le", null=True)
    ended_at = models.DateTimeField("constaté échu le", null=True)
    met_at = models.DateTimeField("satisfait le", null=True)
    met_by = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="+")
    inputs = models.JSONField("données du calcul", default=dict)
    steps = models.JSONField("étapes du calcul", default=list)
    sentence = models.TextField("explication", blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = "échéance"
        ordering = [F("due_on").asc(nulls_last=True), "id"]
        indexes = [
            models.Index(
                fields=["next_check_at", "id"],
                condition=Q(next_check_at__isnull=False),
                name="deadline_to_check",
            ),
            models.Index(fields=["dossier", "state"], name="deadline_of_dossier"),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state="running", is_duty=True),
                name="deadline_of_the_day",
            ),
            models.Index(
                fields=["ended_at", "id"], condition=Q(state="ended"), name="deadline_just_ended"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "key"],
                condition=Q(state__in=["running", "paused"]),
                name="one_pending_deadline_per_limit",
            ),
            models.CheckConstraint(
                condition=Q(next_check_at__isnull=True) | Q(state="running"),
                name="only_running_deadlines_are_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} : {self.due_on:%d/%m/%Y}" if self.due_on else self.label

    @property
    def limit(self) -> TimeLimit:
        """The rule it comes from, in the version of its dossier."""
        return self.dossier.rules.time_limit(self.key)

    @property
    def count(self) -> list[sla.Row]:
        """How its day was counted, line by line, as it was stored."""
        steps = tuple(sla.Step.from_dict(step) for step in self.steps)
        suspended = self.state == self.State.PAUSED
        return sla.table(sla.Due(self.due_on, self.late_from, suspended, None, steps))
