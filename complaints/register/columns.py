"""What each column of the legal register shows; an organisation chooses which, and their titles."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from complaints.models import Dossier


def _day(at: datetime | None) -> str:
    return f"{timezone.localdate(at):%d/%m/%Y}" if at else ""


def _client(dossier: Dossier) -> str:
    complainant = dossier.complainant
    if complainant is None:
        return ""
    return ", ".join(filter(None, [complainant.name, complainant.organisation_name]))


def _measures(dossier: Dossier) -> str:
    return " ; ".join(
        f"{measure.description} ({measure.done_on or measure.planned_on:%d/%m/%Y})"
        for measure in dossier.measures.all()
    )


def _number(dossier: Dossier) -> str:
    return str(getattr(dossier, "register_entry", ""))


COLUMNS: dict[str, Callable[[Dossier], str]] = {
    "number": _number,
    "received_on": lambda d: _day(d.received_at),
    "completed_on": lambda d: _day(d.completed_at),
    "registered_on": lambda d: _day(d.registered_at),
    "first_expressed_on": lambda d: f"{d.expressed_on:%d/%m/%Y}" if d.expressed_on else "",
    "first_channel": lambda d: d.get_first_channel_display(),
    "client": _client,
    "subject": lambda d: d.subject,
    "training": lambda d: d.training,
    "third_parties": lambda d: d.third_parties,
    "operations": lambda d: d.operations,
    "description": lambda d: d.description,
    "breaches": lambda d: d.breaches,
    "outcome": lambda d: d.get_outcome_display(),
    "measures": _measures,
    "resolution": lambda d: d.resolution,
    "responded_on": lambda d: _day(d.responded_at),
    "response_number": lambda d: d.response_number,
    "evidence_location": lambda d: d.evidence_location,
}


def register_line(dossier: Dossier) -> list[tuple[str, str]]:
    """The columns of the dossier's own procedure version, in its order: (title, value)."""
    return [
        (column.label, COLUMNS[column.key](dossier)) for column in dossier.rules.register_columns
    ]
