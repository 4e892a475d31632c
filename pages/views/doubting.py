"""What looks mistyped, told where everything is read again: nobody is kept from sending it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from complaints import intake
from complaints.intake.addresses import probable

# What a question about the past feeds.
PAST = ("dossier.facts_on", "dossier.first_expressed_on")


@dataclass(frozen=True)
class Doubt:
    """An answer to look at again, and the e-mail address that was probably meant."""

    field: intake.Field
    typed: str
    meant: str = ""


def doubts(form: intake.IntakeForm, lines: list[intake.Line], today: date) -> Iterator[Doubt]:
    """An address of a provider that does not exist; a day to come for what is already past."""
    days = intake.mapped(form.definition, intake.answers(form))
    for line in lines:
        if line.field.kind == intake.Kind.EMAIL and (meant := probable(line.text)):
            yield Doubt(line.field, line.text, meant)
        if _is_to_come(line.field, days, today):
            yield Doubt(line.field, line.text)


def _is_to_come(field: intake.Field, days: dict[str, Any], today: date) -> bool:
    return field.maps_to in PAST and days.get(field.maps_to, today) > today
