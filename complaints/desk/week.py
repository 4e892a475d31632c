"""The days an organisation works, as boxes to tick; kept as seven digits, Monday first."""

from typing import Any

from django import forms

from complaints.sla.words import WEEKDAYS


class WorkingWeekField(forms.MultipleChoiceField):
    """« 1111100 » is Monday to Friday."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"required": "Cochez au moins un jour travaillé."}

    def __init__(self, **kwargs: Any) -> None:
        days = [(str(number), name.capitalize()) for number, name in enumerate(WEEKDAYS)]
        super().__init__(choices=days, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The boxes ticked, from the digits or from what was just posted."""
        if isinstance(value, str):
            return [str(number) for number, digit in enumerate(value) if digit == "1"]
        return value

    def clean(self, value: Any) -> str:
        ticked = super().clean(value)
        return "".join("1" if str(number) in ticked else "0" for number in range(len(WEEKDAYS)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
