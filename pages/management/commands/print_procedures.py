"""`manage.py print_procedures`: make the PDFs of procedures that are missing or no longer true."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from pages.documents import make_missing


class Command(BaseCommand):
    """What Django-Q does by itself, for cron."""

    help = "Établit les PDF de procédure qui manquent ou ne sont plus à jour."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say what was made."""
        self.stdout.write(str(make_missing(timezone.now())))
