"""`manage.py health`: what an operator must know before the complainants do."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from complaints.handling.alarms import troubles


class Command(BaseCommand):
    """For a person or a monitoring tool: it still speaks when no mail can leave."""

    help = (
        "Dit ce qui ne va pas : envois, échéances, tâches, calendriers. Statut 1 si quelque chose."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each trouble, with what to do about it."""
        found = troubles(timezone.now())
        if found:
            raise CommandError("\n".join(f"{trouble} → {trouble.remedy}" for trouble in found))
        self.stdout.write("Tout va bien.")


def find_problems(now: datetime) -> list[str]:
    """French sentences, the most urgent first; none when all is well."""
    return [str(trouble) for trouble in troubles(now)]
