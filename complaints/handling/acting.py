"""One deed under way: a locked dossier, who acts, when; its facts go to journal and deadlines."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from complaints.handling import deadlines
from complaints.handling.actors import Actor
from complaints.handling.standing import next_due_on
from complaints.models import Deadline, Dossier, Event
from complaints.workflow import MoveRefused, Rules
from complaints.workflow.vocabulary import EventKind


@dataclass
class Act:
    """What a deed is given: it changes `dossier`, records facts, and saves nothing itself."""

    dossier: Dossier
    actor: Actor
    at: datetime
    # The deadlines that its facts begin, in the order in which they do.
    begun: list[Deadline] = field(default_factory=list)

    @property
    def rules(self) -> Rules:
        """The rules the dossier was filed under."""
        return self.dossier.rules

    def expect(self, seen: int | None) -> None:
        """Raise MoveRefused if the journal is longer than what the person was looking at."""
        if seen is not None and seen != self.dossier.event_count:
            raise MoveRefused("Ce dossier a changé depuis que vous l’avez ouvert. Relisez-le.")

    def record(self, kind: EventKind, personal: dict[str, Any] | None = None, **data: Any) -> Event:
        """Write the fact, then let it start, meet, pause or resume time limits."""
        event = Event.append(
            self.dossier,
            kind,
            at=self.at,
            actor=self.actor.user,
            actor_label=self.actor.label,
            data=data,
            personal=personal,
        )
        self.begun += deadlines.follow(self.dossier, event)
        return event


@contextmanager
def act_on(dossier_id: int, *, actor: Actor, at: datetime) -> Iterator[Act]:
    """Lock the dossier, yield the act, save the dossier; all or nothing.

    Raises Dossier.DoesNotExist. Two acts on one dossier wait for each other.
    """
    with transaction.atomic():
        dossier = (
            Dossier.objects.select_for_update(of=("self",))
            .select_related("organisation", "procedure_version__mediator", "form_version")
            .get(pk=dossier_id)
        )
        act = Act(dossier, actor, at)
        yield act
        dossier.next_due_on = next_due_on(dossier)
        dossier.save()
