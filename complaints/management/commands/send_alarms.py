"""`manage.py send_alarms`: the administrators' daily digest, for cron or another scheduler."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.handling.alarms import send_alarms


class Command(BaseCommand):
    """The same work as the scheduled task; a second run of the day tells nobody twice."""

    help = "Écrit aux administrateurs ce qui ne va pas, une fois par jour."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and say to how many."""
        self.stdout.write(f"{send_alarms(timezone.now())} administrateur(s) prévenu(s).")
