"""The controls: Django's own, with Bootstrap's classes and ids that no key can collide with."""

from typing import Any

from django import forms

from complaints.intake.definition import MAX_WEIGHT, Field, Kind
from complaints.intake.files import accept
from complaints.intake.parts import PartsInput, RowsInput

MAX_RADIOS = 7

_INPUTS = {
    Kind.TEXT: (forms.TextInput, {}),
    Kind.LONG_TEXT: (forms.Textarea, {"rows": 6}),
    Kind.EMAIL: (forms.EmailInput, {}),
    Kind.PHONE: (forms.TextInput, {"type": "tel"}),
    # A text box: a number box changes on scroll and swallows what it does not understand.
    Kind.NUMBER: (forms.TextInput, {"inputmode": "decimal"}),
    Kind.AMOUNT: (forms.TextInput, {"inputmode": "decimal"}),
    Kind.SIGNATURE: (forms.TextInput, {"autocomplete": "name"}),
    Kind.DATE: (forms.TextInput, {"type": "date"}),
}


def _option_id(group_id: str, index: str | None) -> str:
    """A hyphen, which no key contains: « a », first option, is never the field « a_0 »."""
    return f"{group_id}-{index}" if group_id and index is not None else ""


class Radios(forms.RadioSelect):
    """One answer among a few, all visible."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return _option_id(id_, index)


class Boxes(forms.CheckboxSelectMultiple):
    """Several answers among a few, all visible."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return _option_id(id_, index)


class ManyFiles(forms.FileInput):
    """Several files at once; the browser offers only the accepted types."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        sent = super().value_from_datadict(data, files, name) or []
        return sent if isinstance(sent, list) else [sent]


def control(field: Field) -> forms.Widget:
    """The control of one field. No maxlength: a browser would cut a pasted text without a word."""
    named = {"autocomplete": field.autocomplete} if field.autocomplete else {}
    match field.kind:
        case Kind.YES_NO | Kind.CHOICE if len(field.proposed) <= MAX_RADIOS:
            return Radios(_checkable(named))
        case Kind.CHOICE:
            return forms.Select(named | {"class": "form-select"})
        case Kind.CHOICES:
            return Boxes(_checkable(named))
        case Kind.CONSENT:
            return forms.CheckboxInput(_checkable({}))
        case Kind.FILES:
            weight = field.max_weight or MAX_WEIGHT
            named = {"accept": accept(field.file_types), "multiple": field.max_files > 1}
            return ManyFiles({"class": "form-control", "data-max-weight": weight, **named})
        case Kind.PERSONS:
            return RowsInput(field.parts, field.max_rows)
        case _ if field.parts:
            return PartsInput(field.parts)
    widget, attributes = _INPUTS[field.kind]
    return widget({"class": "form-control", **attributes, **named})


def _checkable(attributes: dict[str, Any]) -> dict[str, Any]:
    return attributes | {"class": "form-check-input"}
