"""What is said and sent: messages both ways, numbered letters, private files."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from complaints.models.dossier import Dossier
from complaints.models.frozen import Frozen
from complaints.models.organisation import Organisation
from complaints.models.private import private_path, private_storage


class Message(Frozen):
    """One message of the exchange, or a note that stays inside."""

    class Direction(models.TextChoices):
        """Who speaks to whom."""

        RECEIVED = "received", "Reçu du réclamant"
        SENT = "sent", "Envoyé au réclamant"
        INTERNAL = "internal", "Note interne"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="messages")
    direction = models.CharField("sens", max_length=20, choices=Direction.choices)
    body = models.TextField("texte")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author_label = models.CharField("par", max_length=100)
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "message"
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["dossier", "at"], name="message_of_dossier")]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} le {self.at:%d/%m/%Y}"


class Letter(models.Model):
    """A document that left: its text is fixed when written, its PDF is made once and kept."""

    class Document(models.TextChoices):
        """What kind of paper it is."""

        RECEIPT = "receipt", "Récépissé de dépôt"
        LETTER = "letter", "Courrier"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="letters")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="letters")
    document = models.CharField("document", max_length=20, choices=Document.choices)
    template = models.CharField("modèle", max_length=40, blank=True)
    number = models.CharField("numéro", max_length=30)
    subject = models.CharField("objet", max_length=200)
    body = models.TextField("texte")
    written_at = models.DateTimeField("écrit le")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # What is sent to somebody else is never shown to the complainant.
    to_complainant = models.BooleanField("au réclamant", default=True)
    signatory = models.CharField("signé par", max_length=100, blank=True)
    facts = models.JSONField("données imprimées", default=dict)
    pdf = models.FileField(
        "PDF", storage=private_storage, upload_to=private_path, blank=True, max_length=200
    )
    sha256 = models.CharField("empreinte du PDF", max_length=64, blank=True)

    class Meta:
        verbose_name = "courrier"
        ordering = ["written_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="one_letter_per_number"
            ),
            models.CheckConstraint(
                condition=Q(pdf="", sha256="") | (~Q(pdf="") & ~Q(sha256="")),
                name="letter_pdf_has_its_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} – {self.subject}"

    @property
    def filename(self) -> str:
        """The name under which a person receives it."""
        return f"{self.number}.pdf"


class Attachment(Frozen):
    """A file that someone sent; read only through a view that checks the right."""

    class Scan(models.TextChoices):
        """What the antivirus said of it; nothing when there is none."""

        NONE = "", "Sans antivirus"
        PENDING = "pending", "Pas encore examiné"
        CLEAN = "clean", "Examiné, sain"
        INFECTED = "infected", "Infecté, mis à l’écart"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="attachments")
    message = models.ForeignKey(
        Message, models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    file = models.FileField(
        "fichier", storage=private_storage, upload_to=private_path, max_length=200
    )
    original_name = models.CharField("nom", max_length=150)
    content_type = models.CharField("type", max_length=100)
    size = models.PositiveBigIntegerField("taille")
    sha256 = models.CharField("empreinte", max_length=64)
    # The key of the question it answers, in the form of its dossier; empty when it came otherwise.
    question = models.CharField("question", max_length=40, blank=True)
    scan = models.CharField("antivirus", max_length=10, choices=Scan.choices, blank=True)
    received_at = models.DateTimeField("reçu le")
    erased_at = models.DateTimeField("effacé le", null=True, blank=True)

    class Meta:
        verbose_name = "pièce jointe"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], condition=Q(scan="pending"), name="attachment_to_scan")
        ]

    def __str__(self) -> str:
        return self.original_name


class Measure(models.Model):
    """What the organisation does so that it stops, or does not happen again (indicateur 32)."""

    class Nature(models.TextChoices):
        """When it acts."""

        CORRECTIVE = "corrective", "Corrective"
        PREVENTIVE = "preventive", "Préventive"
        EMERGENCY = "emergency", "D’urgence"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="measures")
    dossiers = models.ManyToManyField(Dossier, related_name="measures", verbose_name="dossiers")
    nature = models.CharField("nature", max_length=20, choices=Nature.choices)
    description = models.TextField("mesure")
    root_cause = models.TextField("cause", blank=True)
    owner = models.CharField("responsable", max_length=100, blank=True)
    planned_on = models.DateField("décidée le")
    due_on = models.DateField("à faire pour le", null=True, blank=True)
    done_on = models.DateField("réalisée le", null=True, blank=True)
    effect_checked_on = models.DateField("effet vérifié le", null=True, blank=True)
    effect = models.TextField("effet constaté", blank=True)

    class Meta:
        verbose_name = "mesure"
        ordering = ["planned_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effect_checked_on__isnull=True) | Q(done_on__isnull=False),
                name="measure_is_done_before_its_effect_is_checked",
            )
        ]

    def __str__(self) -> str:
        return self.description[:80]


def erase_file(attachment: Attachment, at: datetime) -> None:
    """Forget a file and its name; that there was one, its size and its digest stay."""
    attachment.file.delete(save=False)
    models.QuerySet(Attachment).filter(pk=attachment.pk).update(
        file="", original_name="pièce effacée", erased_at=at
    )


def erase_message(message: Message) -> None:
    """Forget what was written; that someone wrote, and when, stays."""
    models.QuerySet(Message).filter(pk=message.pk).update(body="", author_label="")


def erase_letter(letter: Letter) -> None:
    """Forget what the letter said and its PDF; its number and its day stay."""
    if letter.pdf:
        letter.pdf.delete(save=False)
    letter.subject, letter.body, letter.facts, letter.pdf, letter.sha256 = "", "", {}, "", ""
    letter.save()
