"""« Répétition »: beside the editor, what a draft would do with a dossier, and what it changes."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from wagtail.snippets.views.snippets import (
    PreviewOnCreateView,
    PreviewOnEditView,
    PreviewRevisionView,
    WorkflowPreviewView,
)
from wagtail.utils.decorators import xframe_options_sameorigin_override

from complaints.desk.procedures.rehearsal_form import scenario_form
from complaints.desk.procedures.versions import OnProcedure, address
from complaints.handling.publication import findings
from complaints.handling.rehearsal import rehearse, rehearse_version
from complaints.letters.merge import in_words
from complaints.models import Dossier, Procedure, ProcedureVersion
from complaints.workflow import DefinitionError, Rules, parse_rules
from complaints.workflow.differences import Difference, differences, label_differences

TEMPLATE = "complaints/desk/procedures/rehearsal.html"
# What an address of Wagtail’s preview carries along, beside the scenario.
CARRIED = ("mode", "in_preview_panel")


def show_draft(request: HttpRequest, procedure: Procedure) -> HttpResponse:
    """The page about a procedure as it is being written: what to mend, or its rehearsal."""
    context = _facts(request, procedure)
    if procedure.organisation_id is None:
        problem = "Choisissez d’abord l’organisme."
        return TemplateResponse(request, TEMPLATE, context | {"refusal": problem})
    found = findings(procedure, timezone.localdate())
    serious = [problem for problem in found if not problem.warning]
    context |= {"serious": serious, "warnings": [one for one in found if one.warning]}
    rules = _rules(procedure)
    if rules is not None:
        context |= _changes(procedure, rules)
    if rules is not None and not serious:
        form = _form(request, procedure, rules)
        scenario = form.scenario()
        context |= {"form": form, "played": scenario and rehearse(procedure, scenario)}
    return TemplateResponse(request, TEMPLATE, context)


def show_version(request: HttpRequest, procedure: Procedure) -> HttpResponse:
    """The page about the version in force: what new dossiers live."""
    version = procedure.current if procedure.live else None
    context = _facts(request, procedure) | {"version": version}
    if version is None:
        context["refusal"] = "Aucune version de cette procédure n’est en vigueur."
        return TemplateResponse(request, TEMPLATE, context)
    form = _form(request, procedure, version.rules)
    scenario = form.scenario()
    context |= {
        "form": form,
        "played": scenario and rehearse_version(version, scenario),
        "in_force_on": in_words(timezone.localdate(version.in_force_at)),
    }
    return TemplateResponse(request, TEMPLATE, context)


def _facts(request: HttpRequest, procedure: Procedure) -> dict[str, Any]:
    carried = {name: request.GET[name] for name in CARRIED if name in request.GET}
    return {
        "procedure": procedure,
        "in_panel": request.GET.get("in_preview_panel") == "true",
        "carried": carried,
    }


def _form(request: HttpRequest, procedure: Procedure, rules: Rules) -> Any:
    facts = {"rules": rules, "organisation": procedure.organisation}
    return scenario_form(request, str(procedure.pk), today=timezone.localdate(), **facts)


def _rules(procedure: Procedure) -> Rules | None:
    """None when they cannot even be read; the findings say why."""
    try:
        return parse_rules(procedure.definition())
    except DefinitionError:
        return None


def _changes(procedure: Procedure, rules: Rules) -> dict[str, Any]:
    """What differs from the version in force, and which open dossiers keep theirs."""
    current = procedure.current if procedure.pk else None
    if current is None:
        return {}
    found = label_differences(_labels(current), _labels(procedure))
    found += differences(current.rules, rules)
    telling = [difference for difference in found if not difference.trivial]
    return {
        "current": current,
        "changes": _by_section(telling),
        "change_count": len(telling),
        "kept": _open_dossiers(procedure),
    }


def _labels(source: Procedure | ProcedureVersion) -> dict[str, str]:
    return {
        "le titre": source.title,
        "la référence": source.reference,
        "le médiateur": str(source.mediator or ""),
    }


def _by_section(found: Iterable[Difference]) -> list[tuple[str, list[Difference]]]:
    groups: dict[str, list[Difference]] = {}
    for section, some in groupby(found, key=lambda difference: difference.section):
        groups.setdefault(section, []).extend(some)
    return list(groups.items())


def _open_dossiers(procedure: Procedure) -> list[tuple[int, int]]:
    """By version, the newest last: its number, and how many open dossiers follow it. One query."""
    # By the organisation first: the index of open dossiers is read, not those of seven years.
    waiting = Dossier.objects.open().filter(
        organisation=procedure.organisation_id, procedure_version__procedure=procedure.pk
    )
    counted = waiting.order_by("procedure_version__number").values("procedure_version__number")
    return list(
        counted.annotate(count=Count("pk")).values_list("procedure_version__number", "count")
    )


class RehearsalOnEdit(PreviewOnEditView):
    """Wagtail’s preview of the form, saved or not; drawn here, since a model knows no screen."""

    @method_decorator(xframe_options_sameorigin_override)
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        state = self._get_form_state()
        if state is None:  # nothing typed yet: the draft as it was kept
            return show_draft(request, self.object)
        form = self.get_form(self._get_form_data(state))
        if not self.validate_form(form):
            return self.error_response()
        return show_draft(request, form.save(commit=False))


class RehearsalOnCreate(PreviewOnCreateView):
    """The same, of a procedure that is not saved yet."""

    get = RehearsalOnEdit.get


class RehearsalOfRevision(PreviewRevisionView):
    """A draft of the history."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return show_draft(request, self.revision_object)


class RehearsalForApproval(WorkflowPreviewView):
    """The draft that somebody is asked to verify or to approve."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        waits = self.task_state and self.task.get_actions(self.object, request.user)
        if not waits:
            return super().get(request, *args, **kwargs)  # which says so
        return show_draft(request, self.task_state.revision.as_object())


class RehearsalView(OnProcedure, View):
    """The version in force, for whoever works there: who writes it, whose dossiers follow it."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = show_version(request, self.procedure)
        response.context_data["back"] = address("versions", self.procedure)
        return response


def rehearsal_path() -> Any:
    """Under the procedures’ own address; the view checks the right by itself."""
    return path("repetition/<int:pk>/", RehearsalView.as_view(), name="rehearsal")
