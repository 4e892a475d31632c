"""The form staff build, and the frozen versions that dossiers point to."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from complaints import intake
from complaints.models.form_blocks import SectionBlock, SectionsBlock
from complaints.models.form_definition import sections_of, written_sections
from complaints.models.form_former import in_words
from complaints.models.form_places import placed, question_place
from complaints.models.form_question_blocks import CODES
from complaints.models.frozen import Frozen
from complaints.models.organisation import Organisation
from complaints.models.unpublishable import refuse
from complaints.workflow.problems import Problem


class Form(
    PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model
):
    """A complaint form as its editors see it; publishing freezes a FormVersion.

    The desk draws its preview: the form as a visitor would fill it in.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="forms")
    title = models.CharField("titre", max_length=200)
    slug = models.SlugField("identifiant")
    reference = models.CharField(
        "référence",
        max_length=100,
        help_text="Imprimée sur le formulaire, avec sa version et sa date.",
    )
    stepped = models.BooleanField(
        "une étape par partie",
        default=False,
        help_text="Sinon, tout le formulaire est sur une page. Le visiteur relit avant d’envoyer.",
    )
    honeypot = models.BooleanField(
        "champ piège",
        default=True,
        help_text="Invisible pour une personne\u202f; un robot le remplit, et se trahit.",
    )
    minimum_seconds = models.PositiveSmallIntegerField(
        "temps minimum (secondes)",
        default=3,
        help_text="Un envoi plus rapide n’est pas d’une personne. 0\u00a0: aucun minimum.",
    )
    hourly_limit = models.PositiveSmallIntegerField(
        "envois par heure",
        default=30,
        help_text="Pour une même adresse de connexion. 0\u00a0: aucune limite.",
    )
    proof_of_work = models.BooleanField(
        "calcul anti-robots",
        default=False,
        help_text="Le navigateur fait un calcul avant d’envoyer\u202f; la personne n’a rien à"
        " faire.",
    )
    sections = StreamField(SectionsBlock([("item", SectionBlock())]), verbose_name="parties")

    class Meta:
        verbose_name = "formulaire"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="one_form_per_slug")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.organisation})"

    def definition(self) -> dict[str, Any]:
        """What the editors built, as `complaints.intake.parse` reads it."""
        raw = self.sections.stream_block.get_prep_value(self.sections)
        written = {"sections": written_sections(raw)}
        return written | ({"steps": True} if self.stepped else {})

    def write(self, definition: dict[str, Any]) -> None:
        """Take over what that definition asks, which editors may then change."""
        self.stepped = definition.get("steps") is True
        self.sections = sections_of(definition)

    def problems(self) -> list[Problem]:
        """What forbids to publish it as it is written now; what it lost, in its former words."""
        definition = self.definition()
        return in_words(form_problems(definition), self, definition)

    @transaction.atomic
    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """Publish as any snippet, then freeze what a visitor will now see.

        Raises Unpublishable when it could not be shown to a visitor, or does not tell them what
        becomes of their data. A publication for a later day freezes nothing yet.
        """
        if problems := revision.as_object().problems():
            refuse(revision, problems, kwargs.get("log_action"))
            return
        super().publish(revision, *args, **kwargs)
        published = type(self).objects.get(pk=self.pk)
        if published.live_revision_id == revision.pk:
            FormVersion.freeze(published, at=timezone.now())

    @property
    def current(self) -> "FormVersion | None":
        """The version that visitors fill in today."""
        return self.versions.order_by("-number").first()


def form_problems(definition: dict[str, Any]) -> list[Problem]:
    """One problem for each reason not to show this form to a visitor, and where it is."""
    try:
        form = intake.parse(definition)
    except intake.DefinitionError as error:
        return placed(error.problems, definition)
    problems = placed(_unknown_codes(form), definition)
    return problems if informs(form) else [*problems, Problem(NO_INFORMATION, "sections")]


def informs(form: intake.FormDefinition) -> bool:
    """Whether it says what becomes of the data, where they are collected (RGPD, art. 13)."""
    return any(field.kind == intake.Kind.INFORMATION for field in form.fields)


NO_INFORMATION = (
    "Le formulaire ne dit pas ce que deviennent les données (RGPD, article 13) : ajoutez une"
    " question du type « Texte d’information »."
)


def _unknown_codes(definition: intake.FormDefinition) -> list[str]:
    """A choice that feeds one of our closed lists proposes only values of that list."""
    return [
        f"{question_place(section.title, field.label)}\u00a0: « {choice.value} » n’est pas connue."
        for section in definition.sections
        for field in section.fields
        if field.maps_to in CODES
        for choice in field.choices
        if choice.value not in CODES[field.maps_to].values
    ]


class FormVersion(Frozen):
    """A form as it was on a day: what was asked can be shown years later."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("version")
    reference = models.CharField("référence", max_length=100)
    title = models.CharField("titre", max_length=200)
    definition = models.JSONField("définition")
    digest = models.CharField("empreinte", max_length=64)
    effective_at = models.DateTimeField("en vigueur depuis")

    class Meta:
        verbose_name = "version de formulaire"
        ordering = ["form", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="one_form_version_per_number")
        ]

    def __str__(self) -> str:
        effective = timezone.localtime(self.effective_at)
        return f"{self.reference} – V{self.number} {effective:%d%m%Y}"

    @classmethod
    def freeze(cls, form: Form, *, at: Any) -> "FormVersion":
        """A new version if the form changed, else the current one."""
        definition = form.definition()
        digest = intake.digest(definition)
        current = form.current
        printed = (digest, form.reference, form.title)
        if current and (current.digest, current.reference, current.title) == printed:
            return current
        return cls.objects.create(
            form=form,
            number=current.number + 1 if current else 1,
            reference=form.reference,
            title=form.title,
            definition=definition,
            digest=digest,
            effective_at=at,
        )

    def parsed(self) -> intake.FormDefinition:
        """The definition, ready to build a form or to read answers."""
        return intake.reread(self.definition)
