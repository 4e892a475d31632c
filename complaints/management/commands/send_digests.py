"""`manage.py send_digests`: the mails of the morning to staff, for cron or another scheduler."""

from typing import Any

from django.core.management.base import BaseCommand

from complaints.handling.schedules import tell_people


class Command(BaseCommand):
    """The scheduled task itself: what is due is noted first; twice a day writes nothing twice."""

    help = "Écrit à chaque personne le récapitulatif du jour, s’il y a quelque chose à dire."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what was not written today; `send_notices` sends it."""
        self.stdout.write(f"{tell_people()} récapitulatif(s) écrit(s).")
