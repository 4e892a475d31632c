"""Real servers for the benchmarks: gunicorn with its processor time, and browsers to ask it."""

import http.client
import itertools
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

ROOT = Path(__file__).resolve().parents[2]
HOST = "localhost"
# As on a real site: several workers, several threads in each.
CONFIG = ("--config", "site/gunicorn.conf.py")
MILLI = 1e6  # nanoseconds

_addresses = itertools.count(1)


@dataclass(frozen=True)
class Server:
    """A gunicorn that answers on that port."""

    port: int
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """As a power cut: neither it nor its workers have a word to say."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)

    def busy(self) -> int:
        """The nanoseconds that its workers have been on a processor, in and out of the kernel."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return sum(_on_processor(int(child)) for child in children.split())


def _on_processor(pid: int) -> int:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks)


@contextmanager
def served(application: str, environment: dict[str, str], *options: str) -> Iterator[Server]:
    """One synchronous worker unless `options` say otherwise; it has answered once."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    options = options or ("--workers", "1", "--worker-class", "sync", "--no-control-socket")
    process = subprocess.Popen(
        [*command, *options], cwd=ROOT, env=environment, start_new_session=True
    )
    server = Server(port, process)
    try:
        _wait_for(port, process)
        yield server
        process.terminate()
        process.wait(20)
    finally:
        server.kill()


def ours(database_url: str, folder: Path) -> dict[str, str]:
    """The environment of the site as in production, its static files collected once."""
    told = _kept() | {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
        "SECRET_KEY": "benchmark-" * 6,
        "ALLOWED_HOSTS": HOST,
        "EMAIL_URL": "dummymail://",
        "DATABASE_URL": database_url,
        "DOLEANCES_DATA_DIR": str(folder),
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"]
    if not (folder / "static").exists():
        subprocess.run(collect, cwd=ROOT, env=told, check=True)
    return told


def bare(database_url: str) -> dict[str, str]:
    """The environment of the bare project."""
    return _kept() | {
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.bare_settings",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": database_url,
    }


@dataclass
class Browser:
    """One visitor: an address of their own, cookies, and the secret of the last page."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = field(default_factory=lambda: _address(next(_addresses)))

    def get(self, path: str = "/") -> "Answer":
        return self._ask("GET", path)

    def post(self, path: str, data: Mapping[str, Any]) -> "Answer":
        """As a form with files does when there are some; the address may end with a fragment."""
        path = path.partition("#")[0]
        if any(hasattr(value, "read") for value in data.values()):
            return self._ask("POST", path, encode_multipart(BOUNDARY, data), MULTIPART_CONTENT)
        body = urlencode(data, doseq=True).encode()
        return self._ask("POST", path, body, "application/x-www-form-urlencoded")

    def _ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> "Answer":
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self.address,
            "Referer": f"https://{HOST}/",
        }
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if kind:
            headers["Content-Type"] = kind
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read().decode())
        connection.close()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    html: str

    @property
    def location(self) -> str:
        return self.headers["Location"]

    def value(self, name: str) -> str:
        """What that hidden input of the page holds."""
        assert name in self.hidden, f"{name} : {self.html[:400]}"
        return self.hidden[name]

    @property
    def hidden(self) -> dict[str, str]:
        """All that the page posts without being filled in."""
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self.html)
        return dict(found)


def spent(server: Server, times: int, request: Callable[[int], None]) -> float:
    """The milliseconds of processor that one of these requests takes."""
    before = server.busy()
    for number in range(times):
        request(number)
    return (server.busy() - before) / times / MILLI


@dataclass
class Figures:
    """What was measured in each round, by name."""

    rounds: dict[str, list[float]] = field(default_factory=dict)

    def note(self, name: str, value: float) -> None:
        self.rounds.setdefault(name, []).append(value)

    def say(self) -> None:
        for name, values in self.rounds.items():
            least, middle = min(values), statistics.median(values)
            line = f"{name:44}  {least:7.2f} ms au moins  {middle:7.2f} ms médiane"
            sys.stdout.write(line + "\n")

    def ratio(self, name: str, other: str, target: float) -> None:
        """Of the least of both: what else runs on the machine only ever adds."""
        of_least = min(self.rounds[name]) / min(self.rounds[other])
        middle = statistics.median(self.rounds[name]) / statistics.median(self.rounds[other])
        line = f"{name} / {other} : {of_least:.2f} (médianes : {middle:.2f}), visé : {target}"
        sys.stdout.write(line + "\n")


def _kept() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def _address(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    patience = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < patience:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn ne répond pas")
