"""What showing the form costs: `python -m tests.benchmarks.bench_page`.

The processor time of one gunicorn worker for the page with its form of twelve questions, against
that of a bare Django view which renders the same twelve widgets.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import served
from tests.benchmarks.bench_scan import say, throw_away
from tests.benchmarks.served import Browser, Figures, Server, spent
from tests.benchmarks.twelve import DEFINITION

if TYPE_CHECKING:
    from tests.processes.databases import Database

SLUG = "connectsens"
PAGE, BARE_PAGE = "page", "page nue"
BARE_APPLICATION = "tests.benchmarks.bare_wsgi"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--times", type=int, default=100)
    asked = parser.parse_args()
    figures = Figures()
    with both_served() as (site, bare):
        measure_page(site, bare, figures, rounds=asked.rounds, times=asked.times)
    figures.say()
    figures.ratio(PAGE, BARE_PAGE, 1.0)


@contextmanager
def both_served() -> Iterator[tuple[Server, Server]]:
    """Our site as in production with that form, and the bare project; one database each."""
    with published() as (database, environment):
        bare = database.new(Path(environment["DOLEANCES_DATA_DIR"]))
        if bare.file is None:
            bare._administer(f"CREATE DATABASE {bare._name}")
        try:
            with (
                served.served("config.wsgi", environment) as site,
                served.served(BARE_APPLICATION, served.bare(bare.url)) as other,
            ):
                yield site, other
        finally:
            bare.drop()


@contextmanager
def published(
    *more: dict[str, Any], **options: object
) -> Iterator[tuple["Database", dict[str, str]]]:
    """A database of its own where that form is published, and the environment of our site.

    `more`: questions; `options`: of the form itself.
    """
    sys.path.insert(0, str(served.ROOT / "site"))
    with tempfile.TemporaryDirectory(prefix="bench-filing-") as folder:
        os.environ["DOLEANCES_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        with throw_away(Path(folder)) as database:
            say("base", database.url.partition(":")[0])
            publish(list(more), options)
            yield database, served.ours(database.url, Path(folder))


def publish(more: list[dict[str, Any]], options: dict[str, object]) -> None:
    """That form is the one of the page."""
    from django.db import connection
    from django.utils import timezone

    from complaints.models import Form, FormVersion

    form, definition = Form.objects.get(organisation__slug=SLUG), deepcopy(DEFINITION)
    definition["sections"][-1]["fields"] += more
    form.write(definition)
    for name, value in options.items():
        setattr(form, name, value)
    form.save()
    FormVersion.freeze(Form.objects.get(pk=form.pk), at=timezone.now())
    connection.close()


def measure_page(site: Server, bare: Server, figures: Figures, *, rounds: int, times: int) -> None:
    """Each visitor is new: no cookie comes with the request."""
    for server in (site, bare):
        spent(server, 20, lambda _n, server=server: read(server))  # imports, templates, caches
    for _round in range(rounds):
        figures.note(PAGE, spent(site, times, lambda _n: read(site)))
        figures.note(BARE_PAGE, spent(bare, times, lambda _n: read(bare)))


def read(server: Server) -> None:
    """One visitor reads the page, whose twelve questions are there."""
    answer = Browser(server).get()
    assert answer.status == 200
    assert 'name="accord"' in answer.html


if __name__ == "__main__":
    main()
