"""What each column of the legal register shows; an organisation chooses which, and their titles."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from complaints.models import Dossier
from complaints.register import exchanges
from complaints.workflow import TimeLimit
from complaints.workflow.vocabulary import Column, EventKind


def _day(at: datetime | None) -> str:
    return f"{timezone.localdate(at):%d/%m/%Y}" if at else ""


def _client(dossier: Dossier) -> str:
    """« Dora Lemaire, responsable formation, Atelier Lemaire »: what was given (CY-02)."""
    complainant = dossier.complainant
    if complainant is None:
        return ""
    given = complainant.name, complainant.function, complainant.organisation_name
    return ", ".join(filter(None, given))


def _measures(dossier: Dossier) -> str:
    return " ; ".join(
        f"{measure.description} ({measure.done_on or measure.planned_on:%d/%m/%Y})"
        for measure in dossier.measures.all()
    )


def _number(dossier: Dossier) -> str:
    return str(getattr(dossier, "register_entry", ""))


def _number_and_day(dossier: Dossier) -> str:
    return ", ".join(filter(None, [_number(dossier), _day(dossier.completed_at)]))


def _first_channel_and_reference(dossier: Dossier) -> str:
    """How it was first said, or how it came when nothing was said before (SA-A8)."""
    channel = dossier.get_first_channel_display() or dossier.get_channel_display()
    return f"{channel}, n° {dossier.reference}"


def _severity(dossier: Dossier) -> str:
    """Under the procedure's own name for that level."""
    levels = {level.key: level.label for level in dossier.rules.severities}
    return levels.get(dossier.severity, dossier.get_severity_display())


def _markers(dossier: Dossier) -> str:
    labels = {marker.key: marker.label for marker in dossier.rules.markers}
    return ", ".join(labels.get(key, key) for key in dossier.markers)


def _response_due(dossier: Dossier) -> str:
    """The day that the complainant is told; the last one when the nature or the gravity changed."""
    promised = {limit.key for limit in dossier.rules.time_limits if _is_for_response(limit)}
    told = sorted(dossier.deadlines.all(), key=lambda deadline: deadline.pk)
    due = [d.due_on for d in told if d.key in promised and d.due_on]
    return f"{due[-1]:%d/%m/%Y}" if due else ""


def _is_for_response(limit: TimeLimit) -> bool:
    """Announced, met by a response and not by an acknowledgement."""
    met_by = {*limit.met_by}
    answers = EventKind.RESPONSE_SENT in met_by and EventKind.ACKNOWLEDGED not in met_by
    return answers and not limit.internal


def _measures_done(dossier: Dossier) -> str:
    """The day of the last one; empty as long as one is left to do (CM-A5)."""
    days = [measure.done_on for measure in dossier.measures.all()]
    return f"{max(days):%d/%m/%Y}" if days and all(days) else ""


COLUMNS: dict[str, Callable[[Dossier], str]] = {
    Column.NUMBER: _number,
    Column.NUMBER_AND_COMPLETED_ON: _number_and_day,
    Column.RECEIVED_ON: lambda d: _day(d.received_at),
    Column.COMPLETED_ON: lambda d: _day(d.completed_at),
    Column.REGISTERED_ON: lambda d: _day(d.registered_at),
    Column.FIRST_EXPRESSED_ON: lambda d: f"{d.expressed_on:%d/%m/%Y}" if d.expressed_on else "",
    Column.FIRST_CHANNEL: lambda d: d.get_first_channel_display(),
    Column.FIRST_CHANNEL_AND_REFERENCE: _first_channel_and_reference,
    Column.CHANNEL: lambda d: d.get_channel_display(),
    Column.KIND: lambda d: d.get_kind_display(),
    Column.MARKERS: _markers,
    Column.SEVERITY: _severity,
    Column.CLIENT: _client,
    Column.SUBJECT: lambda d: d.subject,
    Column.TRAINING: lambda d: d.training,
    Column.TRAINEE: lambda d: d.trainee,
    Column.TRAINING_DATES: lambda d: d.training_dates,
    Column.THIRD_PARTIES: lambda d: d.third_parties,
    Column.OPERATIONS: lambda d: d.operations,
    Column.DESCRIPTION: lambda d: d.description,
    Column.BREACHES: lambda d: d.breaches,
    Column.ACKNOWLEDGED_ON: exchanges.acknowledged_on,
    Column.RESPONSE_DUE_ON: _response_due,
    Column.EXCHANGES: exchanges.exchanges,
    Column.ROOT_CAUSE: lambda d: d.root_cause,
    Column.OUTCOME: lambda d: d.get_outcome_display(),
    Column.MEASURES: _measures,
    Column.RESOLUTION: lambda d: d.resolution,
    Column.RESPONDED_ON: lambda d: _day(d.responded_at),
    Column.RESPONSE_NUMBER: lambda d: d.response_number,
    Column.CLOSED_ON: lambda d: _day(d.closed_at),
    Column.MEASURES_DONE_ON: _measures_done,
    Column.SATISFACTION: exchanges.satisfaction,
    Column.EVIDENCE_LOCATION: lambda d: d.evidence_location,
}

# What these columns read besides the dossier, its parties and its measures.
OF_THE_JOURNAL = frozenset({Column.ACKNOWLEDGED_ON, Column.EXCHANGES, Column.SATISFACTION})
OF_THE_CLOCK = frozenset({Column.RESPONSE_DUE_ON})


def register_line(dossier: Dossier) -> list[tuple[str, str]]:
    """The columns of the dossier's own procedure version, in its order: (title, value)."""
    return [
        (column.label, COLUMNS[column.key](dossier)) for column in dossier.rules.register_columns
    ]
