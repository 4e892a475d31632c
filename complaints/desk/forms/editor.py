"""The forms as editors see them: tabs, the parts and their questions, and the screens around."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PublishingPanel, TabbedInterface
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import LiveStatusTagColumn

from complaints.desk.edited import AtHomeForm, EditedViewSet
from complaints.desk.forms import preview
from complaints.desk.forms.draft_comparison import FormDraftComparisonView
from complaints.desk.forms.starting import TAKEN, StartFormView, free_slug
from complaints.desk.forms.trial import FormTrialView, trial_path
from complaints.desk.forms.unpublishing import FormUnpublishView
from complaints.desk.forms.version_screens import form_version_paths
from complaints.desk.forms.versions import form_version_buttons
from complaints.desk.procedures.editor import tab
from complaints.desk.procedures.publishing_checks import (
    CheckedApprovalView,
    CheckedEditView,
    PublicationForm,
)
from complaints.handling.form_needs import form_needs
from complaints.models import Form
from complaints.models.form_former import former_labels
from complaints.models.organisation import Role
from complaints.workflow.problems import Problem


class FormForm(PublicationForm, AtHomeForm):
    """A form is published when a visitor could fill it in, and is told what becomes of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = "Dans les adresses. Vide : fait à partir du titre."
        # A last day that is past has done its work; kept, Wagtail would let nothing be saved.
        if (last := self.initial.get("expire_at")) and last <= timezone.now():
            self.initial["expire_at"] = None

    def clean(self) -> dict[str, Any]:
        """The slug is made from the title; one that serves already is told next to it."""
        data = super().clean()
        organisation = data.get("organisation") or self.instance.organisation_id
        others = Form.objects.exclude(pk=self.instance.pk).filter(organisation=organisation)
        if not data.get("slug") and "slug" not in self.errors:
            data["slug"] = free_slug(slugify(data.get("title", "")), others)
        elif others.filter(slug=data.get("slug")).exists():
            self.add_error("slug", TAKEN)
        return data

    def findings(self, today: date) -> list[Problem]:
        """What is to be mended, or looked at, before it is published."""
        found = [*self.instance.problems(), *form_needs(self.instance, today)]
        return [*found, *_nobody_reads(self.instance.definition(), roles_of(self.instance))]

    class Media:
        css = {"all": ("complaints/form.css",)}
        js = ("complaints/names.js", "complaints/form.js")


def roles_of(form: Form) -> dict[str, str]:
    """The names, by key, of the roles of its organisation that read dossiers."""
    held = Role.objects.filter(organisation=form.organisation_id, sees_dossiers=True)
    return dict(held.values_list("key", "label"))


def _nobody_reads(definition: dict[str, Any], roles: dict[str, str]) -> Iterator[Problem]:
    """An answer kept for roles that this organisation has not: a copy brings them from another."""
    for section in definition["sections"]:
        for field in section["fields"]:
            readers = field.get("seen_by", [])
            if readers and not roles.keys() & set(readers):
                sentence = (
                    f"La réponse à « {field['label']} » est réservée à des rôles que cet organisme"
                    " n’a pas : personne ne la lirait."
                )
                yield Problem(sentence, "sections", f"{section['key']}/{field['key']}")


OVERTAKEN = (
    "Ce brouillon a été enregistré ailleurs depuis que vous l’avez ouvert. Enregistrer mettrait le"
    " vôtre à sa place ; l’autre resterait dans l’historique."
)


class FormEditView(CheckedEditView):
    """Wagtail's own, with the roles that a question may be kept for."""

    def is_valid(self, form: Any) -> bool:
        """Wagtail says in French that saving « écrira une nouvelle version »: it hides the loss."""
        valid = super().is_valid(form)
        if getattr(self, "produced_error_code", "") == "invalid_revision":
            self.produced_error_message = OVERTAKEN
        return valid

    @cached_property
    def header_buttons(self) -> list[Any]:
        """« Versions »."""
        return form_version_buttons(self.live_object)

    def get_side_panels(self) -> MediaContainer:
        """Without the checks of a web page: what is previewed is a form."""
        return MediaContainer(
            [panel for panel in super().get_side_panels() if panel.name != "checks"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lost = former_labels(self.object, self.object.definition()).items()
        former = [[one.question, one.answer, label] for one, label in lost]
        return super().get_context_data(**kwargs, roles=self.roles, former=former)

    @cached_property
    def roles(self) -> list[tuple[str, str]]:
        """Those of the form's own organisation, by key; what others call theirs is not told."""
        return list(roles_of(self.object).items())


TABS = (
    tab(
        "Présentation",
        "Le titre et la référence sont imprimés sur le formulaire, avec sa version et sa date.",
        EditedViewSet.chosen_simply,
        "title",
        "slug",
        "reference",
        "stepped",
        PublishingPanel(),
    ),
    tab(
        "Questions",
        "Des parties, et dans chacune des questions. L’aperçu, à droite, montre le formulaire"
        " comme un visiteur le verra. Un dossier déposé garde la version de son jour.",
        "sections",
    ),
    tab(
        "Protection",
        "Contre les envois automatiques, sans rien demander à la personne : ni image à"
        " déchiffrer, ni service extérieur.",
        "honeypot",
        FieldRowPanel([FieldPanel("minimum_seconds"), FieldPanel("hourly_limit")]),
        "proof_of_work",
    ),
)


class FormViewSet(EditedViewSet):
    """The forms; publishing freezes a version, which new dossiers point to."""

    model = Form
    icon = "form"
    menu_label = "Formulaires"
    has_chooser = True
    add_view_class = StartFormView
    edit_view_class = FormEditView
    preview_on_add_view_class = preview.PreviewOnCreate
    preview_on_edit_view_class = preview.PreviewOnEdit
    revisions_view_class = preview.PreviewOfRevision
    revisions_compare_view_class = FormDraftComparisonView
    workflow_preview_view_class = preview.PreviewForApproval
    workflow_action_view_class = CheckedApprovalView
    unpublish_view_class = FormUnpublishView
    edit_template_name = "complaints/desk/forms/editor.html"
    list_display = ["title", "reference", "organisation", LiveStatusTagColumn(sort_key=None)]
    edit_handler = TabbedInterface(TABS, base_form_class=FormForm)

    def get_urlpatterns(self) -> list[Any]:
        """Wagtail's, the trial, and what is about its versions."""
        trial = trial_path(self.construct_view(FormTrialView))
        return [*super().get_urlpatterns(), trial, *form_version_paths()]
