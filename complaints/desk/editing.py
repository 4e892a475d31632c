"""What editors write besides procedures and forms: contact facts, mediators."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from complaints.desk.calendars.listing import CalendarViewSet
from complaints.desk.edited import EditedViewSet, tab
from complaints.desk.forms.editor import FormViewSet
from complaints.desk.procedures.editor import ProcedureViewSet
from complaints.desk.week import WorkingWeekField
from complaints.models import Mediator, Organisation


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
            tab("Brouillons", "draft_days"),
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
