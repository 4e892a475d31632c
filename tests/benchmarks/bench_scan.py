"""What a scan costs among a million dossiers: `python -m tests.benchmarks.bench_scan`.

`--dossiers 1000000` of which 1 in 20 is open, `--due 100` of them due. The database is thrown away
at the end: a SQLite file in a temporary folder, or one of its own on the server of DATABASE_URL.
A million dossiers take about 8 GB and a quarter of an hour.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.processes.databases import Database

LIVES, OPEN_LIVES = 40, 2
PLAIN = {"deja": False, "deja_le": None, "deja_par": None}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=100)
    asked = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "site"))
    with tempfile.TemporaryDirectory(prefix="bench-scan-") as folder:
        os.environ["DOLEANCES_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        with throw_away(Path(folder)):
            measure(asked.dossiers, asked.due)


@contextmanager
def throw_away(folder: Path) -> Iterator["Database"]:
    """Migrated, with the organisation of the demonstration; gone afterwards, whatever happens."""
    import django

    django.setup()
    from tests.processes.databases import Database

    database = Database.new(folder)
    try:
        database.prepare()
        with database.entered():
            yield database
    finally:
        database.drop()


def measure(dossiers: int, due: int) -> None:
    from django.db import connection

    from complaints.handling.clock import BATCH, check_deadlines
    from complaints.models import Deadline, Dossier
    from tests.factories import paris

    now = paris("2026-06-15 09:00")
    say("base", connection.vendor)
    (_none, seconds, _queries) = timed(lambda: fill(dossiers, due))
    say("remplissage", f"{seconds:.0f} s")
    is_open = Dossier.objects.filter(is_open=True).count()
    say("dossiers", f"{Dossier.objects.count():,}, dont {is_open:,} ouverts")
    waiting = Deadline.objects.filter(next_check_at__isnull=False).count()
    say("échéances", f"{Deadline.objects.count():,}, dont {waiting:,} à contrôler un jour")
    looks = Deadline.objects.to_check(now).values_list("next_check_at", "pk", "dossier_id")
    say("plan", looks[:BATCH].explain().replace("\n", "\n" + " " * 22))
    before = peak()
    for name in ("contrôle", "second contrôle"):
        report, seconds, queries = timed(lambda: check_deadlines(now))
        say(name, f"{report}")
        each = f", {queries / rows:.2f} par échéance due" if (rows := report.total()) else ""
        say("", f"{queries} requête(s){each}, {seconds * 1000:,.1f} ms")
    say("mémoire au plus", f"{peak():.0f} Mo, dont {peak() - before:.1f} pour les contrôles")


def fill(dossiers: int, due: int) -> None:
    """Some whole lives, copied; then the dossiers that are due, filed as a visitor files."""
    from django.db import connection

    from complaints.handling.clock import check_deadlines
    from tests import factories
    from tests.benchmarks.filling import multiply
    from tests.factories import WHOLE_LIFE, paris

    world, now = factories.connectsens(), paris("2026-06-15 08:00")
    lives = []
    for n in range(LIVES):
        filed_at = now - timedelta(hours=n) if n < OPEN_LIVES else now - timedelta(days=17 * n)
        lives.append(factories.file(world, at=filed_at, **PLAIN).dossier)
        if n >= OPEN_LIVES:
            for hours, move in enumerate(WHOLE_LIFE, 1):
                factories.play(world, lives[n], move, at=filed_at + timedelta(hours=hours))
    check_deadlines(now)
    for life in lives:
        multiply(life, dossiers // LIVES)
    for n in range(due):
        day = ("2026-06-10", "2026-06-12")[n % 2]  # late since Saturday; to be warned of today
        factories.file(world, at=paris(f"{day} 09:00"), **PLAIN)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def timed(work: Callable[[], Any]) -> tuple[Any, float, int]:
    """What it returned, how long it took, how many queries it made."""
    from django.db import connection

    queries = 0

    def counted(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*args)

    with connection.execute_wrapper(counted):
        began = time.perf_counter()
        result = work()
        return result, time.perf_counter() - began, queries


def peak() -> float:
    """The most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def say(name: str, value: str) -> None:
    sys.stdout.write(f"{name:20}  {value}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
