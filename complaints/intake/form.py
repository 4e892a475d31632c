"""The Django form of a definition, its clean answers and its checked files."""

from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms

from complaints.intake.bound import Question
from complaints.intake.definition import FormDefinition, Kind
from complaints.intake.files import CheckedFile
from complaints.intake.layout import form_helper
from complaints.intake.questions import question

EMPTY = (None, "", [])


class IntakeForm(forms.Form):
    """A form built from a definition; what a hidden field was sent is neither checked nor kept."""

    definition: ClassVar[FormDefinition]
    helper: ClassVar[FormHelper]
    bound_field_class = Question
    # The browser's own bubbles speak before us, and know nothing of hidden fields.
    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        shown = {field.key for field in self.definition.shown(self.cleaned_data)}
        for key in self.fields.keys() - shown:
            self.cleaned_data.pop(key, None)
            self.errors.pop(key, None)
        return self.cleaned_data


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
        checked
        for field in form.definition.fields
        if field.kind == Kind.FILES
        for checked in form.cleaned_data.get(field.key, [])
    ]
