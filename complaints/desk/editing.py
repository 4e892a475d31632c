"""What editors write: procedures, forms, contact facts, mediators."""

from typing import Any

from django import forms
from django.urls import path
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from complaints.desk.calendars import CalendarViewSet
from complaints.desk.doors import ScopedViewSet
from complaints.desk.review import ProcedureEditView, ReviewView
from complaints.desk.week import WorkingWeekField
from complaints.models import Form, Mediator, Organisation, Procedure, access
from complaints.workflow.vocabulary import Kind, Stakeholder


class AtHomeForm(WagtailAdminModelForm):
    """Written for one's own organisation, and never moved to another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "organisation" not in self.fields:
            return
        field, mine = self.fields["organisation"], access.organisations_edited_by(self.for_user)
        field.queryset = mine
        field.disabled = self.instance.pk is not None
        if self.instance.pk is None and len(mine) == 1:
            field.initial = mine[0]


class ProcedureForm(AtHomeForm):
    """The closed lists of a procedure are boxes to tick."""

    kinds = forms.MultipleChoiceField(
        label="Natures traitées", choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    stakeholders = forms.MultipleChoiceField(
        label="Parties prenantes",
        choices=Stakeholder.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def tab(heading: str, *fields: str | FieldPanel) -> ObjectList:
    """One tab of an editing screen."""
    panels = [FieldPanel(field) if isinstance(field, str) else field for field in fields]
    return ObjectList(panels, heading=heading)


class EditedViewSet(ScopedViewSet):
    """A kind that editors write; found again through history and revisions."""

    ordering = ("pk",)
    # Choosing through Wagtail's window would add nothing to a list of one to five organisations.
    chosen_simply = FieldPanel("organisation", heading="Organisme", widget=forms.Select)


class ProcedureViewSet(EditedViewSet):
    """The rules; publishing freezes a version, which new dossiers follow."""

    model = Procedure
    icon = "tasks"
    menu_label = "Procédures"
    has_chooser = True
    edit_view_class = ProcedureEditView
    list_display = ["title", "reference", "organisation", LiveStatusTagColumn(sort_key=None)]
    edit_handler = TabbedInterface(
        [
            tab(
                "Présentation",
                EditedViewSet.chosen_simply,
                "title",
                "reference",
                FieldPanel("kinds"),
                FieldPanel("stakeholders"),
                FieldPanel("mediator", widget=forms.Select),
            ),
            tab("Étapes", "roles", "stages", "severities"),
            tab("Actions", "moves"),
            tab("Délais", "time_limits"),
            tab("Courriers", "letters", "response_prefix"),
            tab(
                "Registre et conservation",
                "register_columns",
                FieldRowPanel(
                    [
                        FieldPanel("retention_amount"),
                        FieldPanel("retention_unit"),
                        FieldPanel("retention_starts_on"),
                    ],
                    heading="Durée de conservation",
                ),
            ),
            tab("Relecture", "review_months", FieldPanel("reviewed_on", read_only=True)),
        ],
        base_form_class=ProcedureForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        """Wagtail's, and the one where somebody says that nothing is to be changed."""
        review = self.construct_view(ReviewView)
        return [*super().get_urlpatterns(), path("<int:pk>/relecture/", review, name="review")]


class FormViewSet(EditedViewSet):
    """The forms; publishing freezes a version, which new dossiers point to."""

    model = Form
    icon = "form"
    menu_label = "Formulaires"
    has_chooser = True
    list_display = ["title", "reference", "organisation", LiveStatusTagColumn(sort_key=None)]
    edit_handler = TabbedInterface(
        [
            tab("Présentation", EditedViewSet.chosen_simply, "title", "slug", "reference"),
            tab("Questions", "sections"),
        ],
        base_form_class=AtHomeForm,
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
