"""What editors write besides procedures: forms, contact facts, mediators."""

from datetime import date
from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList, PublishingPanel, TabbedInterface
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from complaints.desk.calendars import CalendarViewSet
from complaints.desk.edited import AtHomeForm, EditedViewSet, tab
from complaints.desk.procedures import ProcedureViewSet
from complaints.desk.publishing_checks import (
    CheckedApprovalView,
    CheckedCreateView,
    CheckedEditView,
    PublicationForm,
)
from complaints.desk.week import WorkingWeekField
from complaints.models import Form, Mediator, Organisation
from complaints.models.form import form_problems
from complaints.workflow.problems import Problem


class FormForm(PublicationForm, AtHomeForm):
    """A form is published when a visitor could fill it in, and is told what becomes of it."""

    def findings(self, today: date) -> list[Problem]:
        """What is to be mended before it is published."""
        return form_problems(self.instance.definition())


class FormViewSet(EditedViewSet):
    """The forms; publishing freezes a version, which new dossiers point to."""

    model = Form
    icon = "form"
    menu_label = "Formulaires"
    has_chooser = True
    add_view_class = CheckedCreateView
    edit_view_class = CheckedEditView
    workflow_action_view_class = CheckedApprovalView
    list_display = ["title", "reference", "organisation", LiveStatusTagColumn(sort_key=None)]
    edit_handler = TabbedInterface(
        [
            tab(
                "Présentation",
                EditedViewSet.chosen_simply,
                "title",
                "slug",
                "reference",
                PublishingPanel(),
            ),
            tab("Questions", "sections"),
        ],
        base_form_class=FormForm,
    )


class MediatorViewSet(EditedViewSet):
    """One record a mediator, shared, so that no page prints an address of its own."""

    model = Mediator
    icon = "group"
    menu_label = "Médiateurs"
    list_display = ["name", "website", "verified_on"]
    ordering = ("name",)
    edit_handler = ObjectList(
        [FieldPanel(n) for n in ("name", "website", "postal_address", "conditions", "verified_on")]
    )


class OrganisationForm(WagtailAdminModelForm):
    """The working week is seven boxes."""

    working_week = WorkingWeekField(
        label="Jours travaillés",
        help_text="Pour compter les jours ouvrés. Une échéance déjà calculée ne bouge pas.",
    )


class OrganisationViewSet(EditedViewSet):
    """How an organisation is reached, and which days it works."""

    model = Organisation
    icon = "home"
    menu_label = "Organismes"
    list_display = ["name", "email", "phone"]
    ordering = ("name",)
    kept = frozenset({"list", "list_results", "edit", "history", "history_results", "usage"})
    edit_handler = TabbedInterface(
        [
            tab(
                "Coordonnées",
                "name",
                "legal_name",
                "email",
                "email_subject",
                "phone",
                "postal_address",
                "sending_address",
            ),
            tab("Jours ouvrés", "region", "working_week"),
            tab(
                "Identité technique",
                FieldPanel("prefix", read_only=True),
                FieldPanel("site", read_only=True),
                FieldPanel("time_zone", read_only=True),
            ),
        ],
        base_form_class=OrganisationForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        """An organisation is neither made nor unmade here."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in self.kept]


class SettingsGroup(SnippetViewSetGroup):
    """« Réglages des réclamations »."""

    menu_label = "Réglages des réclamations"
    menu_name = "reglages-reclamations"
    menu_icon = "cogs"
    menu_order = 600
    items = (
        ProcedureViewSet,
        FormViewSet,
        MediatorViewSet,
        OrganisationViewSet,
        CalendarViewSet,
    )
