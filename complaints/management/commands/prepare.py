"""`manage.py prepare`: what an installation needs besides its tables; safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.handling.calendars import refresh_calendars
from complaints.handling.schedules import install_schedules


class Command(BaseCommand):
    """Calendars of public holidays and the schedule of the clock."""

    help = "Installe les jours fériés et les tâches planifiées ; se relance sans risque."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do both, say what was new."""
        added = refresh_calendars(timezone.now())
        install_schedules()
        self.stdout.write(f"{len(added)} calendrier(s) ajouté(s), tâches planifiées à jour.")
