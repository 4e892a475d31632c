"""How much memory a piece of code holds at its worst."""

import re
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROCESS = Path("/proc/self")
FORGET_THE_PEAK = "5"


@dataclass
class Held:
    """In bytes, once the block is left."""

    peak: int = 0


@contextmanager
def held_memory() -> Iterator[Held]:
    """Measured from here to the end of the block, whatever happens in it."""
    held = Held()
    tracemalloc.start()
    try:
        yield held
    finally:
        held.peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()


@contextmanager
def held_by_process() -> Iterator[Held]:
    """The same of what libraries written in C hold, which Python knows nothing of.

    Where the system does not tell (elsewhere than on Linux), nothing is counted.
    """
    held, told = Held(), (PROCESS / "clear_refs").exists()
    if told:
        (PROCESS / "clear_refs").write_text(FORGET_THE_PEAK)
    before = _kibibytes("VmRSS") if told else 0
    try:
        yield held
    finally:
        held.peak = 1024 * (_kibibytes("VmHWM") - before) if told else 0


def _kibibytes(name: str) -> int:
    return int(re.search(rf"{name}:\s+(\d+)", (PROCESS / "status").read_text())[1])
