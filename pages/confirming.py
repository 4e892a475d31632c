"""« C’est exact », or what is to be corrected: what the complainant says of what we noted."""

from typing import Any

from django import forms

from complaints.intake.definition import MAX_FILES, Field, Kind
from complaints.intake.questions import question

# The button that was pressed.
ANSWER, EXACT, CORRECT = "answer", "exact", "correct"
NOTHING = "Écrivez ce qui n’est pas exact, puis appuyez de nouveau sur « Corriger »."
UNSENT = (
    "Vous avez écrit une correction\u00a0: envoyez-la par « Corriger », ou effacez-la pour"
    " confirmer."
)


class ConfirmationForm(forms.Form):
    """What is to be corrected; nothing when all is exact."""

    correction = forms.CharField(
        label="Ce qui n’est pas exact, ou ce qui manque",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="À remplir seulement pour corriger.",
    )
    files = question(Field("files", Kind.FILES, "Documents à joindre", max_files=MAX_FILES))

    @property
    def corrects(self) -> bool:
        """Which of the two buttons was pressed."""
        return self.data.get(ANSWER) == CORRECT

    def clean(self) -> dict[str, Any]:
        """Neither an empty correction, nor a correction that « c’est exact » would lose."""
        data = super().clean()
        if "correction" in self.errors or "files" in self.errors:
            return data
        said = bool(data["correction"] or data["files"])
        if self.corrects and not data["correction"]:
            self.add_error("correction", NOTHING)
        elif said and not self.corrects:
            self.add_error("correction", UNSENT)
        return data
