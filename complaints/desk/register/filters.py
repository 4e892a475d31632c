"""Finding a line of the register: by number, by year, by organisation."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail_modeladmin.helpers.search import BaseSearchHandler
from wagtail_modeladmin.options import ModelAdmin

from complaints.desk.doors import rows_for
from complaints.desk.policies import within
from complaints.models import Organisation, RegisterEntry, access
from complaints.register import queue


class NumberSearch(BaseSearchHandler):
    """By number in the register or number of the dossier, its beginning at least."""

    def search_queryset(self, queryset: QuerySet, search_term: str, **kwargs: Any) -> QuerySet:
        """All of them when nothing is asked; none when it is no number."""
        if not search_term.strip():
            return queryset
        return queryset.filter(**queue.numbered(search_term, dossier="dossier__", entry=""))


class YearFilter(SimpleListFilter):
    """One year of the register."""

    title = "année"
    parameter_name = "annee"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        years = rows_for(request.user, RegisterEntry).order_by("-year")
        return [(str(year), str(year)) for year in years.values_list("year", flat=True).distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        asked = self.value() or ""
        return queryset.filter(year=int(asked)) if asked.isdecimal() else queryset


class OrganisationFilter(SimpleListFilter):
    """One organisation, for who works for several."""

    title = "organisme"
    parameter_name = "organisme"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        mine = within(request.user, access.organisations_seen_by)
        found = Organisation.objects.filter(pk__in=mine) if len(mine) > 1 else []
        return [(str(organisation.pk), organisation.name) for organisation in found]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        asked = self.value() or ""
        return queryset.filter(organisation=int(asked)) if asked.isdecimal() else queryset
