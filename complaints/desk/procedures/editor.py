"""The procedures as editors see them: tabs, closed lists to tick, and the screens around."""

from datetime import date
from typing import Any

from django import forms
from django.urls import path
from django.utils.html import format_html_join
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import LiveStatusTagColumn

from complaints.desk.edited import AtHomeForm, EditedViewSet
from complaints.desk.procedures import rehearsal
from complaints.desk.procedures.draft_comparison import DraftComparisonView
from complaints.desk.procedures.publishing_checks import CheckedApprovalView, PublicationForm
from complaints.desk.procedures.review import ProcedureEditView, ReviewView
from complaints.desk.procedures.starting import TAKEN, StartView
from complaints.desk.procedures.unpublishing import ProcedureUnpublishView
from complaints.desk.procedures.version_doors import version_paths
from complaints.handling.publication import findings
from complaints.models import Procedure
from complaints.workflow.marks import FIELDS
from complaints.workflow.problems import Problem
from complaints.workflow.vocabulary import Kind, Stakeholder

LETTER_MARKS = format_html_join(
    "", "<li><code>{{{}}}</code> : {}</li>", [(mark, words) for mark, words in FIELDS.items()]
)


class ProcedureForm(PublicationForm, AtHomeForm):
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

    def clean(self) -> dict[str, Any]:
        """A reference that serves already is told next to it."""
        data = super().clean()
        same = Procedure.objects.exclude(pk=self.instance.pk).filter(
            organisation=data.get("organisation"), reference=data.get("reference")
        )
        if data.get("organisation") and data.get("reference") and same.exists():
            self.add_error("reference", TAKEN)
        return data

    def findings(self, today: date) -> list[Problem]:
        """What is to be mended, or looked at, before it is published."""
        return findings(self.instance, today)

    class Media:
        js = ("complaints/names.js",)


def tab(heading: str, help_text: str, *panels: Any) -> ObjectList:
    """One tab, with what to know before changing anything in it."""
    fields = [FieldPanel(panel) if isinstance(panel, str) else panel for panel in panels]
    return ObjectList(
        [HelpPanel(f"<p>{help_text}</p>", classname="desk desk-tab-help"), *fields], heading=heading
    )


TABS = (
    tab(
        "Présentation",
        "Ce que la procédure couvre, et pour qui. Un dossier déposé garde la version de son jour :"
        " ce que vous changez ici vaut pour les suivants.",
        EditedViewSet.chosen_simply,
        "title",
        "reference",
        FieldPanel("kinds"),
        FieldPanel("stakeholders"),
        "recipients",
        FieldRowPanel([FieldPanel("review_months"), FieldPanel("reviewed_on", read_only=True)]),
        PublishingPanel(),
    ),
    tab(
        "Rôles et instances",
        "Qui agit, sous le nom que vous lui donnez, et les instances qui siègent (commission,"
        " comité). Un rôle nouveau donne un groupe d’utilisateurs à la publication.",
        "roles",
        "bodies",
    ),
    tab(
        "Étapes",
        "Par où passe un dossier, dans l’ordre. Celles qui ont un numéro sont sur la page publique."
        " Un dossier commence à la première.",
        "stages",
    ),
    tab(
        "Actions",
        "Les boutons d’un dossier : ce que chacun fait, à quelles étapes il est là, pour qui, et"
        " le courrier qu’il propose. Clôture, recours, avis du réclamant et médiation sont des"
        " actions comme les autres.",
        "moves",
    ),
    tab(
        "Délais",
        "Chaque délai est compté pour chaque dossier, annoncé au réclamant, imprimé, et contrôlé."
        " « Aucun » est une unité possible : un engagement sans nombre de jours.",
        "time_limits",
    ),
    tab(
        "Gravité et recevabilité",
        "Les niveaux et les critères dans vos mots ; les repères que l’évaluation peut poser ;"
        " ce qui rend une réclamation recevable.",
        "severities",
        "markers",
        "criteria",
    ),
    tab(
        "Courriers",
        "Les textes que les actions proposent ; qui les envoie peut les changer. Un mot entre"
        " accolades est remplacé par ce qu’il désigne.</p><details><summary>Les mots entre"
        f" accolades</summary><ul>{LETTER_MARKS}</ul></details><p>",
        "letters",
        "response_prefix",
    ),
    tab(
        "Registre et médiation",
        "Le médiateur que la page et les réponses nomment, la durée de conservation qu’applique"
        " l’effacement, les colonnes du registre.",
        FieldPanel("mediator", widget=forms.Select),
        FieldRowPanel(
            [
                FieldPanel("retention_amount"),
                FieldPanel("retention_unit"),
                FieldPanel("retention_starts_on"),
            ],
            heading="Durée de conservation",
        ),
        "register_columns",
    ),
)


class ProcedureViewSet(EditedViewSet):
    """The rules; publishing freezes a version, which new dossiers follow."""

    model = Procedure
    icon = "tasks"
    menu_label = "Procédures"
    has_chooser = True
    add_view_class = StartView
    edit_view_class = ProcedureEditView
    preview_on_add_view_class = rehearsal.RehearsalOnCreate
    preview_on_edit_view_class = rehearsal.RehearsalOnEdit
    revisions_view_class = rehearsal.RehearsalOfRevision
    revisions_compare_view_class = DraftComparisonView
    workflow_preview_view_class = rehearsal.RehearsalForApproval
    edit_template_name = "complaints/desk/procedures/editor.html"
    workflow_action_view_class = CheckedApprovalView
    unpublish_view_class = ProcedureUnpublishView
    list_display = ["title", "reference", "organisation", LiveStatusTagColumn(sort_key=None)]
    edit_handler = TabbedInterface(TABS, base_form_class=ProcedureForm)

    def get_urlpatterns(self) -> list[Any]:
        """Wagtail's, the review, and what is about its versions."""
        review = path("<int:pk>/relecture/", self.construct_view(ReviewView), name="review")
        return [
            *super().get_urlpatterns(),
            review,
            rehearsal.rehearsal_path(),
            *version_paths(),
        ]
