"""`manage.py send_reviews`: tell editors what to read again, for cron or another scheduler."""

from typing import Any

from django.core.management.base import BaseCommand

from complaints.handling.schedules import tell_reviews


class Command(BaseCommand):
    """The scheduled task itself: each day, and nobody is told twice in a week."""

    help = "Écrit aux rédacteurs quelles procédures sont à relire."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what was not written this week; `send_notices` sends it."""
        self.stdout.write(f"{tell_reviews()} relecture(s) écrite(s).")
