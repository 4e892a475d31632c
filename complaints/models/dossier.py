"""A complaint and its life: the row is the only truth, the journal its history."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q

from complaints.models.access import organisations_seen_by, recused
from complaints.models.form import FormVersion
from complaints.models.organisation import Organisation
from complaints.models.procedure_version import ProcedureVersion
from complaints.workflow import Rules, Stage
from complaints.workflow.vocabulary import (
    Channel,
    Complexity,
    Kind,
    Outcome,
    Phase,
    Severity,
    Stakeholder,
)


class DossierQuerySet(models.QuerySet):
    """Dossiers, asked for in sentences."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "DossierQuerySet":
        """Those of the organisations in which that person may see dossiers, less the recusals."""
        return self.filter(organisation__in=organisations_seen_by(user)).exclude(
            pk__in=recused(user)
        )

    def open(self) -> "DossierQuerySet":
        """Those that someone still has to do something about."""
        return self.filter(is_open=True)

    def to_erase(self, now: datetime) -> "DossierQuerySet":
        """Closed dossiers whose retention has ended."""
        return self.filter(phase=Phase.CLOSED, erase_on__lte=now.date())


class Dossier(models.Model):
    """One complaint, grievance, difficulty, disruption or adverse event.

    Not draftable, not revisioned, not searched by Wagtail's index: see `Event` for its history.
    Only `complaints.handling` writes here.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="dossiers")
    procedure_version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="dossiers")
    form_version = models.ForeignKey(
        FormVersion, models.PROTECT, null=True, blank=True, related_name="dossiers"
    )
    reference = models.CharField("numéro", max_length=30, unique=True)
    submission_key = models.UUIDField("dépôt", unique=True, null=True, editable=False)
    tracking_hash = models.CharField("code de suivi", max_length=64, blank=True, editable=False)

    kind = models.CharField("nature", max_length=20, choices=Kind.choices, default=Kind.COMPLAINT)
    channel = models.CharField("reçu par", max_length=20, choices=Channel.choices)
    stakeholder = models.CharField(
        "partie prenante", max_length=20, choices=Stakeholder.choices, blank=True
    )
    stage = models.CharField("étape", max_length=40)
    phase = models.CharField("phase", max_length=20, choices=Phase.choices)
    is_open = models.BooleanField("ouvert", default=True)
    severity = models.CharField("gravité", max_length=20, choices=Severity.choices, blank=True)
    complexity = models.CharField(
        "complexité", max_length=20, choices=Complexity.choices, default=Complexity.SIMPLE
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="dossiers",
        verbose_name="suivi par",
    )

    received_at = models.DateTimeField("reçu le")
    completed_at = models.DateTimeField("complet le", null=True, blank=True)
    expressed_on = models.DateField("exprimée pour la première fois le", null=True, blank=True)
    first_channel = models.CharField(
        "par quel moyen", max_length=20, choices=Channel.choices, blank=True
    )
    # For what was not filed by its author: who wrote it down, and when the author confirmed it.
    transcribed_by = models.CharField("noté par", max_length=200, blank=True)
    confirmed_at = models.DateTimeField("confirmé par le réclamant le", null=True, blank=True)
    registered_at = models.DateTimeField("inscrit au registre le", null=True, blank=True)
    responded_at = models.DateTimeField("répondu le", null=True, blank=True)
    closed_at = models.DateTimeField("clos le", null=True, blank=True)
    relation_ended_on = models.DateField("fin de la relation", null=True, blank=True)
    erase_on = models.DateField("conservé jusqu’au", null=True, blank=True)
    next_due_on = models.DateField("prochaine échéance", null=True, blank=True)

    subject = models.CharField("objet", max_length=300, blank=True)
    description = models.TextField("faits", blank=True)
    expectations = models.TextField("attentes", blank=True)
    training = models.CharField("contrat, produit ou service", max_length=300, blank=True)
    session = models.CharField("session", max_length=300, blank=True)
    operations = models.TextField("opérations concernées", blank=True)
    trainee = models.CharField("stagiaire concerné", max_length=200, blank=True)
    training_dates = models.CharField("dates de la formation", max_length=100, blank=True)
    third_parties = models.TextField("autres personnes ou entités", blank=True)
    consumer = models.BooleanField("à titre personnel", null=True)
    answers = models.JSONField("réponses au formulaire", default=dict, blank=True)
    event_count = models.PositiveIntegerField("lignes du journal", default=0, editable=False)

    breaches = models.TextField("manquements relevés", blank=True)
    outcome = models.CharField(
        "sens de la réponse", max_length=20, choices=Outcome.choices, blank=True
    )
    decision = models.TextField("décision motivée", blank=True)
    resolution = models.TextField("résolution", blank=True)
    response_number = models.CharField("numéro de la réponse", max_length=30, blank=True)
    evidence_location = models.CharField("lieu des pièces", max_length=300, blank=True)
    facts_on = models.DateField("date des faits", null=True, blank=True)
    markers = models.JSONField("repères", default=list, blank=True)
    analysis = models.TextField("analyse", blank=True)
    root_cause = models.TextField("cause profonde", blank=True)

    objects = DossierQuerySet.as_manager()

    # Wagtail would look for references to pages in each save of a dossier; there are none.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "dossier"
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(
                fields=["organisation", "next_due_on", "id"],
                condition=Q(is_open=True),
                name="dossier_queue",
            ),
            models.Index(fields=["organisation", "-received_at", "-id"], name="dossier_register"),
            models.Index(
                fields=["erase_on"], condition=Q(phase=Phase.CLOSED), name="dossier_erasure"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_open=False, phase__in=[Phase.CLOSED, Phase.ERASED])
                | (Q(is_open=True) & ~Q(phase__in=[Phase.CLOSED, Phase.ERASED])),
                name="dossier_open_as_its_phase",
            ),
            models.CheckConstraint(
                condition=Q(is_open=True) | Q(closed_at__isnull=False),
                name="dossier_closed_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} – {self.subject}" if self.subject else self.reference

    @property
    def rules(self) -> Rules:
        """The rules under which this dossier was filed."""
        return self.procedure_version.rules

    @property
    def current_stage(self) -> Stage:
        """The stage it stands at, with its label and phase."""
        return self.rules.stage(self.stage)

    def enter(self, stage: Stage) -> None:
        """Stand at that stage; phase and openness follow. Does not save."""
        self.stage, self.phase, self.is_open = stage.key, stage.phase, stage.phase.is_open

    def party(self, role: str) -> Any:
        """The first party in that role, or None; reads the prefetched parties when there are."""
        return next((party for party in self.parties.all() if party.role == role), None)

    @property
    def complainant(self) -> Any:
        """The person who complains, or None (a staff report has no complainant)."""
        return self.party("complainant")

    @property
    def has_somebody_to_answer(self) -> bool:
        """False for what staff wrote down and nobody complains of: an incident sheet (IH-A7)."""
        if not self.transcribed_by:
            return True
        who = self.complainant
        return who is not None and who.may_be_answered and self.kind != Kind.ADVERSE_EVENT


class Party(models.Model):
    """A person of a dossier: who complains, for whom, against whom, who saw."""

    class Role(models.TextChoices):
        """Why this person is in the dossier."""

        COMPLAINANT = "complainant", "Réclamant"
        REPRESENTATIVE = "representative", "Représentant"
        IMPLICATED = "implicated", "Personne mise en cause"
        WITNESS = "witness", "Témoin"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="parties")
    role = models.CharField("qualité", max_length=20, choices=Role.choices)
    stakeholder = models.CharField(
        "partie prenante", max_length=20, choices=Stakeholder.choices, blank=True
    )
    name = models.CharField("nom", max_length=200, blank=True)
    function = models.CharField("fonction", max_length=200, blank=True)
    organisation_name = models.CharField("structure", max_length=200, blank=True)
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    postal_address = models.TextField("adresse", blank=True)
    consents_to_disclosure = models.BooleanField("accepte d’être nommé", default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "personne"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(role="complainant"), name="one_complainant"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.get_role_display()

    @property
    def may_be_answered(self) -> bool:
        """Whether a paper may be addressed to them; a telephone number alone is no address."""
        return bool(self.name or self.email or self.postal_address)
