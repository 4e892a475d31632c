"""The screen of a dossier: who, what, since when, what is due, what was said, what one may do."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.views.generic import TemplateView

from complaints.desk.dossiers.answers import file_consent, read_filed
from complaints.desk.dossiers.journal import read_journal
from complaints.desk.dossiers.reaching import OnDossier
from complaints.desk.due import Due, due_words, is_duty_running, standing
from complaints.desk.entry.noted import noted
from complaints.handling.assessment import marked
from complaints.handling.moving import moves_for
from complaints.handling.reclassification import other_kinds
from complaints.handling.rescheduling import can, may_extend, may_shorten
from complaints.models import Attachment, Deadline, Dossier, Message, Notice
from complaints.workflow import Move
from complaints.workflow.vocabulary import Deed


class DossierScreen(OnDossier, TemplateView):
    """Everything about one dossier, and the buttons that are open to the person who looks."""

    template_name = "complaints/desk/dossiers/dossier.html"

    def dossiers(self) -> QuerySet:
        notices = Notice.objects.order_by("-created_at").only(
            "letter_id", "state", "to", "attempts", "sent_at", "last_error", "next_attempt_at"
        )
        return (
            super()
            .dossiers()
            .prefetch_related(
                "attachments",
                "measures",
                Prefetch("deadlines", queryset=Deadline.objects.select_related("calendar")),
                "messages",
                Prefetch("letters__notices", queryset=notices),
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        dossier, today = self.dossier, timezone.localdate()
        attachments = list(dossier.attachments.all())
        filed = read_filed(dossier, attachments, self.request.user)
        return super().get_context_data(
            **kwargs,
            moves=self.moves(),
            due=due_words(dossier.next_due_on, today) if dossier.is_open else None,
            steps=steps(dossier),
            deadlines=[_deadline(line, today) for line in dossier.deadlines.all()],
            filed=filed,
            file_consent=file_consent(dossier),
            noted=noted(dossier),
            exchange=exchange(dossier, attachments),
            journal=read_journal(dossier, filed.names),
            markers=marked(dossier),
            takes_over=dossier.assigned_to_id != self.request.user.pk,
        )

    def moves(self) -> list[Move]:
        """The open moves, the likely ones first, without those that would find nothing to do."""
        now = timezone.now()
        idle = _idle(self.dossier, now)
        return [move for move in moves_for(self.dossier, self.actor, now) if move.deed not in idle]


def _idle(dossier: Dossier, now: datetime) -> set[Deed]:
    """The deeds for which there is nothing to do now."""
    measures = list(dossier.measures.all())
    useful = {
        Deed.COMPLETE_MEASURE: any(not measure.done_on for measure in measures),
        Deed.CHECK_EFFECT: any(m.done_on and not m.effect_checked_on for m in measures),
        Deed.RECLASSIFY: bool(other_kinds(dossier)),
        Deed.SHORTEN: can(dossier, may_shorten, now),
        Deed.EXTEND: can(dossier, may_extend, now),
    }
    return {deed for deed, something in useful.items() if not something}


def steps(dossier: Dossier) -> list[dict[str, Any]]:
    """The numbered steps of its procedure, each done, current or to come."""
    here = dossier.current_stage.step or 0
    return [
        {
            "number": stage.step,
            "label": stage.label,
            "state": "current" if stage.step == here else "done" if stage.step < here else "next",
        }
        for stage in dossier.rules.public_steps
    ]


def exchange(
    dossier: Dossier, attachments: list[Attachment]
) -> list[tuple[Message, list[Attachment]]]:
    """What was said, each message with its files."""
    return [
        (message, [file for file in attachments if file.message_id == message.pk])
        for message in dossier.messages.all()
    ]


def _deadline(deadline: Deadline, today: date) -> tuple[Deadline, Due | None, str]:
    """With how near it is while something is due, else with what became of it."""
    due = due_words(deadline.due_on, today) if is_duty_running(deadline) else None
    return deadline, due, standing(deadline, today)
