"""What every test finds: two organisations, a clean cache, a word when a server lacks."""

import gc
import os
import shutil
import socket
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache as django_cache
from django.test import TransactionTestCase

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_ADVICE = (
    "aucun Chromium trouvé ; pour l’obtenir : apt-get install --no-install-recommends chromium"
)
SERVER_ADVICE = (
    "{name} ne répond pas sur 127.0.0.1:{port} ; pour l’obtenir : apt-get install {package}, "
    "puis le démarrer"
)
SERVERS = {
    "postgresql": {"name": "PostgreSQL", "port": 5432, "package": "postgresql"},
    "redis": {"name": "Redis", "port": 6379, "package": "redis-server"},
}


@cache
def browser_path() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@cache
def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


def _what_lacks(item: pytest.Item) -> str | None:
    if "browser" in getattr(item, "fixturenames", ()) and browser_path() is None:
        return BROWSER_ADVICE
    for marker, server in SERVERS.items():
        if item.get_closest_marker(marker) and not _answers(server["port"]):
            return SERVER_ADVICE.format(**server)
    return None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A newcomer's machine may lack a server; `.ci/run` may not."""
    if (reason := _what_lacks(item)) is None:
        return
    if os.environ.get("DOLEANCES_REQUIRE_SERVICES"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking for rubbish in it took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The two organisations are there once for all; a test sees them and undoes what it does."""
    from tests import factories
    from tests.kept_rows import KeptRows
    from tests.processes.databases import Database

    with django_db_blocker.unblock():
        factories.connectsens()
        factories.other()
        kept = KeptRows()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: kept.put_back())
        yield
    with django_db_blocker.unblock():
        Database.of_the_tests().send_others_away()  # or PostgreSQL would not drop it


@pytest.fixture
def world(db: None) -> Any:
    """Organisation A: alice moderates, bob writes, diane directs."""
    from tests import factories

    return factories.standing("connectsens")


@pytest.fixture
def other_world(db: None) -> Any:
    """Organisation B: charlie moderates."""
    from tests import factories

    return factories.standing("autre")


@pytest.fixture(scope="session")
def chromium_path() -> str | None:
    return browser_path()


@pytest.fixture(scope="session", autouse=True)
def _no_file_is_left_behind() -> Iterator[None]:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    yield
    shutil.rmtree(settings.OWN_FOLDER, ignore_errors=True)


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    """Wagtail keeps the sites' addresses in the cache, and those of another test are wrong here.

    What a process keeps of a calendar is that of its key, which SQLite gives again after a test.
    """
    from complaints.models.calendar import for_counting
    from pages.rendered import forget_all

    forget_all()
    django_cache.clear()
    for_counting.cache_clear()
