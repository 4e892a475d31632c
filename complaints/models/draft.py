"""What a person has begun to write and not sent: kept as typed, found again, forgotten in time."""

from uuid import uuid4

from django.db import models

from complaints.models.form import FormVersion
from complaints.models.organisation import Organisation
from complaints.models.private import private_path, private_storage


class Draft(models.Model):
    """A filing under way. Sending it makes a dossier of the same key, and ends it.

    It keeps the form version it was begun on: what a person started can be finished. `typed` is
    what the browser posted, by input name, right or wrong: nothing of it is lost.
    """

    key = models.UUIDField("dépôt", unique=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="drafts")
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="drafts")
    resume_hash = models.CharField("code de reprise", max_length=64, unique=True, editable=False)
    typed = models.JSONField("réponses telles que tapées", default=dict)
    step = models.CharField("étape", max_length=40, blank=True)
    started_at = models.DateTimeField("commencé le")
    saved_at = models.DateTimeField("enregistré le")
    purge_on = models.DateField("effacé le", db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "brouillon"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Brouillon du {self.started_at:%d/%m/%Y}"


class DraftFile(models.Model):
    """A checked file of a draft, private as those of a dossier are."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    question = models.CharField("question", max_length=40)
    file = models.FileField(
        "fichier", storage=private_storage, upload_to=private_path, max_length=200
    )
    original_name = models.CharField("nom", max_length=150)
    content_type = models.CharField("type", max_length=100)
    size = models.PositiveBigIntegerField("taille")
    sha256 = models.CharField("empreinte", max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "fichier d’un brouillon"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.original_name
