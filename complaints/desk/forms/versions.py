"""The versions of a form: which was filled in when, who used it, what each one changed."""

from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Model, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, Lead
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from complaints.desk.policies import organisations_of
from complaints.intake.differences import Difference, differences, name_differences
from complaints.models import Dossier, Draft, Form, FormVersion
from complaints.models.organisation import Role

SPACE = "wagtailsnippets_complaints_form"
PER_PAGE = 25
# How many differences are read at once in the list; the others are folded.
AT_ONCE = 6


class OnForm(WagtailAdminTemplateMixin):
    """A view of the form of the address, for whoever works there; 404 to anybody else.

    Moderators read it too: it is what their dossiers answer.
    """

    model = Form
    header_icon = "form"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        theirs = Form.objects.filter(organisation__in=organisations_of(request.user))
        self.form: Form = get_object_or_404(theirs.select_related("organisation"), pk=kwargs["pk"])

    @cached_property
    def roles(self) -> dict[str, str]:
        """The names of the roles that an answer may be kept for."""
        held = Role.objects.filter(organisation=self.form.organisation_id)
        return dict(held.values_list("key", "label"))

    def get_header_title(self) -> str:
        return f"{self.form.title} : {self.get_page_title().lower()}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Accueil › the form's versions › this screen."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": address("versions", self.form), "label": self.form.reference},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions_url = address("versions", self.form)
        return super().get_context_data(**kwargs, asked=self.form, versions_url=versions_url)


class FormVersionsView(OnForm, TemplateView):
    """All of them, the one that visitors fill in first."""

    page_title = "Versions"
    template_name = "complaints/desk/forms/versions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(versions_of(self.form), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs, page=page, lines=lines(page, self.roles))


def address(name: str, form: Form, *arguments: Any) -> str:
    """The address of one of the form's screens."""
    return reverse(f"{SPACE}:{name}", args=[form.pk, *arguments])


def form_version_buttons(form: Form) -> list[HeaderButton]:
    """« Versions », for the header of the form's own screen."""
    return [HeaderButton("Versions", url=address("versions", form), icon_name="history")]


def versions_of(form: Form) -> QuerySet[FormVersion]:
    """The newest first, with the instant when the next one took its place and what it counts."""
    until = Window(Lead("effective_at"), order_by=F("number").asc())
    return counted(form).annotate(until=until).order_by("-number")


def counted(form: Form) -> QuerySet[FormVersion]:
    """The versions with how many dossiers and drafts each one has, in one query."""
    return form.versions.annotate(dossiers_filed=_count(Dossier), drafts_begun=_count(Draft))


def _count(model: type[Model]) -> Coalesce:
    """How many rows point to a version, within the query that reads the versions."""
    rows = model._default_manager.filter(form_version=OuterRef("pk")).order_by()
    counted = rows.values("form_version").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def lines(page: Page, roles: dict[str, str]) -> list[dict[str, Any]]:
    """Each version of the page, and what it changed in the one before."""
    shown = list(page)
    if page.has_next():
        shown.append(page.paginator.object_list[page.end_index()])
    found = [
        {"version": version, "before": before} | _told(changes(before, version, roles))
        for version, before in zip_longest(shown, shown[1:])
    ]
    return found[: len(page)]


def _told(found: Iterable[Difference]) -> dict[str, Any]:
    sentences = [difference.sentence for difference in found]
    return {"first": sentences[:AT_ONCE], "others": sentences[AT_ONCE:]}


def changes(
    before: FormVersion | None, after: FormVersion, roles: dict[str, str]
) -> list[Difference]:
    """What is told of the newer one; what only is written otherwise would hide the rest."""
    if before is None:
        return []
    found = name_differences(_names(before), _names(after))
    found += differences(before.parsed(), after.parsed(), roles)
    return [one for one in found if not one.trivial] or found


def _names(version: FormVersion) -> dict[str, str]:
    """What is frozen with the questions, by its name."""
    return {"le titre": version.title, "la référence": version.reference}
