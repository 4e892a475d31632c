"""How much memory a piece of code holds at its worst."""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


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
