"""`manage.py send_digests`: the mails of the morning, for cron or another scheduler."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.handling.digests import send_digests


class Command(BaseCommand):
    """The same work as the scheduled task; a second run on the same day writes nothing."""

    help = "Écrit à chaque personne le récapitulatif du jour, s’il y a quelque chose à dire."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what was not written today; `send_notices` sends it."""
        self.stdout.write(f"{send_digests(timezone.now())} récapitulatif(s) écrit(s).")
