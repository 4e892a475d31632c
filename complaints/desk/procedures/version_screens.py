"""One version of a procedure to read, and two of them side by side."""

from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from complaints.desk.procedures.version_reading import sections_of
from complaints.desk.procedures.versions import OnProcedure, address, lines, versions_of
from complaints.handling.migration import may_migrate
from complaints.models import ProcedureVersion
from complaints.workflow.differences import differences, label_differences


class VersionView(OnProcedure, TemplateView):
    """All its rules, read-only, under the numbers that dossiers and documents point to."""

    template_name = "complaints/desk/procedures/version.html"

    @cached_property
    def shown(self) -> ProcedureVersion:
        """The one of the address."""
        return self.version(self.kwargs["number"])

    def get_page_title(self) -> str:
        return f"Version {self.shown.number}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        around = {version.number: version for version in versions_of(self.procedure)}
        number = self.shown.number
        return super().get_context_data(
            **kwargs,
            version=self.shown,
            line=lines([around[number]], self.procedure)[0],
            before=around.get(number - 1),
            after=around.get(number + 1),
            sections=sections_of(self.shown),
            may_migrate=may_migrate(self.request.user, self.procedure.organisation),
        )


class PairForm(forms.Form):
    """Which two versions."""

    before = forms.TypedChoiceField(label="Version", coerce=int)
    after = forms.TypedChoiceField(label="comparée à", coerce=int)

    def __init__(self, *args: Any, versions: QuerySet[ProcedureVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(v.number, f"{v.number} ({v.in_force_at:%d/%m/%Y})") for v in versions]
        for field in self.fields.values():
            field.choices = choices
        if len(choices) > 1:
            self.initial = {"before": choices[1][0], "after": choices[0][0]}


class ComparisonView(OnProcedure, TemplateView):
    """What one changes in the other, sentence by sentence, both values beside each."""

    page_title = "Comparer deux versions"
    template_name = "complaints/desk/procedures/version_comparison.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PairForm(request.GET or None, versions=versions_of(self.procedure))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        return self.render_to_response(self.get_context_data(form=form, **self.compared(form)))

    def compared(self, form: PairForm) -> dict[str, Any]:
        """Both versions, and the differences by section; the older one is always « avant »."""
        asked = sorted(form.cleaned_data.values())
        before, after = (self.version(number) for number in asked)
        found = label_differences(_named(before), _named(after))
        found += differences(before.rules, after.rules)
        sections = groupby(found, key=lambda difference: difference.section)
        return {
            "before": before,
            "after": after,
            "sections": [(title, list(items)) for title, items in sections],
            "urls": [address("version", self.procedure, number) for number in asked],
        }


def _named(version: ProcedureVersion) -> dict[str, str]:
    """What is frozen with the rules, by its name."""
    return {
        "titre": version.title,
        "référence": version.reference,
        "médiateur": str(version.mediator or ""),
    }
