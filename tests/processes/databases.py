"""A database of its own for each test that starts processes: a copy of the tests' own."""

import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connections
from django.db.utils import ConnectionHandler

from config.settings.base import database
from tests.processes.environment import environment

PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests import factories
factories.connectsens()
"""

OTHERS_LEAVE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"


@dataclass(frozen=True)
class Database:
    """One database of the same kind as the tests' own, known by its URL."""

    url: str

    @classmethod
    def new(cls, folder: Path) -> "Database":
        """A name that nobody uses yet."""
        name = f"doleances_{uuid.uuid4().hex}"
        if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
            return cls(f"sqlite:///{folder / name}.sqlite3")
        return cls(_on_the_server(name))

    @classmethod
    def of_the_tests(cls) -> "Database":
        """Where the tests' rows are."""
        connections["default"].close()
        name = connections["default"].settings_dict["NAME"]
        if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
            return cls(f"sqlite:///{name}")
        return cls(_on_the_server(name))

    @property
    def file(self) -> Path | None:
        """Where SQLite keeps it."""
        parts = urlsplit(self.url)
        return Path(parts.path[1:]) if parts.scheme == "sqlite" else None

    def prepare(self) -> None:
        """Migrated, with one organisation that publishes, as a newcomer's would be."""
        if self.file is None:
            self._administer(f"CREATE DATABASE {self._name}")
        subprocess.run(
            [sys.executable, "-c", PREPARE],
            cwd=settings.BASE_DIR,
            env=environment(self.url),
            check=True,
        )

    def copy(self, other: "Database") -> "Database":
        """The same rows under another name."""
        if self.file and other.file:
            # Not the file itself: what was written last may still be in the journal beside it.
            with (
                closing(sqlite3.connect(self.file)) as ours,
                closing(sqlite3.connect(other.file)) as theirs,
            ):
                ours.backup(theirs)
        else:
            self.send_others_away()
            self._administer(f"CREATE DATABASE {other._name} TEMPLATE {self._name}")
        return other

    def send_others_away(self) -> None:
        """A thread of the live server may still hold its connection, idle; it will ask again."""
        if self.file is None:
            self._administer(OTHERS_LEAVE, (self._name,))

    def drop(self) -> None:
        if self.file is None:
            self._administer(f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)")
        else:
            for left in self.file.parent.glob(f"{self.file.name}*"):
                left.unlink()

    @contextmanager
    def entered(self) -> Iterator[None]:
        """What this process asks of its models, it asks of this database."""
        tests_own = connections["default"]
        connections["default"] = ConnectionHandler({"default": database(self.url)})["default"]
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = tests_own

    @property
    def _name(self) -> str:
        return urlsplit(self.url).path[1:]

    def _administer(self, statement: str, values: tuple[str, ...] | None = None) -> None:
        server = urlsplit(self.url)._replace(scheme="postgresql", path="/postgres").geturl()
        with closing(psycopg.connect(server, autocommit=True)) as connection:
            connection.execute(statement, values)


def _on_the_server(name: str) -> str:
    own = settings.DATABASES["default"]
    host = f"{own['HOST'] or '127.0.0.1'}:{own['PORT'] or 5432}"
    return f"postgres://{own['USER']}:{own['PASSWORD']}@{host}/{name}"
