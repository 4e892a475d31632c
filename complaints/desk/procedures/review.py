"""« Relecture »: the procedure in force, and the button of who has read it and changes nothing."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

from complaints.desk.doors import rows_for
from complaints.desk.due import due_words
from complaints.desk.procedures.publishing_checks import CheckedEditView
from complaints.desk.procedures.versions import SPACE, address
from complaints.handling.reviews import REVIEWED, review
from complaints.models import Procedure, ProcedureVersion


class ReviewView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What is in force, since when, read when; posting says that it was read and stays so."""

    model = Procedure
    permission_required = "change"
    page_title = "Relecture"
    header_icon = "tasks"
    template_name = "complaints/desk/procedures/review.html"

    @cached_property
    def procedure(self) -> Procedure:
        """One of theirs."""
        return get_object_or_404(self.procedures(), pk=self.kwargs["pk"])

    @cached_property
    def version(self) -> ProcedureVersion | None:
        """The rules that new dossiers follow; None while nothing is published."""
        return self.procedure.current if self.procedure.live else None

    def procedures(self) -> QuerySet:
        return rows_for(self.request.user, Procedure).select_related("organisation")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        here = redirect(f"{SPACE}:review", self.procedure.pk)
        if self.version is None or request.POST.get("seen") != str(self.version.number):
            messages.error(
                request, "Une autre version est en vigueur depuis : c’est elle qu’il faut relire."
            )
        elif review(self.procedure, request.user, timezone.now()):
            messages.success(request, "Votre relecture est notée dans l’historique.")
        else:
            messages.warning(request, "Cette procédure a déjà été relue aujourd’hui.")
        return here

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Accueil › Procédures › the procedure › Relecture."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(f"{SPACE}:list"), "label": "Procédures"},
            {"url": address("edit", self.procedure), "label": self.procedure.title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, due_on = timezone.localdate(), self.procedure.review_due_on
        return super().get_context_data(
            **kwargs,
            procedure=self.procedure,
            version=self.version,
            due=due_words(due_on, today) if due_on else None,
            read_today=self.procedure.reviewed_on == today,
            edit_url=address("edit", self.procedure),
            history_url=address("history", self.procedure),
        )


class ProcedureEditView(CheckedEditView):
    """Wagtail's own, with the way to say that nothing is to be changed."""

    def get_side_panels(self) -> MediaContainer:
        """Without the checks of a web page: the preview of a procedure is a rehearsal."""
        return MediaContainer(
            [panel for panel in super().get_side_panels() if panel.name != "checks"]
        )

    @cached_property
    def header_buttons(self) -> list[Any]:
        """« Versions »; « Répétition » and « Relecture » once something is in force."""
        shown = [("Versions", "versions", "history")]
        if self.live_object.live:
            shown.append(("Répétition", "rehearsal", "view"))
            shown.append(("Relecture", "review", "check"))
        return [
            HeaderButton(label, url=address(name, self.live_object), icon_name=icon)
            for label, name, icon in shown
        ]


class ReviewFormatter(LogFormatter):
    """How the history of a procedure shows it: what was read is what was in force that day."""

    label = "Relire sans changer"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        return f"Relue sans changement (version {log_entry.data['version']})"


def name_the_review(actions: LogActionRegistry) -> None:
    """So that the history of a procedure shows it in words."""
    actions.register_action(REVIEWED)(ReviewFormatter)
