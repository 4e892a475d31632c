"""Real processes of ours: the Django-Q cluster, and commands that start at the same moment."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from django.conf import settings

STOP_SECONDS = 20
# Says when Django is ready, waits for the word, then works.
COMMAND = """
import sys, django
django.setup()
from django.core.management import call_command
print("prêt", flush=True)
sys.stdin.readline()
call_command(sys.argv[1])
"""


class Cluster:
    """`manage.py qcluster` with all its workers in one group; what it says goes to a file."""

    def __init__(self, environment: dict[str, str], output: Path) -> None:
        self.output = output
        with output.open("ab") as written:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "qcluster"],
                cwd=settings.BASE_DIR,
                env=environment,
                stdout=written,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self) -> None:
        """As a power cut: no process of the group has a word to say."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STOP_SECONDS)

    def stop(self) -> None:
        """As a person does; what does not listen is killed."""
        with suppress(subprocess.TimeoutExpired):
            self.process.terminate()
            self.process.wait(STOP_SECONDS)
        self.kill()


def run_at_once(command: str, environments: Sequence[dict[str, str]]) -> list[str]:
    """What each process of that command said; they all begin once all are ready."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", COMMAND, command],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for environment in environments
    ]
    for process in processes:
        assert process.stdout.readline() == "prêt\n"
    for process in processes:
        process.stdin.write("allez\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return said
