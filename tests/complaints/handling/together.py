"""Several people at once, each on a connection of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections


def at_once(deeds: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each deed gave, or the exception it raised; all start at the same moment."""
    start = Barrier(len(deeds), timeout=30)

    def run(deed: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return deed()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))
