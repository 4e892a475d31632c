"""The visitor's small forms: opening a dossier, writing a message, and how a move's form looks."""

import re
from typing import Any

from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from complaints.handling import antivirus
from complaints.intake import MAX_SIZE
from complaints.intake.definition import MAX_FILES, Field, Kind
from complaints.intake.files import ACCEPTED_IN_WORDS, MEGA
from complaints.intake.layout import Helper
from complaints.intake.patterns import bare
from complaints.intake.questions import Files, question
from complaints.intake.typography import sentence

LIMITS = sentence(
    "{most} fichiers au plus, de {size} Mo au plus : {types}.",
    most=MAX_FILES,
    size=MAX_SIZE // MEGA,
    types=ACCEPTED_IN_WORDS,
)
CHOSEN_ONE_BY_ONE = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.CheckboxInput)


class Secret(forms.PasswordInput):
    """Seen while it is typed, since it is copied from a paper; never written back by us."""

    input_type = "text"


class TrackingForm(forms.Form):
    """The number and the code that open a dossier."""

    reference = forms.CharField(
        label="Numéro de dossier",
        max_length=100,
        help_text="Il figure sur votre récépissé. Par exemple\u00a0: CS-2026-0001.",
        error_messages={"required": "Indiquez le numéro de votre dossier."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    code = forms.CharField(
        label="Code de suivi",
        max_length=100,
        help_text="Il vous a été donné au moment du dépôt. Majuscules, espaces et tirets "
        "ne comptent pas.",
        error_messages={"required": "Indiquez votre code de suivi."},
        widget=Secret(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_reference(self) -> str:
        """As it is written, whatever spaces or dashes a phone put in its place."""
        return re.sub(r"[\s\u2010-\u2015-]+", "-", bare(self.cleaned_data["reference"]))


class ResumeForm(forms.Form):
    """The code that opens a draft."""

    code = forms.CharField(
        label="Code de reprise",
        max_length=100,
        help_text="Il vous a été donné quand vous avez enregistré votre brouillon. Majuscules, "
        "espaces et tirets ne comptent pas.",
        error_messages={"required": "Indiquez le code de votre brouillon."},
        widget=Secret(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class MessageForm(forms.Form):
    """A message to the organisation, with files."""

    body = forms.CharField(
        label="Votre message",
        max_length=20_000,
        error_messages={"required": "Écrivez votre message avant de l’envoyer."},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    files = question(Field("files", Kind.FILES, "Documents à joindre", max_files=MAX_FILES))

    def clean(self) -> dict[str, Any]:
        """A file that the antivirus refuses is said next to the others."""
        data = super().clean()
        antivirus.examine(self)
        return data


class Questions(LayoutObject):
    """The questions of a small form, one under the other."""

    def render(
        self, form: forms.Form, context: object, template_pack: object = TEMPLATE_PACK, **_: Any
    ) -> SafeString:
        form.rendered_fields.update(form.fields)
        shown = (render_to_string("pages/field.html", {"field": bound}) for bound in form)
        return mark_safe("".join(shown))  # noqa: S308  each is a template's


def _small() -> Helper:
    helper = Helper()
    helper.layout = Layout(Questions())
    helper.form_show_errors = False  # the page gathers them, above the form
    return helper


SMALL = _small()


def dressed(form: forms.Form, name: str = "") -> forms.Form:
    """The form with the page's classes; `name` keeps its ids apart from the other forms' ids."""
    form.helper = SMALL
    form.use_required_attribute = False
    if name:
        form.auto_id = f"{name}-%s"
    for field in form.fields.values():
        checkable = isinstance(field.widget, CHOSEN_ONE_BY_ONE)
        field.widget.attrs["class"] = "form-check-input" if checkable else "form-control"
        if isinstance(field, Files):
            field.help_text = field.help_text or LIMITS
        # A browser would cut a pasted text without a word; the check after sending says so.
        field.widget.attrs.pop("maxlength", None)
    return form
