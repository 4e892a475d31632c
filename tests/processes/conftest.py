"""A database for each test, and clusters that never outlive it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from complaints.models import Form
from tests import factories
from tests.benchmarks.served import CONFIG, Server, served
from tests.factories import World
from tests.processes.clusters import Cluster
from tests.processes.databases import Database
from tests.processes.environment import environment
from tests.smtp_sink import SmtpSink, smtp_sink

__all__ = ["smtp_sink"]


@pytest.fixture
def own_database(transactional_db: None, tmp_path: Path) -> Iterator[Database]:
    """A copy, which this process and those it starts read and write together."""
    database = Database.of_the_tests().copy(Database.new(tmp_path))
    with database.entered():
        yield database
    database.drop()


@pytest.fixture
def published(own_database: Database) -> World:
    """The organisation of that database."""
    return factories.standing("connectsens")


@pytest.fixture
def start_site(
    own_database: Database, published: World, tmp_path: Path
) -> Iterator[Callable[[], Server]]:
    """Starts the web server each time it is called; the form takes what comes without waiting."""
    Form.objects.update(minimum_seconds=0, hourly_limit=0)
    cache = f"filecache://{tmp_path / 'cache'}"
    told = environment(own_database.url, CACHE_URL=cache, WEB_CONCURRENCY=1)
    with ExitStack() as servers:
        yield lambda: servers.enter_context(served("config.wsgi", told, *CONFIG))


@pytest.fixture
def told(own_database: Database, smtp_sink: SmtpSink, tmp_path: Path) -> dict[str, str]:
    """The environment of the processes: this database, this mail server, a cache they share."""
    return environment(
        own_database.url,
        CACHE_URL=f"filecache://{tmp_path / 'cache'}",
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST=smtp_sink.host,
        EMAIL_PORT=smtp_sink.port,
    )


@pytest.fixture
def start_cluster(told: dict[str, str], tmp_path: Path) -> Iterator[Callable[[], Cluster]]:
    """Starts one each time it is called."""
    started: list[Cluster] = []

    def start() -> Cluster:
        started.append(Cluster(told, tmp_path / "cluster.log"))
        return started[-1]

    yield start
    for cluster in started:
        cluster.kill()
