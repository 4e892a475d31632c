"""The printed procedure: each PDF that was in force, numbered, dated, archived."""

from django.db import models

from complaints.models.form import FormVersion
from complaints.models.frozen import Frozen
from complaints.models.organisation import Organisation
from complaints.models.private import private_path, private_storage
from complaints.models.procedure_version import ProcedureVersion


class ProcedureDocument(Frozen):
    """One PDF of one published page; a new one only when what it says has changed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="documents")
    page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, related_name="procedure_documents"
    )
    procedure_version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    form_version = models.ForeignKey(FormVersion, models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField("numéro")
    made_at = models.DateTimeField("établi le")
    content_digest = models.CharField("empreinte du contenu", max_length=64)
    pdf = models.FileField("PDF", storage=private_storage, upload_to=private_path, max_length=200)
    sha256 = models.CharField("empreinte du PDF", max_length=64)

    class Meta:
        verbose_name = "document de procédure"
        verbose_name_plural = "documents de procédure"
        ordering = ["organisation", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="one_procedure_document_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure_version.title} – document n° {self.number}"

    @property
    def filename(self) -> str:
        """What it is called once saved: whose procedure, which document."""
        return f"procedure-{self.organisation.slug}-{self.number}.pdf"
