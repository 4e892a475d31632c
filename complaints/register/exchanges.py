"""What was exchanged about a dossier, read in its journal: when, which fact, and the opinion given.

The journal outlives the personal data: these columns still speak after the erasure.
"""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from complaints.models import Dossier, Event
from complaints.workflow.vocabulary import EventKind

# What goes to or comes from the complainant and everyone involved (CM-21).
EXCHANGED = (
    EventKind.ACKNOWLEDGED,
    EventKind.NOTICE_GIVEN,
    EventKind.INFORMATION_REQUESTED,
    EventKind.INFORMATION_RECEIVED,
    EventKind.DELAY_NOTIFIED,
    EventKind.CONTACT_LOGGED,
    EventKind.MESSAGE_RECEIVED,
    EventKind.MESSAGE_SENT,
    EventKind.IMPLICATED_INFORMED,
    EventKind.THIRD_PARTY_INFORMED,
    EventKind.MINUTES_RECORDED,
    EventKind.RESPONSE_SENT,
    EventKind.SATISFACTION_ASKED,
    EventKind.SATISFACTION_RECEIVED,
)
OPINIONS = {"satisfied": "Satisfait", "partly": "En partie", "unsatisfied": "Pas satisfait"}
FETCHED = "exchanged"


def exchanges_of(path: str) -> Prefetch:
    """The exchanges of the dossiers at that path, in one query however many dossiers."""
    return Prefetch(f"{path}events", queryset=_exchanges(), to_attr=FETCHED)


def exchanges(dossier: Dossier) -> str:
    """« 30/03/2026 Accusé de réception envoyé ; … », in order."""
    return " ; ".join(
        f"{timezone.localdate(event.at):%d/%m/%Y} {event.get_kind_display()}"
        for event in _read(dossier)
    )


def acknowledged_on(dossier: Dossier) -> str:
    """The day of the first acknowledgement, "" without one."""
    found = (event for event in _read(dossier) if event.kind == EventKind.ACKNOWLEDGED)
    first = next(found, None)
    return f"{timezone.localdate(first.at):%d/%m/%Y}" if first else ""


def satisfaction(dossier: Dossier) -> str:
    """The last opinion the complainant gave, "" without one."""
    given = [e for e in _read(dossier) if e.kind == EventKind.SATISFACTION_RECEIVED]
    return OPINIONS.get(given[-1].data.get("opinion", ""), "") if given else ""


def _read(dossier: Dossier) -> Iterable[Event]:
    fetched = getattr(dossier, FETCHED, None)
    return _exchanges().filter(dossier=dossier) if fetched is None else fetched


def _exchanges() -> QuerySet:
    return Event.objects.filter(kind__in=EXCHANGED).defer("personal", "salt").order_by("number")
