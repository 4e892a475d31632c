"""The journal and the dates as the complainant reads them; what is not listed here stays inside."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from complaints.handling.counting import happened_at
from complaints.letters.merge import in_words
from complaints.models import Deadline, Event
from complaints.workflow.vocabulary import EventKind, OnExpiry

# The marks between braces are in the event's own data, never in its personal payload.
SENTENCES = {
    EventKind.RECEIVED: "Votre dossier est arrivé.",
    EventKind.ACKNOWLEDGED: "Nous avons accusé réception.",
    EventKind.INFORMATION_REQUESTED: "Nous vous avons demandé des précisions.",
    EventKind.INFORMATION_RECEIVED: "Vos précisions sont arrivées.",
    EventKind.REGISTERED: "Votre dossier est inscrit au registre, n°\u00a0{register_number}.",
    EventKind.NOTICE_GIVEN: "Nous vous avons écrit où en est votre dossier.",
    EventKind.DECLARED_ADMISSIBLE: "Votre réclamation est recevable\u00a0: nous l’étudions.",
    EventKind.DECLARED_INADMISSIBLE: "Votre demande n’est pas traitée comme une réclamation\u00a0: "
    "notre courrier vous dit pourquoi.",
    EventKind.RECLASSIFIED: "Votre dossier a changé de catégorie.",
    EventKind.DELAY_NOTIFIED: "Nous avons prolongé un délai et vous avons écrit pourquoi.",
    EventKind.ANALYSED: "Nous avons étudié votre dossier.",
    EventKind.DECIDED: "Une décision est prise\u00a0: nous préparons notre réponse.",
    EventKind.RESPONSE_SENT: "Nous vous avons répondu\u00a0: courrier n°\u00a0{number}.",
    EventKind.APPEAL_FILED: "Votre recours est arrivé.",
    EventKind.APPEAL_EXTENDED: "Le délai d’examen de votre recours est prolongé.",
    EventKind.APPEAL_DECIDED: "Votre recours est tranché.",
    EventKind.MEDIATION_REFERRED: "Un médiateur est saisi\u00a0: {mediator}.",
    EventKind.SATISFACTION_ASKED: "Nous vous avons demandé votre avis.",
    EventKind.SATISFACTION_RECEIVED: "Votre avis est arrivé.",
    EventKind.MESSAGE_RECEIVED: "Vous nous avez écrit.",
    EventKind.MESSAGE_SENT: "Nous vous avons écrit.",
    EventKind.STATEMENT_CONFIRMED: "Vous avez confirmé ce que nous avions noté.",
    EventKind.WITHDRAWN: "Votre réclamation est retirée.",
    EventKind.CLOSED: "Votre dossier est clos.",
    EventKind.REOPENED: "Votre dossier est rouvert.",
    EventKind.PROCEDURE_CHANGED: "Votre dossier suit désormais la version {to_version} de notre"
    " procédure\u00a0: les échéances affichées en tiennent compte.",
}
# What came after a call, in the same dossier.
WRITTEN_LATER = "Votre écrit est arrivé."


@dataclass(frozen=True)
class Fact:
    """One line: when, and what."""

    at: datetime
    sentence: str


def public_facts(events: Iterable[Event]) -> list[Fact]:
    """What the complainant may read, in the order it happened."""
    return [Fact(happened_at(event), _told(event)) for event in events if event.kind in SENTENCES]


def _told(event: Event) -> str:
    if event.data.get("writing"):
        return WRITTEN_LATER
    return SENTENCES[EventKind(event.kind)].format_map(defaultdict(str, event.data))


@dataclass(frozen=True)
class PublicDate:
    """One time limit: its name, its sentence, and whether we have let it pass."""

    label: str
    sentence: str
    late: bool = False


def public_dates(deadlines: Iterable[Deadline]) -> list[PublicDate]:
    """The dates promised, those met, and those that no longer matter left out."""
    return [
        PublicDate(deadline.label, _sentence(deadline), _is_late(deadline))
        for deadline in deadlines
        if deadline.state not in (Deadline.State.CANCELLED, Deadline.State.REPLACED)
    ]


def _sentence(deadline: Deadline) -> str:
    if deadline.state == Deadline.State.MET:
        return f"C’est fait, le {in_words(timezone.localdate(deadline.met_at))}."
    if deadline.state == Deadline.State.ENDED:
        if deadline.limit.on_expiry == OnExpiry.OPEN_WINDOW:
            return f"C’est possible depuis le {in_words(deadline.due_on + timedelta(days=1))}."
        return f"Ce délai s’est terminé le {in_words(deadline.due_on)}."
    return deadline.sentence


def _is_late(deadline: Deadline) -> bool:
    return bool(deadline.late_at) and deadline.state == Deadline.State.RUNNING
