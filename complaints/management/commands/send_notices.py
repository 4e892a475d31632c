"""`manage.py send_notices`: send what waits in the outbox, for cron or another scheduler."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.handling.dispatch import send_waiting
from complaints.notices.sending import requeue


class Command(BaseCommand):
    """The same work as the scheduled task."""

    help = "Envoie les courriels en attente."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What failed for good leaves again only when a person says so."""
        parser.add_argument(
            "--failed", action="store_true", help="Reprend aussi les envois en échec."
        )

    def handle(self, *args: Any, failed: bool, **options: Any) -> None:
        """Try each waiting notice once."""
        if failed:
            self.stdout.write(f"{requeue(timezone.now())} envoi(s) en échec repris.")
        self.stdout.write(f"{send_waiting()} envoi(s) tenté(s).")
