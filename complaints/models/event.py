"""The journal of a dossier: append-only, each line sealed to the one before.

The chain covers the digest of the personal payload, never the payload: personal data can be
erased and the chain still holds.
"""

import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import models

from complaints.models.dossier import Dossier
from complaints.models.frozen import Frozen, FrozenQuerySet
from complaints.workflow.vocabulary import EventKind


def canonical(data: Any) -> str:
    """The one way to write that JSON, for digests."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


class EventQuerySet(FrozenQuerySet):
    """The journal's lines."""

    def erase_personal(self) -> int:
        """Forget what these lines say of persons; the digests stay. Returns the lines changed."""
        return models.QuerySet.update(self, personal=None, salt="")


class Event(Frozen):
    """One fact in a dossier's life."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField("n°")
    kind = models.CharField("fait", max_length=30, choices=EventKind.choices)
    at = models.DateTimeField("le")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor_label = models.CharField("par", max_length=100)
    data = models.JSONField("détail", default=dict)
    personal = models.JSONField("données personnelles", null=True)
    salt = models.CharField(max_length=32, blank=True)
    personal_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField("sceau", max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "événement"
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="one_event_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.at:%d/%m/%Y})"

    @classmethod
    def append(
        cls,
        dossier: Dossier,
        kind: EventKind,
        *,
        at: datetime,
        actor: Any = None,
        actor_label: str = "",
        data: dict[str, Any] | None = None,
        personal: dict[str, Any] | None = None,
    ) -> "Event":
        """Write the next line of the journal. The caller holds the dossier locked, and saves it."""
        last = dossier.events.order_by("-number").first() if dossier.event_count else None
        event = cls(
            dossier=dossier,
            number=last.number + 1 if last else 1,
            kind=kind,
            at=at,
            actor=actor,
            actor_label=actor_label[:100],
            data=data or {},
            personal=personal or {},
            salt=secrets.token_hex(16),
            previous_hash=last.hash if last else "",
        )
        event.personal_digest = event.digest_of_personal()
        event.hash = event.computed_hash()
        event.save()
        dossier.event_count = event.number
        return event

    def digest_of_personal(self) -> str:
        """Salted, so that a short payload cannot be guessed back from what stays after erasure."""
        return hashlib.sha256((self.salt + canonical(self.personal)).encode()).hexdigest()

    def computed_hash(self) -> str:
        """What `hash` must be, given the line and the one before it."""
        line = {
            "dossier": self.dossier.reference,
            "number": self.number,
            "kind": str(self.kind),
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": self.actor_label,
            "data": self.data,
            "personal": self.personal_digest,
            "previous": self.previous_hash,
        }
        return hashlib.sha256(canonical(line).encode()).hexdigest()


def first_broken_event(dossier: Dossier) -> Event | None:
    """The first line that was altered, removed from under, or inserted; None if the chain holds."""
    previous = ""
    for number, event in enumerate(dossier.events.order_by("number"), 1):
        erased = event.personal is None
        if (
            event.number != number
            or event.previous_hash != previous
            or event.hash != event.computed_hash()
            or not (erased or event.personal_digest == event.digest_of_personal())
        ):
            return event
        previous = event.hash
    return None
