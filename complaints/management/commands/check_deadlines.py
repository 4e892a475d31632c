"""`manage.py check_deadlines`: one scan, for cron or another scheduler."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.handling.clock import check_deadlines


class Command(BaseCommand):
    """The same work as the scheduled task."""

    help = "Contrôle les échéances dont le moment est venu."

    def handle(self, *args: Any, **options: Any) -> None:
        """Scan once and say what was done."""
        self.stdout.write(str(check_deadlines(timezone.now())))
