"""`manage.py send_digests`: the mails of the morning to staff, for cron or another scheduler."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.handling.digests import send_digests
from complaints.handling.reviews import tell_reviews


class Command(BaseCommand):
    """The same work as the scheduled task; a second run on the same day writes nothing."""

    help = "Écrit à chaque personne son récapitulatif, et aux rédacteurs ce qu’ils ont à relire."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what was not written today; `send_notices` sends it."""
        now = timezone.now()
        digests, reviews = send_digests(now), tell_reviews(now)
        self.stdout.write(f"{digests} récapitulatif(s) et {reviews} relecture(s) écrit(s).")
