"""`manage.py demo`, started for real: it serves, introduces itself, and leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from pages.demonstration import ORGANISATIONS

START_SECONDS = 150
STOP_SECONDS = 45
READY = "Ctrl-C pour tout arrêter."

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(
        not Path("/proc/self/environ").exists(),
        reason="les processus sont suivis par /proc ; pour l’obtenir : Linux",
    ),
]


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


def environment(folder: Path) -> dict[str, str]:
    """A newcomer's: nothing is set, but the folder where the demonstration lives."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"DOLEANCES_DATA_DIR": str(folder), "WEB_CONCURRENCY": "1"}


def command(port: int) -> list[str]:
    return [sys.executable, "manage.py", "demo", "--port", str(port)]


def processes_of(folder: Path) -> list[str]:
    """The command lines of the living processes that were told to work in this folder."""
    lines = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            ours = f"DOLEANCES_DATA_DIR={folder}\0".encode() in (process / "environ").read_bytes()
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if ours and line:
            lines.append(line)
    return lines


@contextmanager
def demonstration(folder: Path, port: int, output: Path) -> Iterator[subprocess.Popen[bytes]]:
    with output.open("wb") as written:
        process = subprocess.Popen(
            command(port),
            cwd=settings.BASE_DIR,
            env=environment(folder),
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_ready(process, output)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(STOP_SECONDS)


def wait_until_ready(process: subprocess.Popen[bytes], output: Path) -> None:
    patience = time.monotonic() + START_SECONDS
    while READY not in output.read_text():
        assert process.poll() is None, output.read_text()
        assert time.monotonic() < patience, output.read_text()
        time.sleep(0.1)


def accounts_in(text: str) -> list[tuple[str, str]]:
    """Logins and passwords, as a reader finds them under « Comptes »."""
    shown = text.split("Comptes de démonstration", 1)[1].split(READY)[0]
    return [tuple(line.split()[:2]) for line in shown.splitlines()[1:] if line.strip()]


def hosts_in(text: str, port: int) -> list[str]:
    """Where the organisations answer, as the lines before « Comptes » say."""
    return re.findall(rf"  http://([\w.]+:{port})/\n", text)


def enter(site: str, login: str, password: str) -> str:
    """Log in as a person would; the address where one lands."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(f"{site}/gestion/login/") as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
    form = {"username": login, "password": password, "csrfmiddlewaretoken": token}
    data = urllib.parse.urlencode(form).encode()
    with browser.open(f"{site}/gestion/login/", data) as page:
        return urllib.parse.urlsplit(page.url).path


def test_it_serves_and_stops_without_a_trace_twice_in_a_row(tmp_path: Path, port: int) -> None:
    folder, output = tmp_path / "donnees", tmp_path / "sortie"
    site = f"http://127.0.0.1:{port}"
    for first in (True, False):
        with demonstration(folder, port, output) as process:
            with urllib.request.urlopen(f"{site}/") as page:
                sheet = re.search(r'href="(/static/[^"]+\.css)"', page.read().decode())[1]
            with urllib.request.urlopen(site + sheet) as answer:
                assert answer.headers["Content-Type"].startswith("text/css")
            hosts = hosts_in(output.read_text(), port)
            assert len(hosts) == len(ORGANISATIONS)
            for host in hosts:
                request = urllib.request.Request(f"{site}/", headers={"Host": host})
                urllib.request.urlopen(request).close()
            accounts = accounts_in(output.read_text())
            assert accounts
            for login, password in accounts if first else accounts[:1]:
                assert enter(site, login, password) == "/gestion/"
            running = " ".join(processes_of(folder))
            assert "gunicorn" in running
            assert "qcluster" in running
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(STOP_SECONDS) == 0, output.read_text()
        assert processes_of(folder) == []
        assert "Traceback" not in output.read_text()


def test_a_busy_port_is_said_in_one_line_before_anything_starts(tmp_path: Path) -> None:
    folder = tmp_path / "donnees"
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        done = subprocess.run(
            command(port),
            cwd=settings.BASE_DIR,
            env=environment(folder),
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
            check=False,
        )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert f"Le port {port}" in done.stderr
    assert list(folder.glob("*.sqlite3")) == []


def test_the_public_accounts_never_enter_another_installation() -> None:
    with pytest.raises(CommandError, match=r"config\.settings\.demo"):
        call_command("demo")
