"""One version of a form to read, two of them side by side, and where these screens are."""

from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.views.generic import TemplateView

from complaints.desk.forms.version_reading import parts_of
from complaints.desk.forms.versions import FormVersionsView, OnForm, address, changes, counted
from complaints.models import Form, FormVersion


class FormVersionView(OnForm, TemplateView):
    """All its questions, read-only, under the number that dossiers point to."""

    template_name = "complaints/desk/forms/version.html"

    @cached_property
    def shown(self) -> FormVersion:
        """The one of the address."""
        return get_object_or_404(counted(self.form), number=self.kwargs["number"])

    def get_page_title(self) -> str:
        return f"Version {self.shown.number}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        definition, number = self.shown.parsed(), self.shown.number
        near = self.form.versions.filter(number__in=(number - 1, number + 1)).defer("definition")
        around = {version.number: version for version in near}
        after = around.get(number + 1)
        self.shown.until = after and after.effective_at
        return super().get_context_data(
            **kwargs,
            version=self.shown,
            definition=definition,
            parts=parts_of(definition, self.roles),
            before=around.get(number - 1),
            after=after,
        )


class FormPairForm(forms.Form):
    """Which two versions."""

    before = forms.TypedChoiceField(label="Version", coerce=int)
    after = forms.TypedChoiceField(label="comparée à", coerce=int)

    def __init__(self, *args: Any, form: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clock, known = form.organisation.clock, form.versions.order_by("-number")
        since = known.values_list("number", "effective_at")
        choices = [(n, f"{n} ({localtime(at, clock):%d/%m/%Y})") for n, at in since]
        for field in self.fields.values():
            field.choices = choices
        if len(choices) > 1:
            self.initial = {"before": choices[1][0], "after": choices[0][0]}


class FormComparisonView(OnForm, TemplateView):
    """What one changes in the other, sentence by sentence, both values beside each."""

    page_title = "Comparer deux versions"
    template_name = "complaints/desk/forms/version_comparison.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pair = FormPairForm(request.GET or None, form=self.form)
        compared = self.compared(pair) if pair.is_valid() else {}
        return self.render_to_response(self.get_context_data(pair=pair, **compared))

    def compared(self, pair: FormPairForm) -> dict[str, Any]:
        """Both versions, and the differences by part; the older one is always « avant »."""
        asked = sorted(pair.cleaned_data.values())
        found = {version.number: version for version in self.form.versions.filter(number__in=asked)}
        before, after = (found[number] for number in asked)
        told = groupby(changes(before, after, self.roles), key=lambda one: one.section)
        return {
            "before": before,
            "after": after,
            "sections": [(title, list(items)) for title, items in told],
            "urls": [address("version", self.form, number) for number in asked],
        }


def form_version_paths() -> list[Any]:
    """Under a form's own address; each view checks the right by itself."""
    return [
        path("<int:pk>/versions/", FormVersionsView.as_view(), name="versions"),
        path("<int:pk>/versions/comparer/", FormComparisonView.as_view(), name="compare"),
        path("<int:pk>/versions/<int:number>/", FormVersionView.as_view(), name="version"),
    ]
