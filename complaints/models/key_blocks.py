"""Blocks that name other items on the screen: a stage, roles, a letter, a question, its answers.

What is stored is their key. An editor sees their names: a script lists those that are on the
screen (`static/complaints/names.js`); without it the key is there to be typed.
"""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.text import slugify
from wagtail import blocks

KEY_LENGTH = 40


class KeysInput(forms.TextInput):
    """One key, or several with commas between them; `part` is the list they come from."""

    def __init__(self, part: str, *, several: bool) -> None:
        self.several = several
        super().__init__(
            {
                "data-controller": "names",
                "data-names-part-value": part,
                "data-names-several-value": "true" if several else "false",
            }
        )

    def format_value(self, value: Any) -> str:
        """As it is typed."""
        return ", ".join(value) if isinstance(value, list | tuple) else value or ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """A list when several may be named."""
        given = (data.get(name) or "").replace("\0", "")  # which the database refuses
        if not self.several:
            return given.strip()
        return [key for part in given.split(",") if (key := part.strip())]


class KeysField(forms.Field):
    """A list of keys; that each exists is checked with the whole procedure."""

    def to_python(self, value: Any) -> list[str]:
        return list(value or [])


class KeyOfBlock(blocks.FieldBlock):
    """The key of one item of another list of the procedure, such as « stages »."""

    def __init__(
        self, part: str, required: bool = True, help_text: str = "", **kwargs: Any
    ) -> None:
        self.field = forms.CharField(
            required=required,
            help_text=help_text,
            max_length=KEY_LENGTH,
            widget=KeysInput(part, several=False),
        )
        super().__init__(**kwargs)


class KeysOfBlock(blocks.FieldBlock):
    """The keys of several items of another list of the procedure."""

    def __init__(
        self, part: str, required: bool = True, help_text: str = "", **kwargs: Any
    ) -> None:
        self.field = KeysField(
            required=required, help_text=help_text, widget=KeysInput(part, several=True)
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[str]:
        """Drafts of a former version hold each key in an item of its own."""
        return [key["value"] if isinstance(key, dict) else key for key in value or []]

    def get_prep_value(self, value: Any) -> list[str]:
        """As it is compiled."""
        return list(value or [])


class DaysInput(forms.TextInput):
    """Numbers of days with commas between them: « 7, 2 »."""

    def format_value(self, value: Any) -> str:
        """As it is typed."""
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value or ""


class DaysField(forms.CharField):
    """Numbers of days; the largest that makes sense is checked with the whole procedure."""

    def to_python(self, value: Any) -> list[int]:
        if isinstance(value, list | tuple):
            return list(value)
        parts = [part.strip() for part in (value or "").split(",")]
        try:
            return [int(part) for part in parts if part]
        except ValueError:
            raise forms.ValidationError(
                "Des nombres de jours séparés par des virgules, par exemple : 7, 2."
            ) from None

    def run_validators(self, value: Any) -> None:
        """Those of a text have nothing to say of numbers."""


class DaysBlock(blocks.FieldBlock):
    """Some numbers of days."""

    def __init__(self, help_text: str = "", **kwargs: Any) -> None:
        self.field = DaysField(required=False, help_text=help_text, widget=DaysInput())
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[int]:
        """Drafts of a former version hold each number in an item of its own."""
        return [day["value"] if isinstance(day, dict) else day for day in value or []]

    def get_prep_value(self, value: Any) -> list[int]:
        """As it is compiled."""
        return list(value or [])


class OwnKeyBlock(blocks.FieldBlock):
    """The key of the item itself: made from its name the first time, and never changed by it.

    `made_from`: what its name is called, in the same item.
    """

    def __init__(self, made_from: str = "label", **kwargs: Any) -> None:
        self.field = forms.SlugField(
            required=False,
            max_length=KEY_LENGTH,
            help_text="Vide : fait à partir du nom. Le changer détache ce qui le cite.",
            widget=forms.TextInput({"data-names-own-key": made_from}),
        )
        super().__init__(**kwargs)


class KeyedBlock(blocks.StructBlock):
    """An item that others name: it has a label, and a key that its editor need not know."""

    def clean(self, value: Any) -> Any:
        """Give it a key if it has none."""
        cleaned = super().clean(value)
        if not cleaned["key"]:
            cleaned["key"] = key_from(cleaned["label"])
        return cleaned


def key_from(label: str) -> str:
    """« Déclarer recevable » gives « declarer_recevable »; a name without a letter, its numbers."""
    key = slugify(label).replace("-", "_") or "_".join(f"u{ord(sign):x}" for sign in label.strip())
    return key[:KEY_LENGTH].strip("_")


def free_key(label: str, taken: Collection[str]) -> str:
    """A key that starts with a letter, and that nothing else has: « nom », then « nom_2 »."""
    wanted = key_from(label)
    if not wanted[:1].isalpha():
        wanted = f"q_{wanted}"[:KEY_LENGTH].strip("_")
    key, rank = wanted, 1
    while key in taken:
        rank += 1
        key = f"{wanted[: KEY_LENGTH - 4]}_{rank}"
    return key


def ticked(
    label: str, choices: list[tuple[str, str]], **options: str
) -> blocks.MultipleChoiceBlock:
    """A closed list as boxes to tick, none of them needed."""
    return blocks.MultipleChoiceBlock(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
