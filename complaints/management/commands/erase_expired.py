"""`manage.py erase_expired`: what has come to its term is erased, for cron or another scheduler."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.handling.erasure import erase_expired
from complaints.handling.strays import delete_strays


class Command(BaseCommand):
    """The same work as two scheduled tasks; safe to run again."""

    help = "Efface les dossiers arrivés à leur terme et les fichiers que plus rien ne nomme."

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, then say how many."""
        now = timezone.now()
        dossiers, files = erase_expired(now), delete_strays(now)
        self.stdout.write(f"{dossiers} dossier(s) effacé(s), {files} fichier(s) supprimé(s).")
