"""A question as the page shows it: its ids, its marks, its limits in words."""

from functools import cached_property
from typing import Any

from django import forms

from complaints.intake import patterns
from complaints.intake.definition import Field, Kind
from complaints.intake.files import types_in_words
from complaints.intake.parts.boxes import Row, rows_of
from complaints.intake.typography import sentence

SIGNED = sentence("Écrire votre nom ici vaut signature : ce que vous envoyez vous engage.")


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
        if self.rows:
            return self.rows[0].boxes[0].id
        return f"{self.auto_id}-0" if self.use_fieldset else self.auto_id

    @property
    def is_consent(self) -> bool:
        return self.definition.kind == Kind.CONSENT

    @cached_property
    def rows(self) -> list[Row]:
        """The boxes of an answer in several parts; none for the others."""
        return list(rows_of(self)) if self.definition.parts else []

    @property
    def row_count(self) -> int:
        """How many rows are shown, for a question that has rows."""
        return len(self.rows) if self.definition.kind == Kind.PERSONS else 0

    @property
    def rows_left(self) -> bool:
        return 0 < self.row_count < self.definition.max_rows

    def value(self) -> Any:
        value = super().value()
        return patterns.showable(value) if isinstance(value, str) else value

    @cached_property
    def errors_by_box(self) -> dict[str, list[str]]:
        """The sentences by the end of the id of the box they are about; "" for the question."""
        found: dict[str, list[str]] = {}
        for error in self.errors.as_data() if self.errors else ():
            code = error.code if self.definition.parts and error.code != "required" else ""
            found.setdefault(code or "", []).extend(error.messages)
        return found

    @property
    def own_errors(self) -> list[str]:
        """What is wrong with the question itself; a box says its own."""
        return self.errors_by_box.get("", [])

    @property
    def linked_errors(self) -> list[tuple[str, str]]:
        """Each sentence with the control it leads to."""
        return [
            (f"{self.auto_id}-{box}" if box else self.first_control_id, words)
            for box, sentences in self.errors_by_box.items()
            for words in sentences
        ]

    @property
    def beneath(self) -> str:
        """What the page adds: the files that need not be joined again."""
        return (self.form.beneath or {}).get(self.name, "")

    @property
    def example(self) -> str:
        return self.definition.example

    @property
    def notes(self) -> bool:
        asked = self.definition
        return bool(self.help_text or self.limits or asked.show_if or asked.example)

    @property
    def aria_describedby(self) -> str | None:
        ids = [self.help_id] * self.notes + [self.error_id] * bool(self.own_errors)
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
        """What may be given, said before it is refused."""
        asked = self.definition
        if asked.kind == Kind.SIGNATURE:
            return SIGNED
        if asked.kind == Kind.PERSONS:
            most = sentence("Jusqu’à {n} personnes.", n=asked.max_rows)
            return most if asked.max_rows > 1 else ""
        return _of_files(asked) if asked.kind == Kind.FILES else ""


def _of_files(asked: Field) -> str:
    several = f"{asked.max_files} fichiers"
    return sentence(
        "{most} au plus, de {size} Mo au plus : {types}.",
        most=several if asked.max_files > 1 else "Un fichier",
        size=asked.max_weight,
        types=types_in_words(asked.file_types),
    )
