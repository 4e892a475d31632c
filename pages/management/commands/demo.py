"""`manage.py demo`: prepare the demonstration, then serve site and scheduled tasks together."""

import os
import signal
import socket
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Site

from complaints.models import Organisation
from pages import demonstration
from pages.management.supervision import Supervisor

DEMO_SETTINGS = "config.settings.demo"
START_SECONDS = 60
SITE_NAME = "le site"
TASKS_NAME = "les tâches planifiées"
GUNICORN = ["-m", "gunicorn", "--config", "site/gunicorn.conf.py", "--log-level", "warning"]


class Command(BaseCommand):
    """Preparing again changes nothing that is already there; nothing outlives the command."""

    help = (
        "Prépare la démonstration, puis sert le site et les tâches planifiées (Ctrl-C arrête tout)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port d’écoute (8000)")

    def handle(self, *_args: Any, host: str, port: int, **_options: Any) -> None:
        # The demonstration's accounts are public: no other installation may receive them.
        if settings.SETTINGS_MODULE != DEMO_SETTINGS:
            raise CommandError(f"La démonstration ne se lance qu’avec {DEMO_SETTINGS}.")
        if not _is_free(host, port):
            self.stderr.write(
                f"Le port {port} de {host} n’est pas libre : arrêtez ce qui l’occupe, "
                f"ou choisissez-en un autre (make demo PORT={port + 1})."
            )
            raise SystemExit(1)
        base_url = os.environ.get("DOLEANCES_BASE_URL", f"http://localhost:{port}")
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        try:
            self._prepare(base_url)
        except KeyboardInterrupt:
            self._say("Arrêt pendant la préparation : relancer la commande la terminera.")
            return
        self._serve(host, port, base_url)

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def _prepare(self, base_url: str) -> None:
        for folder in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT, settings.EMAIL_FILE_PATH):
            folder.mkdir(parents=True, exist_ok=True)
        self._say("Base de données…")
        call_command("migrate", interactive=False, verbosity=0)
        self._say("Données de démonstration…")
        call_command("load_demonstration", base_url=base_url, verbosity=0, stdout=StringIO())
        _move_sites_to(base_url)
        self._say("Feuilles de style et images…")
        call_command("collectstatic", interactive=False, verbosity=0)

    def _serve(self, host: str, port: int, base_url: str) -> None:
        environment = {
            "DJANGO_SETTINGS_MODULE": DEMO_SETTINGS,
            "DOLEANCES_BIND": f"{host}:{port}",
            "DOLEANCES_BASE_URL": base_url,
        }
        supervisor = Supervisor(settings.BASE_DIR, environment)
        self._say("Démarrage…")
        try:
            supervisor.start(SITE_NAME, [*GUNICORN, "config.wsgi"])
            supervisor.start(TASKS_NAME, ["manage.py", "qcluster"])
            if _answers_in_time(supervisor, host, port):
                self._say("\n".join(_introduction(port)))
                supervisor.watch()
            missing = not supervisor.stop_requests and (supervisor.first_dead() or SITE_NAME)
        finally:
            self._say("Arrêt…")
            supervisor.stop()
        if missing:
            raise CommandError(
                f"La démonstration s’est arrêtée d’elle-même ; en cause : {missing}."
            )
        self._say("Tout est arrêté.")


def _is_free(host: str, port: int) -> bool:
    try:
        socket.create_server((host, port)).close()
    except (OSError, OverflowError):
        return False
    return True


def _move_sites_to(base_url: str) -> None:
    """Wagtail writes whole addresses from these rows, and the port may change from run to run."""
    port = urlsplit(base_url).port or 80
    for site in Site.objects.filter(hostname__endswith="localhost").exclude(port=port):
        site.port = port
        site.save()


def _answers_in_time(supervisor: Supervisor, host: str, port: int) -> bool:
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/"  # noqa: S104
    patience = time.monotonic() + START_SECONDS
    while not supervisor.should_stop() and time.monotonic() < patience:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError as answer:
            answer.close()
        except OSError:
            time.sleep(0.2)
            continue
        return True
    return False


def _introduction(port: int) -> Iterator[str]:
    """Where to look, and as whom."""
    yield ""
    yield "Doléances est prête."
    yield from _columns(
        [
            *((name, f"{address}/") for name, address in _sites()),
            ("Espace de gestion", f"http://localhost:{port}/gestion/"),
            ("Courriels « envoyés »", str(settings.EMAIL_FILE_PATH)),
        ]
    )
    yield ""
    yield "Comptes de démonstration (identifiant, mot de passe) :"
    yield from _columns(_accounts())
    yield ""
    yield "Ctrl-C pour tout arrêter."


def _sites() -> list[tuple[str, str]]:
    """Each organisation and where it answers."""
    organisations = Organisation.objects.select_related("site").order_by("pk")
    return [(organisation.name, organisation.site.root_url) for organisation in organisations]


def _accounts() -> list[tuple[str, ...]]:
    """Login, password, organisation and role of each account; the site's own comes last."""
    theirs = []
    for slug in demonstration.ORGANISATIONS:
        data = demonstration.read(slug)
        name = data["organisation"]["name"]
        for login, password, what in demonstration.accounts(demonstration.people_of(data)):
            theirs.append((login, password, f"{name}, {what}"))
    return [*theirs, demonstration.ADMIN]


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The rows one under the other, each column as wide as its longest cell."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()
