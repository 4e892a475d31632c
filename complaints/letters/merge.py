"""Merge fields: the marks an editor writes in a letter, and the facts that replace them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from complaints.models import Deadline, Dossier, Letter
from complaints.workflow.marks import FIELDS, MARK, unknown_marks
from complaints.workflow.vocabulary import EventKind, OnExpiry

__all__ = [
    "FIELDS",
    "facts_of",
    "for_third_party",
    "in_words",
    "listed_promises",
    "merge",
    "promises",
    "subject_line",
    "unknown_marks",
]

# What a promise need not repeat: the letter that tells of promises is itself one of these.
TOLD_BY_LETTER = {EventKind.ACKNOWLEDGED, EventKind.NOTICE_GIVEN}
# What says in which direction to write: left open, it would turn round the rest of our sentence.
DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
SUBJECT_LENGTH = Letter._meta.get_field("subject").max_length


def merge(text: str, facts: Mapping[str, str]) -> str:
    """Replace each known mark once; what a fact itself contains is never read as a mark."""
    return MARK.sub(lambda found: facts.get(found[1], found[0]), text)


def subject_line(text: str) -> str:
    """A subject is one line, as long as a letter keeps it, whatever the facts it was made of."""
    return " ".join(text.splitlines())[:SUBJECT_LENGTH]


def facts_of(dossier: Dossier, at: datetime) -> dict[str, str]:
    """The value of each merge field for that dossier; empty where it has none yet."""
    organisation, complainant = dossier.organisation, dossier.complainant
    mediator = dossier.procedure_version.mediator
    entry = getattr(dossier, "register_entry", None)
    facts = {
        "numero": dossier.reference,
        "numero_registre": str(entry or ""),
        "date_reception": in_words(timezone.localdate(dossier.received_at)),
        "nature": dossier.get_kind_display().lower(),
        "objet": dossier.subject,
        "nom": complainant.name if complainant else "",
        "organisme": organisation.name,
        "courriel": organisation.email,
        "telephone": organisation.phone,
        "formation": dossier.training,
        "decision": dossier.decision,
        "sens": dossier.get_outcome_display().lower(),
        "mesures": "\n".join(f"– {measure.description}" for measure in dossier.measures.all()),
        "mediateur": f"{mediator.name}, {mediator.website}" if mediator else "",
        "aujourdhui": in_words(timezone.localdate(at)),
        "suivi": f"{organisation.site.root_url}/suivi/",
        "echeances": listed_promises(dossier),
    }
    return {name: fact.translate(DIRECTIONS) for name, fact in facts.items()}


def for_third_party(facts: Mapping[str, str], *, named: bool) -> dict[str, str]:
    """The same facts for someone else: what concerns the complainant alone is left out (IH-31).

    Neither the way into the dossier nor what was promised; without consent, no name, no decision.
    """
    private = ("suivi", "echeances") if named else ("suivi", "echeances", "nom", "decision")
    return {**facts, **dict.fromkeys(private, "")}


def listed_promises(dossier: Dossier, touched: Iterable[Deadline] = ()) -> str:
    """The promises, one a line; `touched`: see `promises`."""
    return "\n".join(f"– {sentence}" for sentence in promises(dossier, touched))


def promises(dossier: Dossier, touched: Iterable[Deadline] = ()) -> list[str]:
    """What the complainant may count on, in order, but for the notice they are reading.

    `touched`: deadlines as what goes with the letter will leave them, not saved yet.
    """
    standing = {d.key: d for d in dossier.deadlines.pending().order_by("id")}
    standing |= {deadline.key: deadline for deadline in touched}
    return [deadline.sentence for deadline in standing.values() if _is_told(deadline, dossier)]


def _is_told(deadline: Deadline, dossier: Dossier) -> bool:
    """Nothing is due any more, nor ends by silence, on a dossier that is closed."""
    if deadline.internal or deadline.state not in (Deadline.State.RUNNING, Deadline.State.PAUSED):
        return False
    limit = deadline.limit
    ends = limit.on_expiry in (OnExpiry.LATE, OnExpiry.CLOSE)
    return TOLD_BY_LETTER.isdisjoint(limit.met_by) and (dossier.is_open or not ends)


def in_words(day: date) -> str:
    """« 1er mai 2026 »."""
    return (
        date_format(day, "j F Y").replace("1 ", "1er ", 1)
        if day.day == 1
        else date_format(day, "j F Y")
    )
