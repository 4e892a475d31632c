"""`manage.py load_demonstration`: the organisations, accounts and dossiers of the demonstration."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from pages import demonstration
from pages.demonstration.accounts import install_accounts, install_admin


class Command(BaseCommand):
    """Adds what is missing, changes nothing that is there."""

    help = "Charge la démonstration ; se relance sans risque."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The address at which the first organisation answers; the others answer under it."""
        parser.add_argument("--base-url", default=settings.WAGTAILADMIN_BASE_URL)

    def handle(self, *args: Any, base_url: str, **options: Any) -> None:
        """Prepare, load, say nothing more."""
        call_command("prepare", verbosity=options["verbosity"], stdout=self.stdout)
        for slug in demonstration.ORGANISATIONS:
            _load(slug, demonstration.address_of(slug, base_url))
        install_admin()
        self.stdout.write("Démonstration chargée.")


@transaction.atomic
def _load(slug: str, address: str) -> None:
    """One organisation, whole or not at all."""
    data = demonstration.read(slug)
    page = demonstration.load_organisation(data, address)
    install_accounts(page.organisation, demonstration.people_of(data))
    demonstration.file_samples(page, data.get("samples", []), timezone.now())
