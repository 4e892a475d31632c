"""A training organisation: its site, its people by role, how to reach it, how it counts days."""

from django.contrib.auth.models import Group
from django.core.validators import RegexValidator
from django.db import models
from wagtail.models import Site

from complaints.sla import Region


class Organisation(models.Model):
    """One training provider and the one Wagtail site on which it publishes."""

    name = models.CharField("nom", max_length=200)
    legal_name = models.CharField("raison sociale", max_length=200, blank=True)
    slug = models.SlugField("identifiant", unique=True)
    prefix = models.CharField(
        "préfixe des numéros",
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,8}$", "De 2 à 8 lettres majuscules.")],
        help_text="Les dossiers s’appellent CS-2026-0001 si le préfixe est CS.",
    )
    site = models.OneToOneField(
        Site, models.PROTECT, verbose_name="site", related_name="organisation"
    )

    email = models.EmailField("courriel", blank=True)
    email_subject = models.CharField("objet à indiquer", max_length=100, blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    postal_address = models.TextField("adresse postale", blank=True)
    sending_address = models.EmailField(
        "adresse d’envoi",
        blank=True,
        help_text="Sur un domaine à vous. Vide : l’adresse générale du serveur. "
        "Les réponses vont toujours au courriel ci-dessus.",
    )

    region = models.CharField(
        "région des jours fériés", max_length=40, choices=Region.choices, default=Region.METROPOLE
    )
    working_week = models.CharField(
        "semaine de travail",
        max_length=7,
        default="1111100",
        validators=[
            RegexValidator(r"^(?=.*1)[01]{7}$", "Sept chiffres, 1 pour un jour travaillé.")
        ],
        help_text="Du lundi au dimanche, 1 = travaillé. Sert aux jours ouvrés.",
    )
    time_zone = models.CharField("fuseau horaire", max_length=40, default="Europe/Paris")

    class Meta:
        verbose_name = "organisme"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def working_days(self) -> frozenset[int]:
        """Weekday numbers that count as jours ouvrés, Monday is 0."""
        return frozenset(day for day, worked in enumerate(self.working_week) if worked == "1")


class Role(models.Model):
    """What a group of people may do in one organisation, under its own name for it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="roles")
    key = models.SlugField("clé", max_length=40)
    label = models.CharField("intitulé", max_length=100)
    group = models.OneToOneField(Group, models.CASCADE, related_name="organisation_role")
    sees_dossiers = models.BooleanField("voit les dossiers", default=False)

    class Meta:
        verbose_name = "rôle"
        ordering = ["organisation", "key"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_role_per_key")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.label}"
