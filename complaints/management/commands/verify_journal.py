"""`manage.py verify_journal`: reads every journal again and says whether a line was touched."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from complaints.models import Dossier
from complaints.models.event import first_broken_event


class Command(BaseCommand):
    """For the auditor: the proof that the journals are as they were written."""

    help = "Vérifie les sceaux du journal de chaque dossier."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """All of them, or one organisation's."""
        parser.add_argument("--organisation", metavar="IDENTIFIANT", default="")

    def handle(self, *args: Any, organisation: str, **options: Any) -> None:
        """Name the first broken line; status 1 if there is one."""
        dossiers = Dossier.objects.order_by("pk").only("reference", "event_count")
        if organisation:
            dossiers = dossiers.filter(organisation__slug=organisation)
        intact = 0
        for dossier in dossiers.iterator(chunk_size=500):
            if problem := next(_problems(dossier), None):
                raise CommandError(f"{problem} {intact} dossier(s) intact(s) avant lui.")
            intact += 1
        self.stdout.write(f"{intact} dossier(s) : journal intact.")


def _problems(dossier: Dossier) -> Iterator[str]:
    if broken := first_broken_event(dossier):
        yield (
            f"Dossier {dossier.reference} : la ligne n° {broken.number} du journal "
            f"(événement {broken.pk}, « {broken.get_kind_display()} ») a été touchée, "
            "ou ce qui la précède."
        )
    written = dossier.events.count()
    if written != dossier.event_count:
        yield (
            f"Dossier {dossier.reference} : le journal a {written} ligne(s), "
            f"il en a eu {dossier.event_count}."
        )
