"""The outbox: what is to be sent is written with the deed, and sent after it."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from complaints.models.correspondence import Letter
from complaints.models.dossier import Dossier
from complaints.models.organisation import Organisation
from complaints.models.procedure_document import ProcedureDocument


class NoticeQuerySet(models.QuerySet):
    """Notices, asked for in sentences."""

    def to_send(self, now: datetime) -> "NoticeQuerySet":
        """Queued, or left half-sent by a process that died; oldest first."""
        return self.filter(next_attempt_at__lte=now).order_by("next_attempt_at", "id")


class Notice(models.Model):
    """One e-mail to one address. At least once, always with the same Message-ID."""

    class State(models.TextChoices):
        """Where it stands; « remis » is not « reçu »."""

        QUEUED = "queued", "En attente"
        SENDING = "sending", "Envoi en cours"
        SENT = "sent", "Remis au serveur de messagerie"
        FAILED = "failed", "Échec"
        BOUNCED = "bounced", "Revenu en erreur"

    # None: to someone of several organisations, or to the administrators of the site.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    document = models.ForeignKey(
        ProcedureDocument, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    key = models.CharField("clé", max_length=120, unique=True)
    to = models.EmailField("à")
    subject = models.CharField("objet", max_length=250)
    body = models.TextField("texte")
    secrets = models.JSONField("secrets", default=dict)
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    state = models.CharField("état", max_length=20, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    created_at = models.DateTimeField("écrit le")
    next_attempt_at = models.DateTimeField("prochain essai", null=True)
    sent_at = models.DateTimeField("remis le", null=True, blank=True)
    last_error = models.TextField("dernière erreur", blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "envoi"
        verbose_name_plural = "envois"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                condition=Q(next_attempt_at__isnull=False),
                name="notice_to_send",
            ),
            models.Index(fields=["organisation", "-created_at", "-id"], name="notice_list"),
            models.Index(fields=["-created_at", "-id"], name="notice_list_of_all"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_attempt_at__isnull=True) | Q(state__in=["queued", "sending"]),
                name="only_waiting_notices_are_tried",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
