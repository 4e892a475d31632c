"""« Publier », « Soumettre », « Programmer » are refused while something would break.

A draft is always saved. What refuses stands next to what to change; what only deserves a look is
said once it is saved.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin import messages
from wagtail.blocks import StreamBlockValidationError, StreamValue, StructBlockValidationError
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry
from wagtail.snippets.views.snippets import EditView, WorkflowActionView

from complaints.models.unpublishable import REFUSED, Unpublishable
from complaints.workflow.problems import Problem

# The buttons that publish, now or in the end; « approve » is Wagtail’s name of an approval.
BUTTONS = ("action-publish", "action-submit", "action-restart-workflow")
APPROVAL = "approve"
UNPUBLISHED = "Rien n’est publié. À corriger :"
# Where a part of the rules is written, when it is no list of its own.
FIELDS = {"retention": "retention_amount"}


class PublicationForm:
    """Form mixin: `findings` of what is written are errors for the buttons that publish."""

    def findings(self, today: date) -> list[Problem]:
        """All that is to be said of what the form holds."""
        raise NotImplementedError

    @cached_property
    def publishes(self) -> bool:
        """Whether the button that was pressed leads to a publication."""
        approved = self.data.get("workflow-action-name") == APPROVAL
        return any(name in self.data for name in BUTTONS) or (
            approved and "action-workflow-action" in self.data
        )

    @cached_property
    def refusals(self) -> list[Problem]:
        """What forbids to publish; filled by the validation."""
        return []

    def _post_clean(self) -> None:
        """Only here does the instance hold what was typed."""
        super()._post_clean()
        if not self.publishes or self.errors:
            return
        found = self.findings(timezone.localdate())
        self.refusals = [problem for problem in found if not problem.warning]
        for part, problems in _by_part(self.refusals).items():
            name = FIELDS.get(part, part)
            field = name if name in self.fields else None
            value = getattr(self.instance, name, None) if field else None
            self.add_error(field, error_for(value, problems))


def error_for(value: Any, problems: Iterable[Problem]) -> ValidationError:
    """The error of one field; in a stream, next to each block and each of its fields.

    The key of a problem names an item of the stream, or « part/question »: an item of an item.
    """
    problems = list(problems)
    if not isinstance(value, StreamValue):
        return ValidationError([str(problem) for problem in problems])
    loose: list[str] = []
    blocks: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        key, _separator, rest = problem.key.partition("/")
        index = _index(value, key)
        if index is None:
            loose.append(str(problem))
        else:
            blocks[index].append(replace(problem, key=rest))
    errors = {index: _block_error(value[index], found) for index, found in blocks.items()}
    return StreamBlockValidationError(block_errors=errors, non_block_errors=loose)


def _index(value: StreamValue, key: str) -> int | None:
    """The item of that key: the last one, since a key used twice was added last."""
    found = [index for index, block in enumerate(value) if key and block.value.get("key") == key]
    return found[-1] if found else None


def _block_error(block: StreamValue.StreamChild, problems: list[Problem]) -> ValidationError:
    fields: dict[str, list[str]] = defaultdict(list)
    whole: list[str] = []
    inside = [problem for problem in problems if problem.key]
    for problem in (problem for problem in problems if not problem.key):
        # The key is folded away: what is wrong with it is said where it is seen.
        seen = problem.field in block.block.child_blocks and problem.field != "key"
        (fields[problem.field] if seen else whole).append(str(problem))
    errors = {name: ValidationError(sentences) for name, sentences in fields.items()}
    if inside:
        name = next(n for n, child in block.value.items() if isinstance(child, StreamValue))
        errors[name] = error_for(block.value[name], inside)
    return StructBlockValidationError(block_errors=errors, non_block_errors=whole)


def _by_part(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    parts: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        parts[problem.part].append(problem)
    return parts


class PublicationView:
    """Edit view mixin: says what is left to mend, and survives a refused publication."""

    def is_valid(self, form: Any) -> bool:
        """Nothing typed is lost, nothing is published, and the whole list is said."""
        valid = super().is_valid(form)
        if not valid and form.refusals:
            self.produced_error_message = told(UNPUBLISHED, form.refusals)
        return valid

    def run_action_method(self) -> HttpResponse | None:
        """An approval publishes the last draft, which this form may not have written."""
        try:
            return super().run_action_method()
        except Unpublishable as refusal:
            messages.error(self.request, told(UNPUBLISHED, refusal.problems))
            return redirect(self.get_edit_url())

    def save_action(self) -> HttpResponse:
        response = super().save_action()
        if not self.expects_json_response:
            tell(self.request, self.form.findings(timezone.localdate()))
        return response


class CheckedEditView(PublicationView, EditView):
    """Wagtail’s own, with the checks."""


def tell(request: HttpRequest, found: Iterable[Problem]) -> None:
    """Once it is saved: what would refuse the publication, then what deserves a look."""
    found = list(found)
    if blocking := [problem for problem in found if not problem.warning]:
        messages.warning(request, told("Enregistré. Avant de publier :", blocking))
    if warnings := [problem for problem in found if problem.warning]:
        messages.warning(request, told("À regarder, sans que cela empêche de publier :", warnings))


def told(heading: str, problems: Iterable[Problem]) -> SafeString:
    """A heading and its list."""
    items = format_html_join("", "<li>{}</li>", ((str(problem),) for problem in problems))
    return format_html("{}<ul>{}</ul>", heading, items)


class CheckedApprovalView(WorkflowActionView):
    """Approving what would break says why it is not published; the approval stays to be given."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except Unpublishable as refusal:
            messages.error(request, told(UNPUBLISHED, refusal.problems))
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(
                request, {"step": "success", "redirect": self.redirect_url}
            )
        return redirect(self.redirect_url)


class RefusalFormatter(LogFormatter):
    """How a history shows a scheduled publication that did not happen."""

    label = "Refuser une publication programmée"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        return f"Publication programmée refusée : {' '.join(log_entry.data['problems'])}"


def name_the_refusal(actions: LogActionRegistry) -> None:
    """So that the history shows it in words."""
    actions.register_action(REFUSED)(RefusalFormatter)
