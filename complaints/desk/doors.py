"""Wagtail's generic screens with their doors closed: nobody meets the rows of others."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.functional import cached_property, classproperty
from wagtail.permissions import policy_registry
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

ANY_ACTION = ("view", "add", "change", "publish")
View = Callable[..., HttpResponse]


def rows_for(user: Any, model: type[Model]) -> QuerySet:
    """The rows of that kind which that person may meet."""
    return policy_registry.get_by_type(model).instances_user_has_any_permission_for(
        user, ANY_ACTION
    )


def guarded(view: View, model: type[Model]) -> View:
    """The same view, as if the rows of others did not exist."""

    @wraps(view)
    def only_theirs(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pk = kwargs.get("pk")
        if pk is not None and not _is_among(rows_for(request.user, model), str(pk)):
            raise Http404
        return view(request, *args, **kwargs)

    return only_theirs


def _is_among(rows: QuerySet, pk: str) -> bool:
    return pk.isdecimal() and rows.filter(pk=pk).exists()


class ListView(IndexView):
    """A list without check boxes: nothing here is done by the handful."""

    @cached_property
    def columns(self) -> list[Any]:
        """Those of the list itself, without the one of bulk actions."""
        return super(IndexView, self).columns


class _TheirChoices:
    """A chooser's views, limited to the rows of the person who chooses."""

    def get_object_list(self) -> QuerySet:
        return rows_for(self.request.user, self.model_class)

    def get_object(self, pk: Any) -> Model:
        return rows_for(self.request.user, self.model_class).get(pk=pk)

    def get_objects(self, pks: list[Any]) -> QuerySet:
        return rows_for(self.request.user, self.model_class).filter(pk__in=pks)


class ScopedChooserViewSet(chooser.SnippetChooserViewSet):
    """A chooser that offers, and accepts, one's own rows only."""

    choose_view_class = type("ChooseView", (_TheirChoices, chooser.ChooseView), {})
    choose_results_view_class = type("ResultsView", (_TheirChoices, chooser.ChooseResultsView), {})
    chosen_view_class = type("ChosenView", (_TheirChoices, chooser.SnippetChosenView), {})
    chosen_multiple_view_class = type(
        "ChosenMultipleView", (_TheirChoices, chooser.SnippetChosenMultipleView), {}
    )

    def get_urlpatterns(self) -> list[Any]:
        """Without the address that makes a row from within the chooser: the list does that."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class ScopedViewSet(SnippetViewSet):
    """A kind of which everyone lists, opens and chooses their own rows only."""

    index_view_class = ListView
    chooser_viewset_class = ScopedChooserViewSet
    index_template_name = "wagtailadmin/generic/index.html"
    index_results_template_name = "complaints/desk/list_results.html"
    copy_view_enabled = False
    list_per_page = 25
    has_chooser = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """What the list shows."""
        return rows_for(request.user, self.model)

    def construct_view(self, view_class: type, **kwargs: Any) -> View:
        """Every view of the set answers 404 about the rows of others."""
        return guarded(super().construct_view(view_class, **kwargs), self.model)

    def register_chooser_viewset(self) -> None:
        """No chooser is a door less."""
        if self.has_chooser:
            super().register_chooser_viewset()


class ReadOnlyViewSet(ScopedViewSet):
    """A kind that is looked at: the addresses that would write do not even exist."""

    def get_urlpatterns(self) -> list[Any]:
        """Only the addresses that read."""
        patterns = [
            path("", self.index_view, name="list"),
            path("results/", self.index_results_view, name="list_results"),
        ]
        if self.inspect_view_enabled:
            patterns.append(path("<int:pk>/", self.inspect_view, name="inspect"))
        return patterns


class NoBulkDelete(DeleteBulkAction):
    """Wagtail offers to delete any snippet by the handful, and names the ones one may not: no."""

    @classproperty
    def models(cls) -> list[type[Model]]:
        """All of ours."""
        return [model for model in get_snippet_models() if model._meta.app_label == "complaints"]

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """As if the address did not exist."""
        raise Http404
