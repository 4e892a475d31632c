"""The answers typed in one box: words, a number to call, a day, a number, an amount."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from complaints.intake import patterns
from complaints.intake.addresses import probable
from complaints.intake.amounts import read_amount
from complaints.intake.typography import count, sentence

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
        return patterns.without_noise(text)

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
        return patterns.bare(text)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.fullmatch(self.pattern, value):
            raise ValidationError(self.refusal(value))

    def refusal(self, value: str) -> str:
        """Why it is refused, and the way out."""
        return self.advice


class Address(Shaped):
    """An e-mail address: where a mistyped end can be guessed, the refusal says what was meant."""

    def refusal(self, value: str) -> str:
        meant = probable(value)
        if not re.fullmatch(self.pattern, meant):
            return self.advice
        guess = sentence("Vouliez-vous écrire « {meant} » ?", meant=meant)
        return f"{self.advice} {guess}"


class Day(forms.Field):
    """A day: ISO from the browser's own date box, or 07/05/2024 typed by hand."""

    def to_python(self, value: Any) -> date | None:
        text = patterns.bare(str(value or ""))
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
        text = "".join(patterns.bare(str(value or "")[:1000]).split())
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


class Amount(forms.Field):
    """Euros as French people type them: 12,5 or 1 200,50 €; kept as « 1200.50 »."""

    def to_python(self, value: Any) -> str:
        text = patterns.bare(str(value or ""))
        if not text:
            return ""
        if amount := read_amount(text):
            return amount
        raise ValidationError(
            sentence(
                "Indiquez un montant en euros à « {label} », sans texte autour : par exemple 125 "
                "ou 1 200,50.",
                label=self.label,
            )
        )
