"""The outbox as staff see it: what left, what waits, what failed and can be sent again."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from complaints.desk.doors import ListView, ReadOnlyViewSet, rows_for
from complaints.desk.paging import CappedPaginator
from complaints.handling.dispatch import retry_notice
from complaints.models import Notice

FAILED = (Notice.State.FAILED, Notice.State.BOUNCED)


class OutboxFilters(WagtailFilterSet):
    """What narrows the outbox."""

    state = django_filters.MultipleChoiceFilter(
        label="État", choices=Notice.State.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Notice
        fields: list[str] = []


class SubjectColumn(TitleColumn):
    """What it is about, leading to the dossier."""

    def __init__(self) -> None:
        super().__init__("subject", label="Objet")

    def get_link_url(self, instance: Notice, parent_context: Any) -> str | None:
        dossier = instance.dossier_id
        return reverse("dossiers:inspect", args=[dossier]) if dossier else None


class StateColumn(Column):
    """Where it stands, why, and the button that sends it again."""

    cell_template_name = "complaints/desk/cells/sending.html"

    def get_cell_context_data(self, instance: Notice, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return context | {
            "notice": instance,
            "csrf_token": get_token(parent_context["request"]),
            "may_retry": instance.state in FAILED,
        }


class OutboxView(ListView):
    """The last written first; the bodies stay in the database."""

    paginator_class = CappedPaginator
    list_display = [
        SubjectColumn(),
        Column("to", label="À"),
        Column("created_at", label="Écrit le", accessor=lambda notice: _moment(notice)),
        StateColumn("state", label="État"),
    ]

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().defer("body", "secrets")

    def get_list_buttons(self, instance: Notice) -> list[Any]:
        return []

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        asked, url = set(self.request.GET.getlist("state")), reverse(self.index_url_name)
        failures = "&".join(f"state={state}" for state in FAILED)
        return super().get_context_data(*args, **kwargs) | {
            "situations": [
                {"label": "Tous", "url": url, "current": not asked},
                {"label": "En échec", "url": f"{url}?{failures}", "current": asked == set(FAILED)},
            ]
        }


class RetryView(View):
    """« Renvoyer maintenant »."""

    model = Notice
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        notice = get_object_or_404(rows_for(request.user, Notice), pk=kwargs["pk"])
        if retry_notice(notice, timezone.now()):
            messages.success(request, f"Nouvel essai d’envoi à {notice.to} : il part à l’instant.")
        else:
            messages.error(request, "Cet envoi n’est plus en échec : il n’y a rien à renvoyer.")
        return redirect("envois:list")


class OutboxViewSet(ReadOnlyViewSet):
    """« Envois »."""

    model = Notice
    icon = "mail"
    menu_label = "Envois"
    menu_name = "envois"
    menu_order = 30
    add_to_admin_menu = True
    base_url_path = "envois"
    admin_url_namespace = "envois"
    index_view_class = OutboxView
    filterset_class = OutboxFilters
    add_to_reference_index = False

    def get_urlpatterns(self) -> list[Any]:
        """The list, and the one thing to do about a row."""
        retry = self.construct_view(RetryView)
        return [*super().get_urlpatterns(), path("<int:pk>/renvoyer/", retry, name="retry")]


def _moment(notice: Notice) -> str:
    return f"{timezone.localtime(notice.created_at):%d/%m/%Y à %H:%M}"
