"""The public page of a procedure: an editor's text around what the rules say."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import slugify
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page

from complaints.models import Form, Mediator, Organisation, Procedure, ProcedureDocument, access
from complaints.models.procedure_version import ProcedureVersion
from complaints.register.conventions import counting_words
from complaints.register.promises import Promise, promises_of, retention_words
from complaints.workflow import Stage
from pages.blocks import PageBlocks

FORM_ANCHOR = "deposer"


@dataclass(frozen=True)
class Part:
    """One part of the page, and the name that a link to it uses."""

    anchor: str
    block: StreamValue.StreamChild

    @property
    def title(self) -> str:
        """As its editor wrote it."""
        return self.block.value["title"]


class ProcedurePageForm(WagtailAdminPageForm):
    """An editor publishes the procedure and the form of an organisation they write for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = access.organisations_edited_by(self.for_user) if self.for_user else []
        for field in self.fields.keys() & {"procedure", "form"}:
            chosen = self.fields[field]
            chosen.queryset = chosen.queryset.filter(organisation__in=theirs)

    def clean(self) -> dict[str, Any]:
        """A page made by a program would have no procedure: the API does not offer that field."""
        cleaned = super().clean()
        if self.instance.procedure_id is None and "procedure" not in self.fields:
            raise ValidationError(NO_PROCEDURE)
        procedure, form = cleaned.get("procedure"), cleaned.get("form")
        if procedure and form and procedure.organisation_id != form.organisation_id:
            self.add_error("form", OTHER_ORGANISATION)
        return cleaned


NO_PROCEDURE = "Une page de procédure se crée dans l’administration, où l’on choisit sa procédure."
OTHER_ORGANISATION = "Ce formulaire n’est pas de l’organisme de la procédure."


class ProcedurePage(Page):
    """What a visitor reads, and where they file."""

    introduction = models.TextField("introduction", blank=True)
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, verbose_name="procédure", related_name="pages"
    )
    form = models.ForeignKey(
        Form,
        models.PROTECT,
        verbose_name="formulaire",
        related_name="pages",
        null=True,
        blank=True,
        help_text="Sans formulaire, la page se lit mais ne reçoit rien.",
    )
    body = StreamField(PageBlocks(), verbose_name="parties")

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("procedure"),
        FieldPanel("form"),
        FieldPanel("body"),
    ]
    api_fields = [
        APIField("introduction"),
        APIField("body"),
        APIField("procedure_version"),
        APIField("steps"),
        APIField("time_limits"),
    ]
    base_form_class = ProcedurePageForm
    template = "pages/procedure_page.html"

    class Meta:
        verbose_name = "page de procédure"
        verbose_name_plural = "pages de procédure"

    @cached_property
    def version(self) -> ProcedureVersion | None:
        """The rules in force today."""
        return self.procedure.current

    @property
    def organisation(self) -> Organisation:
        """Whose procedure it is."""
        return self.procedure.organisation

    @property
    def mediator(self) -> Mediator | None:
        """The mediator the rules in force name."""
        return self.version.mediator if self.version else None

    @cached_property
    def public_steps(self) -> list[Stage]:
        """The numbered steps of the rules in force."""
        return self.version.rules.public_steps if self.version else []

    @cached_property
    def promises(self) -> list[Promise]:
        """The time limits of the rules in force, in words; internal targets left out."""
        return promises_of(self.version.rules) if self.version else []

    @property
    def conventions(self) -> list[str]:
        """How the days of these time limits are counted; empty when none has a number."""
        return counting_words(self.version.rules, self.organisation) if self.version else []

    @property
    def ways_out(self) -> list[Promise]:
        """The ways that open to the complainant when nothing is settled: the mediator."""
        return [promise for promise in self.promises if promise.opens]

    @property
    def retention(self) -> str:
        """How long a dossier is kept, in words; empty when the rules fix nothing."""
        return retention_words(self.version.rules) if self.version else ""

    @cached_property
    def parts(self) -> list[Part]:
        """The parts of the page in the editor's order, each with an anchor of its own."""
        parts: list[Part] = []
        for number, block in enumerate(self.body, 1):
            anchor = FORM_ANCHOR if block.block_type == "form" else slugify(block.value["title"])
            taken = not anchor or anchor in {part.anchor for part in parts}
            parts.append(Part(f"partie-{number}" if taken else anchor, block))
        return parts

    @cached_property
    def document(self) -> ProcedureDocument | None:
        """The PDF in force."""
        documents = self.procedure_documents.select_related("procedure_version")
        return documents.order_by("-number").first()

    @property
    def procedure_version(self) -> str:
        """For programs: which rules these are."""
        return str(self.version) if self.version else ""

    @property
    def steps(self) -> list[dict[str, Any]]:
        """For programs: the steps, as the page shows them."""
        return [
            {"number": stage.step, "title": stage.label, "text": stage.summary}
            for stage in self.public_steps
        ]

    @property
    def time_limits(self) -> list[dict[str, str]]:
        """For programs: the time limits in words; no program needs to compute one."""
        return [promise.as_dict() for promise in self.promises]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page; a post is a filing."""
        from pages.views.filing import answer

        return answer(request, self)
