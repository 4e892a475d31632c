"""The preview of a form: beside the editor, what a visitor would see of what is being typed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from wagtail.snippets.views.snippets import (
    PreviewOnCreateView,
    PreviewOnEditView,
    PreviewRevisionView,
    WorkflowPreviewView,
)
from wagtail.utils.decorators import xframe_options_sameorigin_override

from complaints.desk.forms.trial import TEMPLATE, address, start
from complaints.handling.form_needs import form_needs
from complaints.models import Form


def show_form(request: HttpRequest, form: Form) -> HttpResponse:
    """What is to be mended, then the form, which may be filled in: nothing is kept."""
    context = {
        "tried": form,
        "serious": form.problems(),
        "warnings": form_needs(form, timezone.localdate()) if form.organisation_id else [],
        "again": address(form),
    }
    return TemplateResponse(request, TEMPLATE, context | start(form))


class PreviewOnEdit(PreviewOnEditView):
    """Wagtail’s preview of what is typed, saved or not; drawn here: a model knows no screen."""

    @method_decorator(xframe_options_sameorigin_override)
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        state = self._get_form_state()
        if state is None:  # nothing typed yet: the draft as it was kept
            return show_form(request, self.object)
        form = self.get_form(self._get_form_data(state))
        if not self.validate_form(form):
            return self.error_response()
        return show_form(request, form.save(commit=False))


class PreviewOnCreate(PreviewOnCreateView):
    """The same, of a form that is not saved yet."""

    get = PreviewOnEdit.get


class PreviewOfRevision(PreviewRevisionView):
    """A draft of the history."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return show_form(request, self.revision_object)


class PreviewForApproval(WorkflowPreviewView):
    """The draft that somebody is asked to verify or to approve."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        waits = self.task_state and self.task.get_actions(self.object, request.user)
        if not waits:
            return super().get(request, *args, **kwargs)  # which says so
        return show_form(request, self.task_state.revision.as_object())
