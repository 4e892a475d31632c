"""The public page of a procedure: an editor's text around what the rules say."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import slugify
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.blocks import StreamValue
from wagtail.models import Page

from complaints.desk.procedures.publishing_checks import PublicationForm
from complaints.models import (
    Form,
    FormVersion,
    Mediator,
    Organisation,
    Procedure,
    ProcedureDocument,
    access,
)
from complaints.models.procedure_version import ProcedureVersion
from complaints.register.conventions import counting_words
from complaints.register.promises import Promise
from complaints.workflow import Stage
from complaints.workflow.problems import Problem
from pages.blocks import PageBlocks
from pages.checking import page_findings
from pages.fields import FilledText, PartsField
from pages.marks import filled, marks_of
from pages.panels import PageNotes
from pages.said import Said

FORM_ANCHOR = "deposer"
# What every page of the site already calls something of its own.
RESERVED = {"contenu", "nous-joindre", "sommaire", "form-errors"}


@dataclass(frozen=True)
class Part:
    """One part of the page, and the name that a link to it uses."""

    anchor: str
    title: str
    block: StreamValue.StreamChild


class ProcedurePageForm(PublicationForm, WagtailAdminPageForm):
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

    def findings(self, today: date) -> list[Problem]:
        """What is to be mended, or looked at, before it is published."""
        return page_findings(self.instance, today)


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
    body = PartsField(PageBlocks(), verbose_name="parties")

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("procedure", widget=Select),
        FieldPanel("form", widget=Select),
        PageNotes(heading="Repères et état de la page"),
        FieldPanel("body"),
    ]
    api_fields = [
        APIField("introduction", serializer=FilledText()),
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
        """The rules in force today; a preview puts those of the draft when there are none."""
        return self.procedure.current

    @cached_property
    def form_version(self) -> FormVersion | None:
        """The form that a visitor fills in today; None while it is unpublished."""
        return self.form.current if self.form_id and self.form.live else None

    @property
    def organisation(self) -> Organisation:
        """Whose procedure it is."""
        return self.procedure.organisation

    @property
    def mediator(self) -> Mediator | None:
        """The mediator the rules in force name."""
        return self.version.mediator if self.version else None

    @cached_property
    def said(self) -> Said | None:
        """What the rules in force say; None while there are none."""
        return Said(self.version.rules) if self.version else None

    @property
    def public_steps(self) -> list[Stage]:
        """The numbered steps of the rules in force."""
        return self.version.rules.public_steps if self.version else []

    @property
    def promises(self) -> list[Promise]:
        """The time limits of the rules in force, in words; internal targets left out."""
        return self.said.promises if self.said else []

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
        return self.said.retention if self.said else ""

    @cached_property
    def marks(self) -> dict[str, str]:
        """The words of each mark that a text of this page may quote."""
        return {mark.name: mark.value for mark in marks_of(self)}

    @cached_property
    def parts(self) -> list[Part]:
        """The parts that are shown, in the editor's order, each with an anchor of its own."""
        parts: list[Part] = []
        for number, block in enumerate(self.body, 1):
            if block.block.hidden_because(self.said, block.value):
                continue
            title = filled(block.value["title"], self.marks)
            anchor = FORM_ANCHOR if block.block_type == "form" else slugify(title)
            taken = not anchor or anchor in RESERVED | {part.anchor for part in parts}
            parts.append(Part(f"partie-{number}" if taken else anchor, title, block))
        return parts

    @property
    def hidden_parts(self) -> list[tuple[str, str]]:
        """For the editor: the title of each part that is not shown, and why."""
        reasons = [
            (child, child.block.hidden_because(self.said, child.value)) for child in self.body
        ]
        return [(child.value["title"], reason) for child, reason in reasons if reason]

    @cached_property
    def document(self) -> ProcedureDocument | None:
        """The PDF in force."""
        if self.pk is None:
            return None
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

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the page to its editor, even before anything was published."""
        from pages.views.preview import preview

        return preview(request, self)


class StaleDocument(models.Model):
    """The PDF of that page does not say what the page says, since then.

    One row at most a page, gone as soon as its PDF is made; troubles and editors read it.
    """

    page = models.OneToOneField(
        ProcedurePage, models.CASCADE, related_name="stale_document", primary_key=True
    )
    since = models.DateTimeField("pas à jour depuis")
    reason = models.CharField("pourquoi", max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "PDF à refaire"
        verbose_name_plural = "PDF à refaire"

    def __str__(self) -> str:
        return f"{self.page} ({self.since})"
