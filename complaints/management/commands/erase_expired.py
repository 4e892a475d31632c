"""`manage.py erase_expired`: what has come to its term is erased, for cron or another scheduler."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.handling.drafts import BATCH, purge_drafts
from complaints.handling.erasure import erase_expired, forget_old_notices
from complaints.handling.strays import delete_strays


class Command(BaseCommand):
    """The same work as two scheduled tasks; safe to run again."""

    help = (
        "Efface les dossiers et les brouillons arrivés à leur terme, les vieux envois sans dossier"
        " et les fichiers que plus rien ne nomme."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, then say how many."""
        now = timezone.now()
        dossiers, drafts, _notices = erase_expired(now), 0, forget_old_notices(now)
        while batch := purge_drafts(now):
            drafts += batch
            if batch < BATCH:
                break
        files = delete_strays(now)
        told = f"{dossiers} dossier(s) et {drafts} brouillon(s) effacé(s)"
        self.stdout.write(f"{told}, {files} fichier(s) supprimé(s).")
