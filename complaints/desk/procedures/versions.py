"""The versions of a procedure: which was in force when, who approved it, who still follows it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import Lead
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from complaints.desk.policies import organisations_of
from complaints.desk.procedures.versions_in_force import in_force_on
from complaints.handling.forms import day
from complaints.handling.migration import may_migrate
from complaints.models import Dossier, Procedure, ProcedureDocument, ProcedureVersion
from complaints.models.approvals import workflow_of

SPACE = "wagtailsnippets_complaints_procedure"
PER_PAGE = 25
YEARS = range(1990, 2101)


class OnProcedure(WagtailAdminTemplateMixin):
    """A view of the procedure of the address, for whoever works there; 404 to anybody else.

    Moderators read it too: it is what their dossiers follow.
    """

    model = Procedure
    header_icon = "tasks"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        theirs = Procedure.objects.filter(organisation__in=organisations_of(request.user))
        found = theirs.select_related("organisation__site")
        self.procedure: Procedure = get_object_or_404(found, pk=kwargs["pk"])

    def version(self, number: int) -> ProcedureVersion:
        """The version of that number; 404 if there is none."""
        named = ProcedureVersion.objects.select_related("published_by", "mediator", "procedure")
        return get_object_or_404(named, procedure=self.procedure, number=number)

    def get_header_title(self) -> str:
        return f"{self.procedure.title} : {self.get_page_title().lower()}"

    def trail(self) -> list[dict[str, str]]:
        """What is between the procedure and this screen."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Accueil › Procédures › the procedure › Versions › this screen."""
        versions = {"url": address("versions", self.procedure), "label": self.procedure.reference}
        return [
            *super().get_breadcrumbs_items(),
            versions,
            *self.trail(),
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            procedure=self.procedure,
            versions_url=address("versions", self.procedure),
        )


class DayForm(forms.Form):
    """« Qu’est-ce qui était en vigueur le … ? »"""

    on = day("Qu’est-ce qui était en vigueur le", required=True)

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on.year not in YEARS:
            raise forms.ValidationError(f"Une année de {YEARS[0]} à {YEARS[-1]}.")
        return on


class VersionsView(OnProcedure, TemplateView):
    """All of them, the one in force first; a day asked for is answered at the top."""

    page_title = "Versions"
    template_name = "complaints/desk/procedures/versions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = DayForm(self.request.GET if "on" in self.request.GET else None)
        page = Paginator(versions_of(self.procedure), PER_PAGE).get_page(self.request.GET.get("p"))
        user = self.request.user
        return super().get_context_data(
            **kwargs,
            asked=asked,
            answer=in_force_on(self.procedure, asked.cleaned_data["on"])
            if asked.is_valid()
            else None,
            page=page,
            lines=lines(page, self.procedure),
            numbers=list(self.procedure.versions.values_list("number", flat=True)),
            workflow=workflow_of(self.procedure.organisation_id),
            may_install=user.is_superuser,
            may_migrate=may_migrate(user, self.procedure.organisation),
        )


def address(name: str, procedure: Procedure, *arguments: Any) -> str:
    """The address of one of the procedure's screens."""
    return reverse(f"{SPACE}:{name}", args=[procedure.pk, *arguments])


def versions_of(procedure: Procedure) -> QuerySet[ProcedureVersion]:
    """The newest first, each with `until`, the instant when the next one took its place."""
    until = Window(Lead("in_force_at"), order_by=F("number").asc())
    found = procedure.versions.annotate(until=until).defer("definition")
    return found.select_related("published_by").order_by("-number")


def lines(versions: Iterable[ProcedureVersion], procedure: Procedure) -> list[dict[str, Any]]:
    """Each version with its dossiers and its documents; three queries, however many there are."""
    shown = list(versions)
    numbers = [version.pk for version in shown]
    followed = Dossier.objects.filter(procedure_version__in=numbers)
    still = followed.filter(organisation=procedure.organisation_id, is_open=True)
    total, running = _counted(followed), _counted(still)
    documents = documents_of(numbers)
    return [
        {
            "version": version,
            "total": total.get(version.pk, 0),
            "open": running.get(version.pk, 0),
            "documents": documents[version.pk],
        }
        for version in shown
    ]


def documents_of(versions: Iterable[int]) -> dict[int, list[ProcedureDocument]]:
    """The archived PDFs made from these versions, the newest first."""
    found: dict[int, list[ProcedureDocument]] = defaultdict(list)
    made = ProcedureDocument.objects.filter(procedure_version__in=list(versions))
    for document in made.select_related("form_version").order_by("-number"):
        found[document.procedure_version_id].append(document)
    return found


def _counted(dossiers: QuerySet[Dossier]) -> dict[int, int]:
    rows = dossiers.order_by().values_list("procedure_version").annotate(Count("pk"))
    return dict(rows)
