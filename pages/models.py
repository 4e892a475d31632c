"""The public page of a procedure: an editor's text around what the rules say."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page

from complaints.models import Form, Mediator, Organisation, Procedure, ProcedureDocument
from complaints.models.procedure import ProcedureVersion
from complaints.register.promises import Promise, promises_of
from complaints.workflow import Stage
from pages.blocks import PageBlocks


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

    @cached_property
    def document(self) -> ProcedureDocument | None:
        """The PDF in force."""
        return self.procedure_documents.order_by("-number").first()

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
