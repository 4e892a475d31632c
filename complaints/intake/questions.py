"""Each kind of question as a Django form field, its errors in plain French."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from complaints.intake import patterns
from complaints.intake.definition import Field, Kind
from complaints.intake.filenames import clean_name
from complaints.intake.files import CheckedFile, Upload, accepted
from complaints.intake.typography import count, sentence
from complaints.intake.widgets import MAX_RADIOS, control

_FRENCH_DATE = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
_NUMBER = re.compile(r"[+-]?[0-9]{1,400}(?:[.,][0-9]{1,400})?")


class Text(forms.Field):
    """Words as typed, less the spaces around; the length is that of what was typed."""

    def __init__(self, *, limit: int, one_line: bool, **options: Any) -> None:
        super().__init__(**options)
        self.limit, self.one_line = limit, one_line

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        if not patterns.storable(text):
            raise ValidationError(
                sentence(
                    "« {label} » contient un caractère nul, que nous ne pouvons pas garder : "
                    "recopiez ce texte à la main.",
                    label=self.label,
                )
            )
        if len(text) > self.limit:
            raise ValidationError(self._too_long(len(text)))
        if self.one_line:
            text = " ".join(text.splitlines())
        return self.tidied(text)

    def tidied(self, text: str) -> str:
        return patterns.without_controls(text).strip()

    def _too_long(self, length: int) -> str:
        return sentence(
            "« {label} » compte {length} caractères et la limite est de {limit} : "
            "raccourcissez ce texte.",
            label=self.label,
            length=count(length),
            limit=count(self.limit),
        )


class Shaped(Text):
    """One line of a known shape: an address, a number to call."""

    def __init__(self, *, pattern: str, advice: str, **options: Any) -> None:
        super().__init__(one_line=True, **options)
        self.pattern, self.advice = pattern, advice

    def tidied(self, text: str) -> str:
        return text.strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.fullmatch(self.pattern, value):
            raise ValidationError(self.advice)


class Day(forms.Field):
    """A day: ISO from the browser's own date box, or 07/05/2024 typed by hand."""

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        if typed := _FRENCH_DATE.fullmatch(text):
            text = f"{typed[3]}-{typed[2]:0>2}-{typed[1]:0>2}"
        try:
            if re.fullmatch(patterns.DATE, text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise ValidationError(
            sentence(
                "Indiquez une date qui existe à « {label} », sous la forme jour/mois/année : "
                "par exemple 07/05/2024.",
                label=self.label,
            )
        )


class Number(forms.Field):
    """A number as French people type it: 12, 12,5 or 1 200."""

    def to_python(self, value: Any) -> int | float | None:
        text = "".join(str(value or "")[:1000].split())
        if not text:
            return None
        if _NUMBER.fullmatch(text):
            number = Decimal(text.replace(",", "."))
            if abs(number) <= patterns.NUMBER_LIMIT:
                return int(number) if number == number.to_integral_value() else float(number)
        raise ValidationError(
            sentence(
                "Indiquez un nombre en chiffres à « {label} » : par exemple 12 ou 12,5.",
                label=self.label,
            )
        )


class Several(forms.MultipleChoiceField):
    """Several proposed answers, once each, in the order of the form."""

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        return [proposed for proposed, _ in self.choices if proposed in chosen]


class Files(forms.Field):
    """Sent files, each checked; every refusal is said, not the first alone."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def clean(self, sent: list[Upload]) -> list[CheckedFile]:
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
                checked.append(accepted(upload))
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
        "widget": control(field),
        "error_messages": {"required": _missing(field), "invalid_choice": choose},
    }
    return _MAKERS[field.kind](field, options)


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
    return Text(limit=field.max_length, one_line=field.kind == Kind.TEXT, **options)


def _email(field: Field, options: dict[str, Any]) -> forms.Field:
    advice = sentence(
        "Indiquez une adresse électronique complète à « {label} » : par exemple "
        "prenom.nom@exemple.fr.",
        label=field.label,
    )
    return Shaped(pattern=patterns.EMAIL, advice=advice, limit=field.max_length, **options)


def _phone(field: Field, options: dict[str, Any]) -> forms.Field:
    advice = sentence(
        "Indiquez un numéro de téléphone complet à « {label} » : par exemple 06 12 34 56 78 "
        "ou +33 6 12 34 56 78.",
        label=field.label,
    )
    return Shaped(pattern=patterns.PHONE, advice=advice, limit=field.max_length, **options)


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
    Kind.DATE: lambda field, options: Day(**options),
    Kind.NUMBER: lambda field, options: Number(**options),
    Kind.YES_NO: _choice,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choice,
    Kind.FILES: lambda field, options: Files(most=field.max_files, **options),
    Kind.CONSENT: lambda field, options: forms.BooleanField(**options),
}
