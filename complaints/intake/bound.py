"""A question as the page shows it: its ids, its marks, its limits in words."""

from typing import Any

from django import forms

from complaints.intake.definition import Field, Kind
from complaints.intake.filenames import clean_name
from complaints.intake.files import ACCEPTED_IN_WORDS, MAX_SIZE, MEGA
from complaints.intake.typography import sentence


class Question(forms.BoundField):
    """One field of one form, with what its template needs."""

    @property
    def definition(self) -> Field:
        return self.form.definition.by_key[self.name]

    # A hyphen in each id: no key contains one, so no two ids are ever the same.
    @property
    def help_id(self) -> str:
        return f"{self.auto_id}-help"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}-error"

    @property
    def first_control_id(self) -> str:
        """Where a link to this question leads: its control, or the first of them."""
        return f"{self.auto_id}-0" if self.use_fieldset else self.auto_id

    @property
    def is_consent(self) -> bool:
        return self.definition.kind == Kind.CONSENT

    @property
    def notes(self) -> bool:
        return bool(self.help_text or self.limits or self.definition.show_if)

    @property
    def aria_describedby(self) -> str | None:
        ids = [self.help_id] * self.notes + [self.error_id] * bool(self.errors)
        return " ".join(ids) or None

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        if self.errors:
            built["class"] = f"{self.field.widget.attrs['class']} is-invalid"
        return built

    @property
    def limits(self) -> str:
        """What may be joined, said before it is refused."""
        if self.definition.kind != Kind.FILES:
            return ""
        return sentence(
            "{most} au plus, de {size} Mo au plus : {types}.",
            most=f"{self.definition.max_files} fichiers"
            if self.definition.max_files > 1
            else "Un fichier",
            size=MAX_SIZE // MEGA,
            types=ACCEPTED_IN_WORDS,
        )

    @property
    def to_join_again(self) -> list[str]:
        """The files a browser cannot keep when it shows the form again."""
        if self.definition.kind != Kind.FILES or not self.form.errors:
            return []
        return [clean_name(sent.name) for sent in self.data]
