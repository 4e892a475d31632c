"""The supervisor, with real children: they stop together, however stubborn."""

import fcntl
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pages.management import supervision
from pages.management.supervision import Supervisor

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENT = ["-c", "import time; time.sleep(600)"]
DYING = ["-c", "raise SystemExit(3)"]
# Holds a lock for as long as it lives.
GRANDCHILD = """
import fcntl, pathlib, time
held = open("alive", "w")
fcntl.flock(held, fcntl.LOCK_EX)
pathlib.Path("ready").touch()
time.sleep(600)
"""
# Ignores SIGTERM, as does its own child.
STUBBORN = f"""
import signal, subprocess, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.run([sys.executable, "-c", {GRANDCHILD!r}])
"""

pytestmark = pytest.mark.processes


@pytest.fixture
def supervisor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervisor]:
    monkeypatch.setattr(supervision, "GRACE_SECONDS", 0.5)
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    supervisor = Supervisor(tmp_path, {})
    yield supervisor
    supervisor.stop()
    for number, handler in handlers.items():
        signal.signal(number, handler)


def wait_until(becomes_true: Callable[[], bool]) -> None:
    patience = time.monotonic() + 20
    while not becomes_true():
        assert time.monotonic() < patience
        time.sleep(0.05)


def is_free(lock: Path) -> bool:
    with lock.open() as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_both_stop_when_one_ends_by_itself(supervisor: Supervisor) -> None:
    supervisor.start("patient", PATIENT)
    supervisor.start("mourant", DYING)
    supervisor.watch()
    assert supervisor.first_dead() == "mourant"
    supervisor.stop()
    assert supervisor.children["patient"].returncode == -signal.SIGTERM


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_ends_the_watch(supervisor: Supervisor, number: signal.Signals) -> None:
    supervisor.start("patient", PATIENT)
    signal.raise_signal(number)
    supervisor.watch()
    assert supervisor.first_dead() is None


def test_what_ignores_sigterm_is_killed_with_its_own_children(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    supervisor.start("têtu", ["-c", STUBBORN])
    wait_until((tmp_path / "ready").exists)
    assert not is_free(tmp_path / "alive")
    supervisor.stop()
    assert supervisor.children["têtu"].returncode == -signal.SIGKILL
    wait_until(lambda: is_free(tmp_path / "alive"))


def test_asking_again_does_not_wait(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "GRACE_SECONDS", 600)
    supervisor.start("têtu", ["-c", STUBBORN])
    wait_until((tmp_path / "ready").exists)
    impatient = subprocess.Popen(
        [sys.executable, "-c", "import os, signal, time; time.sleep(0.5); os.kill(os.getppid(), 2)"]
    )
    supervisor.stop()
    assert impatient.wait() == 0
    assert supervisor.children["têtu"].returncode == -signal.SIGKILL
