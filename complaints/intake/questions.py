"""Each kind of question as a Django form field, its errors in plain French."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from complaints.intake import patterns
from complaints.intake.definition import MAX_WEIGHT, Field, Kind
from complaints.intake.files import MEGA, CheckedFile, Upload, accepted
from complaints.intake.files.names import clean_name
from complaints.intake.parts.questions import in_parts
from complaints.intake.typed import Address, Amount, Day, Number, Shaped, Text
from complaints.intake.typography import sentence
from complaints.intake.widgets import MAX_RADIOS, control

# The default of a date that is the day on which the form is shown.
TODAY = "today"


class Several(forms.MultipleChoiceField):
    """Several proposed answers, once each, in the order of the form."""

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        return [proposed for proposed, _ in self.choices if proposed in chosen]


class Files(forms.Field):
    """Sent files, each checked; every refusal is said, not the first alone."""

    def __init__(
        self, *, most: int, check: Callable[[Upload], CheckedFile], **options: Any
    ) -> None:
        super().__init__(**options)
        self.most, self.check = most, check

    def clean(self, sent: list[Upload | CheckedFile]) -> list[CheckedFile]:
        """The checked files; one that already is, having been kept aside, passes as it is."""
        self.validate(sent)
        if len(sent) > self.most:
            raise ValidationError(
                sentence(
                    "Vous avez joint {n} fichiers et la limite est de {most} : retirez-en, par "
                    "exemple « {name} ».",
                    n=len(sent),
                    most=self.most,
                    name=clean_name(sent[-1].name),
                )
            )
        checked, refused = [], []
        for upload in sent:
            try:
                kept = isinstance(upload, CheckedFile)
                checked.append(upload if kept else self.check(upload))
            except ValidationError as error:
                refused.append(error)
        if refused:
            raise ValidationError(refused)
        return checked


def question(field: Field) -> forms.Field:
    """The Django field for this field of the definition."""
    choose = sentence("Choisissez une des réponses proposées à « {label} ».", label=field.label)
    options: dict[str, Any] = {
        "label": field.label,
        "help_text": field.help,
        "required": field.required,
        "initial": _initial(field),
        "widget": control(field),
        "error_messages": {
            "required": _missing(field),
            "invalid_choice": choose,
            "invalid_list": choose,
        },
    }
    return _MAKERS[field.kind](field, options)


def _initial(field: Field) -> str | list[str] | dict[str, str] | None:
    """What the page shows before anybody answers; « today » is told by whoever knows the day."""
    if not field.default or (field.kind == Kind.DATE and field.default == TODAY):
        return None
    if field.kind == Kind.TRAINING:
        return {"training": field.default, "session": ""}
    return [field.default] if field.kind == Kind.CHOICES else field.default


def _missing(field: Field) -> str:
    if field.kind == Kind.CONSENT:
        request = "Cochez la case « {label} » pour continuer."
    elif field.kind == Kind.FILES:
        request = "Joignez au moins un fichier à « {label} »."
    elif field.proposed:
        request = "Choisissez une réponse à « {label} »."
    elif field.label.endswith("?"):
        request = "Répondez à « {label} »."
    else:
        request = "Indiquez « {label} »."
    return sentence(request, label=field.label)


def _text(field: Field, options: dict[str, Any]) -> forms.Field:
    return Text(limit=field.max_length, one_line=field.kind != Kind.LONG_TEXT, **options)


def _email(field: Field, options: dict[str, Any]) -> forms.Field:
    advice = sentence(
        "Indiquez une adresse électronique complète à « {label} » : par exemple "
        "prenom.nom@exemple.fr.",
        label=field.label,
    )
    return Address(pattern=patterns.EMAIL, advice=advice, limit=field.max_length, **options)


def _phone(field: Field, options: dict[str, Any]) -> forms.Field:
    advice = sentence(
        "Indiquez un numéro de téléphone complet à « {label} » : dix chiffres pour la France, "
        "par exemple 06 12 34 56 78 ; sinon avec l’indicatif du pays, par exemple "
        "+32 470 12 34 56.",
        label=field.label,
    )
    return Shaped(pattern=patterns.PHONE, advice=advice, limit=field.max_length, **options)


def _files(field: Field, options: dict[str, Any]) -> forms.Field:
    weight = (field.max_weight or MAX_WEIGHT) * MEGA
    check = partial(accepted, types=field.file_types, max_size=weight)
    return Files(most=field.max_files, check=check, **options)


def _choice(field: Field, options: dict[str, Any]) -> forms.Field:
    proposed = [(choice.value, choice.label) for choice in field.proposed]
    if field.kind == Kind.CHOICES:
        return Several(choices=proposed, **options)
    if field.kind == Kind.YES_NO:
        return forms.TypedChoiceField(
            choices=proposed, coerce=lambda value: value == "yes", empty_value=None, **options
        )
    empty = [("", "Choisissez…")] if len(proposed) > MAX_RADIOS else []
    return forms.ChoiceField(choices=empty + proposed, **options)


_MAKERS: dict[Kind, Callable[[Field, dict[str, Any]], forms.Field]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.SIGNATURE: _text,
    Kind.PERIOD: in_parts,
    Kind.TRAINING: in_parts,
    Kind.PERSONS: in_parts,
    Kind.ADDRESS: in_parts,
    Kind.AMOUNT: lambda field, options: Amount(**options),
    Kind.DATE: lambda field, options: Day(**options),
    Kind.NUMBER: lambda field, options: Number(**options),
    Kind.YES_NO: _choice,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choice,
    Kind.FILES: _files,
    Kind.CONSENT: lambda field, options: forms.BooleanField(**options),
}
