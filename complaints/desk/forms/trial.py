"""« Essai »: an editor fills in a form as a visitor would, to its end; nothing is kept, or sent.

What is typed travels from step to step in the page itself, and so does the form as it was written
when the trial began: the editor may try what is not saved yet.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.utils.decorators import xframe_options_sameorigin_override

from complaints import intake
from complaints.desk.doors import rows_for
from complaints.desk.forms.trial_outcome import outcome
from complaints.intake.form import initial_rows
from complaints.intake.parts import ADD_ROW
from complaints.models import Form

TEMPLATE = "complaints/desk/forms/preview.html"
SALT = "complaints.form_trial"
HOURS = 12
# A hyphen first, which no key has: none of these is the name of a question.
WRITTEN, STEP, GO, JOINED = "-form", "-step", "-go", "-files"
OURS = (WRITTEN, STEP, GO, ADD_ROW, "csrfmiddlewaretoken")
REVIEW = "-relire"


def start(form: Form) -> dict[str, Any]:
    """What the page of a trial needs on its first step; nothing when no form can be made of it."""
    definition = form.definition()
    try:
        trial = Trial(intake.parse(definition), QueryDict(mutable=True))
    except intake.DefinitionError:
        return {}
    return trial.page() | {"written": sealed(definition), "action": address(form)}


def address(form: Form) -> str:
    """Where a trial of that form goes on; nowhere for one that is not saved."""
    return reverse("wagtailsnippets_complaints_form:trial", args=[form.pk]) if form.pk else ""


def sealed(definition: Mapping[str, Any]) -> str:
    """So that only what an editor wrote is tried."""
    return signing.dumps(definition, salt=SALT, compress=True)


class Trial:
    """A form being tried: where one is, what was typed so far."""

    def __init__(
        self, definition: intake.FormDefinition, data: QueryDict, files: Any = None
    ) -> None:
        self.definition, self.data, self.files = definition, data, files
        self.keys = [section.key for section in definition.sections]

    @cached_property
    def form(self) -> intake.IntakeForm:
        """The whole form, with all that was typed; files that were joined before are joined."""
        form = intake.build_form(self.definition)(self.data, self.files)
        form.is_valid()
        for key in self.joined:
            form.errors.pop(key, None)
        return form

    @cached_property
    def joined(self) -> dict[str, list[str]]:
        """The names of the files, by question: a browser sends them once, the page remembers."""
        found: dict[str, list[str]] = {}
        for pair in self.data.getlist(JOINED):
            key, _separator, name = pair.partition(":")
            found.setdefault(key, []).append(name)
        return found

    def join(self) -> None:
        """Remember the names of the files that have just come and are right."""
        for file in intake.uploads(self.form):
            self.data.appendlist(JOINED, f"{file.question}:{file.name}")
        self.__dict__.pop("joined", None)

    @property
    def steps(self) -> list[intake.Section]:
        """The parts that the answers given so far make appear."""
        return self.definition.shown_sections(self.form.cleaned_data)

    @property
    def here(self) -> str:
        """The step that was sent; the first one when that is no step of this form."""
        step = self.data.get(STEP, "")
        known = (*self.keys, REVIEW) if self.definition.stepped else ("", REVIEW)
        return step if step in known else self.first

    @property
    def first(self) -> str:
        return self.keys[0] if self.definition.stepped else ""

    def after(self, step: str) -> str:
        """The part that follows, or the review."""
        later = [key for key in self._shown() if self._rank(key) > self._rank(step)]
        return later[0] if later else REVIEW

    def before(self, step: str) -> str:
        """The part that precedes; the first one has none before it."""
        earlier = [key for key in self._shown() if self._rank(key) < self._rank(step)]
        return earlier[-1] if earlier else self.first

    def _shown(self) -> list[str]:
        return [s.key for s in self.steps] if self.definition.stepped else [""]

    def _rank(self, step: str) -> int:
        """Where a step stands; a page that is whole comes first, the review last."""
        ranks = ["", *self.keys, REVIEW]
        return ranks.index(step)

    def wrong(self, step: str) -> bool:
        return bool(self.form.wrong_keys(step or None))

    def page(self, step: str | None = None, *, checked: bool = False) -> dict[str, Any]:
        """That step to be filled in; `checked`: with what is wrong in it."""
        step = self.first if step is None else step
        form = self.form if checked else self._unsaid(step)
        form.step = step or None
        number = self._number(step)
        return {
            "form": form,
            "step": step,
            "carried": self.carried(step),
            "number": number,
            "count": max(len(self.steps), number) if self.definition.stepped else 0,
            "title": next((s.title for s in self.definition.sections if s.key == step), ""),
            "is_first": step == self.first,
        }

    def _unsaid(self, step: str) -> intake.IntakeForm:
        """With what was typed, or with its defaults as long as one has not been there."""
        own = self._own_keys(step)
        if any(name.partition("-")[0] in own for name in self.data):
            return self.form.unchecked()
        return intake.build_form(self.definition)(today=timezone.localdate())

    def _number(self, step: str) -> int:
        shown = [section.key for section in self.steps]
        return shown.index(step) + 1 if step in shown else 1

    def review(self) -> dict[str, Any]:
        """All the answers, to be read before they are sent."""
        sections = intake.readable(self.definition, self.answers, files=self.joined)
        return {
            "review": sections,
            "joined": self.joined,
            "step": REVIEW,
            "carried": self.carried(),
        }

    @property
    def answers(self) -> dict[str, Any]:
        return intake.answers(self.form)

    def carried(self, step: str | None = None) -> list[tuple[str, str]]:
        """What was typed elsewhere, for the page to hold without showing it."""
        own = self._own_keys(step)
        return [
            (name, value)
            for name, values in self.data.lists()
            if name not in OURS and name.partition("-")[0] not in own
            for value in values
        ]

    def _own_keys(self, step: str | None) -> set[str]:
        """The questions that the page shows: all of them when it is whole."""
        if step is None:
            return set()
        sections = (s for s in self.definition.sections if step in ("", s.key))
        return {field.key for section in sections for field in section.fields}


class FormTrialView(PermissionCheckedMixin, View):
    """A step of a trial; read, it begins again with the draft as it is kept."""

    model = Form
    permission_required = "change"

    @method_decorator(xframe_options_sameorigin_override)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = get_object_or_404(rows_for(request.user, Form), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self.form.get_latest_revision_as_object()
        return self.show(start(draft), draft)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            written = signing.loads(
                request.POST.get(WRITTEN, ""), salt=SALT, max_age=HOURS * 60 * 60
            )
            definition = intake.parse(written)
        except (signing.BadSignature, intake.DefinitionError):
            return self.get(request, pk)
        self.form.write(written)  # to say what it lacks; it is not saved
        trial = Trial(definition, request.POST.copy(), request.FILES)
        return self.show(self.next(trial), self.form, written=request.POST[WRITTEN])

    def next(self, trial: Trial) -> dict[str, Any]:
        """Where the button that was pressed leads."""
        step = trial.here
        if ADD_ROW in trial.data:
            trial.join()
            trial.data.update(initial_rows(trial.definition, trial.data))
            return trial.page(step)
        if trial.data.get(GO) == "back":
            trial.join()
            return trial.page(trial.before(step))
        if step != REVIEW and trial.wrong(step):
            return trial.page(step, checked=True)
        trial.join()
        return self._onwards(trial, step)

    def _onwards(self, trial: Trial, step: str) -> dict[str, Any]:
        following = REVIEW if step == REVIEW else trial.after(step)
        if following != REVIEW:
            return trial.page(following)
        for section in trial.steps:  # what was changed since may ask for more
            if trial.wrong(section.key):
                return trial.page(section.key if trial.definition.stepped else "", checked=True)
        if step != REVIEW:
            return trial.review()
        return {"outcome": outcome(self.form, trial.definition, trial.answers, trial.joined)}

    def show(self, page: dict[str, Any], form: Form, **more: Any) -> HttpResponse:
        facts = {"tried": form, "action": address(self.form), "again": address(self.form)}
        return TemplateResponse(self.request, TEMPLATE, facts | page | more)


def trial_path(view: Any) -> Any:
    """Under the forms’ own address."""
    return path("essai/<int:pk>/", view, name="trial")
