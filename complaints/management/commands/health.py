"""`manage.py health`: what an operator must know before the complainants do."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django_q.status import Stat

from complaints.models import Deadline, Notice
from complaints.workflow.vocabulary import Phase

PATIENCE = timedelta(minutes=15)
# A failure is reported for a week; the list of notices shows it for ever.
FAILURES_SHOWN = timedelta(days=7)


class Command(BaseCommand):
    """For a person or a monitoring tool."""

    help = "Dit ce qui ne va pas : envois, échéances, tâches planifiées. Statut 1 si quelque chose."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each problem."""
        problems = list(find_problems(timezone.now()))
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write("Tout va bien.")


def find_problems(now: datetime) -> Iterator[str]:
    """French sentences, the most urgent first; none when all is well."""
    if not Stat.get_all():
        yield "Aucun ordonnanceur Django-Q ne tourne : ni envois, ni contrôle des échéances."
    yield from _late_scan(now)
    yield from _waiting_notices(now)
    yield from _failed_notices(now)


def _late_scan(now: datetime) -> Iterator[str]:
    unseen = Deadline.objects.to_check(now - PATIENCE).count()
    if unseen:
        yield f"{unseen} échéance(s) attendent le contrôle depuis plus de 15 minutes."
    running = Deadline.objects.filter(state=Deadline.State.RUNNING, late_at=None)
    overdue = running.filter(late_from__lte=now - PATIENCE, next_check_at__gt=now).count()
    if overdue:
        yield f"{overdue} échéance(s) dépassée(s) n’ont pas pu être traitée(s) : voir le journal."


def _waiting_notices(now: datetime) -> Iterator[str]:
    waiting = Notice.objects.filter(next_attempt_at__isnull=False).order_by("created_at")
    oldest = waiting.filter(created_at__lt=now - PATIENCE).first()
    if oldest:
        since = timezone.localtime(oldest.created_at)
        reason = oldest.last_error or "jamais essayé"
        yield (
            f"{waiting.count()} envoi(s) en attente, le plus ancien depuis le "
            f"{since:%d/%m/%Y à %H:%M} : {reason}"
        )


def _failed_notices(now: datetime) -> Iterator[str]:
    failed = Notice.objects.filter(state=Notice.State.FAILED, created_at__gt=now - FAILURES_SHOWN)
    failed = failed.exclude(dossier__phase=Phase.ERASED).order_by("-created_at")
    if last := failed.first():
        yield (
            f"{failed.count()} envoi(s) en échec depuis 7 jours, le dernier pour le dossier "
            f"{last.dossier.reference if last.dossier else '(aucun)'} : {last.last_error}"
        )
