"""The queue of dossiers: a Wagtail listing that costs the same whatever there is behind it."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from complaints.desk import policies
from complaints.desk.doors import ListView
from complaints.desk.due import due_words
from complaints.desk.paging import CappedPaginator
from complaints.models import Dossier, Organisation, access
from complaints.register import queue
from complaints.register.queue import Situation
from complaints.workflow.vocabulary import Channel, Phase, Severity


class QueueFilters(WagtailFilterSet):
    """What narrows the queue."""

    situation = django_filters.ChoiceFilter(
        label="Situation",
        choices=[choice for choice in Situation.choices if choice[0] != Situation.OPEN],
        empty_label=Situation.OPEN.label,
        widget=forms.RadioSelect,
        method="leave",  # the list itself reads it: it decides on the order too
    )
    phase = django_filters.MultipleChoiceFilter(
        label="Phase",
        choices=[choice for choice in Phase.choices if choice[0] != Phase.ERASED],
        widget=forms.CheckboxSelectMultiple,
    )
    severity = django_filters.MultipleChoiceFilter(
        label="Gravité", choices=Severity.choices, widget=forms.CheckboxSelectMultiple
    )
    channel = django_filters.MultipleChoiceFilter(
        label="Reçu par", choices=Channel.choices, widget=forms.CheckboxSelectMultiple
    )
    received_at = django_filters.DateFromToRangeFilter(
        label="Reçu le", widget=DateRangePickerWidget
    )
    organisation = django_filters.ModelChoiceFilter(
        label="Organisme", queryset=lambda request: theirs(request), widget=forms.RadioSelect
    )

    class Meta:
        model = Dossier
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(policies.within(self.request.user, access.organisations_seen_by)) < 2:
            del self.filters["organisation"]

    def leave(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset


def theirs(request: HttpRequest) -> QuerySet[Organisation]:
    """The organisations whose dossiers that person sees."""
    mine = policies.within(request.user, access.organisations_seen_by)
    return Organisation.objects.filter(pk__in=mine)


class NumberColumn(TitleColumn):
    """The number, and the way in."""

    def __init__(self) -> None:
        super().__init__(
            "reference", label="Numéro", url_name="dossiers:inspect", classname="desk-nowrap"
        )


class DueColumn(Column):
    """The next due day, how far it is, and in words when it is late."""

    cell_template_name = "complaints/desk/cells/due.html"

    def __init__(self) -> None:
        super().__init__("next_due_on", label="Échéance", sort_key="next_due_on")

    def get_value(self, instance: Dossier) -> Any:
        return due_words(instance.next_due_on, timezone.localdate()) if instance.is_open else None


class QueueView(ListView):
    """Open dossiers of one's own organisations, the most urgent first."""

    paginator_class = CappedPaginator
    list_display = [
        NumberColumn(),
        Column("subject", label="Objet", accessor=lambda d: d.subject or "—"),
        Column(
            "complainant",
            label="Réclamant",
            accessor=lambda d: d.complainant or "—",
            classname="desk-roomy",
        ),
        Column("stage", label="Étape", accessor="current_stage.label", classname="desk-roomy"),
        DueColumn(),
        Column(
            "received_at",
            label="Reçu le",
            accessor=lambda dossier: _day(dossier),
            sort_key="received_at",
            classname="desk-wide",
        ),
        Column(
            "assigned_to",
            label="Suivi par",
            accessor=lambda dossier: _follower(dossier),
            classname="desk-wide",
        ),
    ]
    # What makes the search form appear; `search_queryset` does the search.
    search_fields = ["reference"]

    @cached_property
    def situation(self) -> str:
        """The question asked; the queue of open dossiers when none is."""
        asked = self.request.GET.get("situation", "")
        if asked not in Situation.values and queue.is_number(self.search_query):
            return Situation.ALL  # a number is looked for wherever the dossier stands
        return asked if asked in Situation.values else Situation.OPEN

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Whoever reads the queue may add to it what came otherwise than by the form."""
        return [HeaderButton("Saisir un dossier", url=reverse("entry"), icon_name="plus")]

    def get_search_form(self) -> SearchForm:
        asked = self.request.GET if self.search_kwarg in self.request.GET else None
        return SearchForm(asked, placeholder="Numéro, objet, réclamant")

    def get_base_queryset(self) -> QuerySet:
        return queue.for_listing(super().get_base_queryset())

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        found = queue.in_situation(queryset, self.situation, self.request.user, today)
        return queue.sorted_by(found, self.ordering) if self.ordering else found

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return queue.searched(queryset, self.search_query) if self.is_searching else queryset

    def get_list_buttons(self, instance: Dossier) -> list[Any]:
        return []

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["situations"] = [
            {
                "label": situation.label,
                "url": self._url_of(situation),
                "current": situation == self.situation,
            }
            for situation in Situation
        ]
        return context

    def _url_of(self, situation: Situation) -> str:
        url = reverse(self.index_url_name)
        return url if situation == Situation.OPEN else f"{url}?situation={situation}"


def _day(dossier: Dossier) -> str:
    return f"{timezone.localdate(dossier.received_at):%d/%m/%Y}"


def _follower(dossier: Dossier) -> str:
    user = dossier.assigned_to
    return (user.get_full_name() or user.get_username()) if user else "—"
