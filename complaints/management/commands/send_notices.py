"""`manage.py send_notices`: send what waits in the outbox, for cron or another scheduler."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.handling.dispatch import send_waiting


class Command(BaseCommand):
    """The same work as the scheduled task."""

    help = "Envoie les courriels en attente."

    def handle(self, *args: Any, **options: Any) -> None:
        """Try each waiting notice once."""
        self.stdout.write(f"{send_waiting(timezone.now())} envoi(s) tenté(s).")
