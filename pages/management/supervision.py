"""Processes that live and die together: started, watched and stopped as one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

GRACE_SECONDS = 30
WATCH_SECONDS = 0.2


class Supervisor:
    """Each child has a session of its own: Ctrl-C reaches only us, and we stop each in turn."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = os.environ | environment
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stop_requests = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._count_stop_request)

    def _count_stop_request(self, _number: int, _frame: FrameType | None) -> None:
        self.stop_requests += 1

    def start(self, name: str, arguments: Sequence[str]) -> None:
        """Run `python arguments…` under this name."""
        self.children[name] = subprocess.Popen(  # noqa: S603 - our own words, no shell
            [sys.executable, *arguments],
            cwd=self.folder,
            env=self.environment,
            start_new_session=True,
        )

    def first_dead(self) -> str | None:
        """The name of a child that ended by itself, if there is one."""
        return next(
            (name for name, child in self.children.items() if child.poll() is not None), None
        )

    def should_stop(self) -> bool:
        return bool(self.stop_requests) or self.first_dead() is not None

    def watch(self) -> None:
        """Return when someone asks to stop, or when a child has ended."""
        while not self.should_stop():
            time.sleep(WATCH_SECONDS)

    def stop(self) -> None:
        """SIGTERM to each child, then SIGKILL to the rest of its session; asked again, at once."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        patience = time.monotonic() + GRACE_SECONDS
        already_asked = self.stop_requests
        while any(child.poll() is None for child in self.children.values()):
            if time.monotonic() > patience or self.stop_requests > already_asked:
                break
            time.sleep(WATCH_SECONDS)
        for child in self.children.values():
            _kill_session(child)


def _kill_session(child: subprocess.Popen[bytes]) -> None:
    """A child that was killed leaves its own children behind: they are in its group still."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    child.wait()
