"""Two visitors file at once on a real server while staff register: the benchmark, for a moment."""

from collections.abc import Callable

import pytest

from complaints.models import Dossier, Draft
from tests.benchmarks.bench_load import FILES, check, load
from tests.benchmarks.bench_page import publish
from tests.benchmarks.served import Server

pytestmark = pytest.mark.processes


def test_all_that_was_accepted_is_whole_and_numbered_without_gap(
    start_site: Callable[[], Server],
) -> None:
    publish([FILES], {"minimum_seconds": 0, "hourly_limit": 0})
    tallies = load(start_site(), clients=2, seconds=3)
    assert [tally.refused for tally in tallies] == [{}, {}]
    assert all(tally.filed for tally in tallies)
    check(tallies)
    assert Dossier.objects.count() == sum(len(tally.filed) for tally in tallies)
    assert not Draft.objects.exists()
