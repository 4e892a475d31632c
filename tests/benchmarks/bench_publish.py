"""What publishing costs while dossiers run: `python -m tests.benchmarks.bench_publish`.

`--dossiers 200000` follow the versions before. The database is thrown away at the end: a SQLite
file in a temporary folder, or one of its own on the server of DATABASE_URL.
"""

import argparse
import os
import statistics
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.bench_scan import PLAIN, say, throw_away, timed

FEW, TIMES = 10, 9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=200_000)
    asked = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "site"))
    with tempfile.TemporaryDirectory(prefix="bench-publish-") as folder:
        os.environ["DOLEANCES_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        with throw_away(Path(folder)):
            measure(asked.dossiers)


def measure(dossiers: int) -> None:
    """The median of a few publications, with ten dossiers, then with that many."""
    from django.db import connection

    from complaints.models import Deadline, Dossier
    from tests import factories
    from tests.benchmarks.filling import multiply
    from tests.factories import paris

    world, now = factories.connectsens(), paris("2026-06-15 08:00")
    say("base", connection.vendor)
    life = factories.file(world, at=now - timedelta(hours=1), **PLAIN).dossier
    medians = []
    for total in (FEW, dossiers):
        multiply(life, total - Dossier.objects.count())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        say("dossiers", f"{Dossier.objects.count():,}, {Deadline.objects.count():,} échéances")
        publish(world.page.procedure, total)  # what is read once is read now
        found = [publish(world.page.procedure, total + n + 1) for n in range(TIMES)]
        medians.append(statistics.median(seconds for seconds, _queries in found))
        say("publier", f"{medians[-1] * 1000:.0f} ms, {found[-1][1]} requêtes")
    say("rapport", f"{medians[1] / medians[0]:.2f}")


def publish(procedure: Any, change: int) -> tuple[float, int]:
    """One more version; its seconds and its queries."""
    procedure.refresh_from_db()
    procedure.recipients = f"Direction, édition {change}"
    revision = procedure.save_revision()
    _none, seconds, queries = timed(revision.publish)
    return seconds, queries


if __name__ == "__main__":
    main()
