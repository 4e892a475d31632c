"""What each column of the legal register shows; an organisation chooses which, and their titles."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from complaints.models import Dossier
from complaints.workflow.vocabulary import Column


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
    Column.NUMBER: _number,
    Column.RECEIVED_ON: lambda d: _day(d.received_at),
    Column.COMPLETED_ON: lambda d: _day(d.completed_at),
    Column.REGISTERED_ON: lambda d: _day(d.registered_at),
    Column.FIRST_EXPRESSED_ON: lambda d: f"{d.expressed_on:%d/%m/%Y}" if d.expressed_on else "",
    Column.FIRST_CHANNEL: lambda d: d.get_first_channel_display(),
    Column.CLIENT: _client,
    Column.SUBJECT: lambda d: d.subject,
    Column.TRAINING: lambda d: d.training,
    Column.THIRD_PARTIES: lambda d: d.third_parties,
    Column.OPERATIONS: lambda d: d.operations,
    Column.DESCRIPTION: lambda d: d.description,
    Column.BREACHES: lambda d: d.breaches,
    Column.OUTCOME: lambda d: d.get_outcome_display(),
    Column.MEASURES: _measures,
    Column.RESOLUTION: lambda d: d.resolution,
    Column.RESPONDED_ON: lambda d: _day(d.responded_at),
    Column.RESPONSE_NUMBER: lambda d: d.response_number,
    Column.EVIDENCE_LOCATION: lambda d: d.evidence_location,
}


def register_line(dossier: Dossier) -> list[tuple[str, str]]:
    """The columns of the dossier's own procedure version, in its order: (title, value)."""
    return [
        (column.label, COLUMNS[column.key](dossier)) for column in dossier.rules.register_columns
    ]
