"""The Django form of a definition, its clean answers and its checked files."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.utils import ErrorDict

from complaints.intake.bound import Question
from complaints.intake.definition import Field, FormDefinition, Kind
from complaints.intake.files import CheckedFile
from complaints.intake.layout import form_helper
from complaints.intake.parts import ADD_ROW, ROWS, box_name
from complaints.intake.questions import TODAY, question

EMPTY = (None, "", [], {})


class IntakeForm(forms.Form):
    """A form built from a definition; what a hidden field was sent is neither checked nor kept."""

    definition: ClassVar[FormDefinition]
    helper: ClassVar[FormHelper]
    bound_field_class = Question
    # The key of the only section that is shown; None: all of them.
    step: str | None = None
    # The clean answers of all the steps, for what one step shows because of another.
    given: Mapping[str, Any] | None = None
    # What the page shows under a question, by its key: HTML from a template of its own.
    beneath: Mapping[str, str] | None = None
    # The browser's own bubbles speak before us, and know nothing of hidden fields.
    use_required_attribute = False

    def __init__(self, *args: Any, today: date | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    @property
    def is_blank(self) -> bool:
        """Whether it is what anybody is shown first."""
        own = self.is_bound or self.initial or self.prefix or self.beneath
        return not own and self.auto_id == "id_%s"

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """The default of a date may be the day on which it is asked."""
        proposed = super().get_initial_for_field(field, field_name)
        if proposed is None and self.definition.by_key[field_name].default == TODAY and self.today:
            return self.today.isoformat()
        return proposed

    def clean(self) -> dict[str, Any]:
        shown = {field.key for field in self.definition.shown(self.cleaned_data)}
        for key in self.fields.keys() - shown:
            self.cleaned_data.pop(key, None)
            self.errors.pop(key, None)
        return self.cleaned_data

    def unchecked(self) -> "IntakeForm":
        """This form as it was sent, nothing being said of it: more is to come."""
        self._errors = ErrorDict()
        # Each question remembers what was said of it.
        self._bound_fields_cache.clear()
        return self

    def wrong_keys(self, step: str | None = None) -> list[str]:
        """The questions that have errors, in the order of the form: of that step, or of its own."""
        step = step or self.step
        return [
            field.key
            for section in self.definition.sections
            if step in (None, section.key)
            for field in section.fields
            if field.key in self.errors
        ]


@lru_cache(maxsize=128)
def build_form(definition: FormDefinition) -> type[IntakeForm]:
    """The form class of this definition; it is built once for each digest."""

    class Built(IntakeForm):
        pass

    Built.definition = definition
    Built.helper = form_helper(definition)
    # Not as class attributes: a field may be called « clean » or « errors » without harm.
    Built.base_fields = {field.key: question(field) for field in definition.fields if field.asks}
    return Built


def answers(form: IntakeForm) -> dict[str, Any]:
    """The answers of a valid form by key, fit for JSON; files and empty answers are left out."""
    return {
        field.key: value.isoformat() if isinstance(value, date) else value
        for field in form.definition.fields
        if field.answers and (value := form.cleaned_data.get(field.key)) not in EMPTY
    }


def uploads(form: IntakeForm) -> list[CheckedFile]:
    """The checked files of a valid form, in the order of its fields."""
    return [
        replace(checked, question=field.key)
        for field in form.definition.fields
        if field.kind == Kind.FILES
        for checked in form.cleaned_data.get(field.key, [])
    ]


@lru_cache(maxsize=128)
def posted_names(definition: FormDefinition) -> tuple[str, ...]:
    """Every name under which a form of this definition is sent an answer; files are apart."""
    return tuple(name for field in definition.fields if field.answers for name in _names(field))


def _names(field: Field) -> list[str]:
    if field.kind == Kind.PERSONS:
        boxes = [
            box_name(field.key, part, row) for row in range(field.max_rows) for part in field.parts
        ]
        return [ROWS.format(field.key), *boxes]
    return [box_name(field.key, part) for part in field.parts] or [field.key]


def initial_rows(definition: FormDefinition, data: Mapping[str, Any]) -> dict[str, str]:
    """How many rows to show of each group of persons, by the name that says it in a form.

    One more than in this post for the group whose « add a person » was pressed.
    """
    form = build_form(definition)(data)
    shown = {
        field.key: len(form[field.key].data) + (data.get(ADD_ROW) == field.key)
        for field in definition.fields
        if field.kind == Kind.PERSONS
    }
    return {
        ROWS.format(key): str(min(rows, definition.by_key[key].max_rows))
        for key, rows in shown.items()
    }
