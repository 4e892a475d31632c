"""`manage.py check_deadlines`: one scan, for cron or another scheduler."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from complaints.handling.clock import check_deadlines


class Command(BaseCommand):
    """The same work as the scheduled task."""

    help = "Contrôle les échéances dont le moment est venu."

    def handle(self, *args: Any, **options: Any) -> None:
        """Scan once and say what was done; status 1 if a row could not be checked."""
        report = check_deadlines(timezone.now())
        if report.broken:
            raise CommandError(str(report))
        self.stdout.write(str(report))
