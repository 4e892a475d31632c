"""`manage.py scan_files`: what waits for the antivirus, for cron or another scheduler."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.handling.scanning import scan_pending


class Command(BaseCommand):
    """Safe to run twice, at once or after days of silence."""

    help = "Fait examiner par l’antivirus les pièces qui l’attendent (DOLEANCES_CLAMD)."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line: what was found."""
        self.stdout.write(str(scan_pending(timezone.now())))
