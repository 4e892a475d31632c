"""The procedures as editors see them: tabs, closed lists to tick, and the screens around."""

from typing import Any

from django import forms
from django.urls import path
from wagtail.admin.panels import FieldPanel, FieldRowPanel, TabbedInterface
from wagtail.admin.ui.tables import LiveStatusTagColumn

from complaints.desk.edited import AtHomeForm, EditedViewSet, tab
from complaints.desk.review import ProcedureEditView, ReviewView
from complaints.models import Procedure
from complaints.workflow.vocabulary import Kind, Stakeholder


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
