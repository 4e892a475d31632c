"""The small forms of moves: what a deed demands before it is done, checked in one place."""

from typing import Any

from django import forms

from complaints.handling.acting import Act
from complaints.handling.lettering import draft
from complaints.workflow import Move


class MoveForm(forms.Form):
    """A form without fields: the deed asks for nothing but the click."""

    def __init__(self, *args: Any, act: Act, move: Move, **kwargs: Any) -> None:
        self.act, self.move = act, move
        super().__init__(*args, **kwargs)


class LetterForm(MoveForm):
    """A deed that writes to the complainant: the letter it proposes, filled in and editable."""

    subject = forms.CharField(label="Objet du courrier", max_length=200)
    body = forms.CharField(
        label="Texte du courrier",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Le réclamant reçoit ce texte par courriel, avec le même en PDF.",
    )

    def __init__(self, *args: Any, act: Act, move: Move, **kwargs: Any) -> None:
        super().__init__(*args, act=act, move=move, **kwargs)
        if not move.letter:
            del self.fields["subject"], self.fields["body"]
        elif not self.is_bound:
            self.initial = draft(act, move.letter) | self.initial


def text_area(label: str, *, rows: int = 4, required: bool = True, help_text: str = "") -> Any:
    """A field of several lines."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=20_000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def day(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    """A day, with the browser's own picker."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
