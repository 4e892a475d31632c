"""A training organisation: its site, its people by role, how to reach it, how it counts days."""

from collections.abc import Iterable
from datetime import tzinfo
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group, Permission
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from wagtail.models import Site

from complaints.sla import Region
from complaints.workflow import definition

LABEL_LENGTH = 100
# Whoever filed the dossier, and the scheduler: a procedure names them, no group holds them.
RESERVED_ROLES = frozenset({"complainant", "clock"})


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
    draft_days = models.PositiveSmallIntegerField(
        "brouillons gardés (jours)",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="Un formulaire commencé et pas envoyé est effacé après ce temps.",
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

    @property
    def clock(self) -> tzinfo:
        """The zone in which an hour is told; the site’s own when this one’s name is unknown."""
        try:
            return ZoneInfo(self.time_zone)
        except (LookupError, OSError, ValueError):
            return timezone.get_default_timezone()


class Role(models.Model):
    """What a group of people may do in one organisation, under its own name for it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="roles")
    key = models.SlugField("clé", max_length=40)
    label = models.CharField("intitulé", max_length=LABEL_LENGTH)
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


def complete_roles(organisation: Organisation, wanted: Iterable[definition.Role]) -> None:
    """The roles that a published procedure names exist, under the names it gives them.

    One that is missing gets a new group, which enters the admin and has nobody in it yet; it sees
    dossiers, since it acts on them. One that is there keeps its group, its people and its rights.
    """
    known = {role.key: role for role in organisation.roles.all()}
    for role in wanted:
        label = role.label[:LABEL_LENGTH]
        if role.key in RESERVED_ROLES:
            continue
        if role.key not in known:
            Role.objects.create(
                organisation=organisation,
                key=role.key,
                label=label,
                group=new_group(organisation, label),
                sees_dossiers=True,
            )
        elif known[role.key].label != label:
            Role.objects.filter(pk=known[role.key].pk).update(label=label)


def new_group(organisation: Organisation, title: str) -> Group:
    """A group that enters the admin; always a new one: another may have members nobody meant."""
    group = Group.objects.create(name=_free_name(organisation, title))
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


def _free_name(organisation: Organisation, title: str) -> str:
    """« École A – Direction »; where that is taken, with the organisation’s prefix, then a rank."""
    start, end = organisation.name[:80], title[:50]
    name, rank = f"{start} – {end}", 1
    while Group.objects.filter(name=name).exists():
        number = f" {rank}" if rank > 1 else ""
        name, rank = f"{start} ({organisation.prefix}{number}) – {end}", rank + 1
    return name
