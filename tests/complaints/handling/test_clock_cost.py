"""A scan costs in proportion to what is due, and reads nothing of what is not."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.handling import clock
from complaints.handling.clock import check_deadlines
from complaints.models import Deadline
from tests import factories
from tests.benchmarks.filling import multiply
from tests.factories import WHOLE_LIFE, paris

FILED_AT = paris("2026-03-30 09:00")
NOW = paris("2026-03-30 18:00")
SECOND = timedelta(seconds=1)
# What a scan does of it: a time limit of the procedure, whether it is over, is the dossier open.
KINDS = {
    "warned": ("reponse_interne", False, True),
    "late": ("accuse_interne", True, True),
    "ended": ("mediation_limite", True, True),
    "silent": ("accuse_interne", True, False),
}
# The looks at the table that find nothing, whatever is due.
FIRST_LOOK, LAST_LOOK = 1, 1
# For one row: its savepoint, the dossier, the deadline, a line of the journal, two writes; no mail.
MOST_FOR_ONE = 12

# As SQLite's plans say it, then PostgreSQL's.
CROWDED = re.compile(r"complaints_(dossier|deadline)\b")
READ_WHOLE = re.compile(
    r"SCAN complaints_(dossier|deadline)\b"
    r"|Seq Scan'(?:(?!Node Type).)*'complaints_(dossier|deadline)'"
)
SORTED = re.compile(r"TEMP B-TREE|'Node Type': '[\w ]*Sort'")

Crowd = Callable[[int], None]


@pytest.fixture
def crowd(world: Any) -> Crowd:
    """So many dossiers more, half of them closed; nothing is due in any before tomorrow."""
    opened = factories.file(world, at=FILED_AT).dossier
    closed = factories.file(world, at=FILED_AT).dossier
    factories.play(world, closed, *WHOLE_LIFE, at=FILED_AT)

    def grow(dossiers: int) -> None:
        multiply(opened, dossiers // 2)
        multiply(closed, dossiers // 2)

    return grow


def make_due(kind: str, rows: int) -> None:
    """So many deadlines, each of another dossier, due one second after another until NOW."""
    key, over, is_open = KINDS[kind]
    left = Deadline.objects.filter(key=key, dossier__is_open=is_open, warned_at=None, late_at=None)
    if is_open:
        left = left.filter(state="running")
    late_from = NOW - timedelta(hours=1) if over else NOW + timedelta(days=9)
    for seconds, pk in enumerate(left.order_by("pk").values_list("pk", flat=True)[:rows]):
        at = NOW - seconds * SECOND
        Deadline.objects.filter(pk=pk).update(
            state="running", next_check_at=at, late_from=late_from
        )


def cost(kind: str, rows: int) -> int:
    """How many queries a scan makes with that many rows due; it must do all of them."""
    make_due(kind, rows)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert check_deadlines(NOW) == Counter({kind: rows})
    return len(queries)


@pytest.mark.parametrize("kind", KINDS)
def test_each_due_row_costs_the_same_and_little(crowd: Crowd, kind: str) -> None:
    crowd(60)
    cost(kind, 1)  # what Django keeps in mind from the first time
    costs = [cost(kind, rows) for rows in (4, 8, 16)]
    for_one, rest = divmod(costs[1] - costs[0], 4)
    assert rest == 0
    assert for_one <= MOST_FOR_ONE
    assert costs == [FIRST_LOOK + rows * for_one + LAST_LOOK for rows in (4, 8, 16)]


@pytest.mark.parametrize("kind", KINDS)
def test_ten_times_as_many_dossiers_cost_the_same(crowd: Crowd, kind: str) -> None:
    crowd(200)
    cost(kind, 1)
    before = cost(kind, 20)
    crowd(1_800)
    assert Deadline.objects.count() > 10_000
    assert cost(kind, 20) == before


def test_nothing_due_costs_one_look_however_many_dossiers(crowd: Crowd) -> None:
    crowd(2_000)
    assert cost("late", 0) == FIRST_LOOK
    cost("late", 10)
    assert cost("late", 0) == FIRST_LOOK


def test_one_look_more_for_each_batch(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(100)
    cost("late", 1)
    for_one = cost("late", 1) - FIRST_LOOK - LAST_LOOK
    monkeypatch.setattr(clock, "BATCH", 3)
    found = [cost("late", rows) for rows in (3, 6, 12)]
    assert found == [rows * for_one + rows // 3 + LAST_LOOK for rows in (3, 6, 12)]


@pytest.fixture
def analysed(crowd: Crowd) -> None:
    """Enough rows for the planner to care, a hundred of them due, and it knows how many."""
    crowd(2_000)
    make_due("late", 100)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plan_of(sql: str) -> str:
    explain = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN (FORMAT JSON)"}
    with connection.cursor() as cursor:
        cursor.execute(f"{explain[connection.vendor]} {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def plan_in_order(sql: str) -> str:
    """Of a page of one row, PostgreSQL may find a sorted bitmap of the index just as cheap."""
    if connection.vendor != "postgresql":
        return plan_of(sql)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        plan = plan_of(sql)
        cursor.execute("SET LOCAL enable_bitmapscan = on")
    return plan


def test_the_index_gives_what_is_due_page_by_page_already_sorted(
    analysed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "BATCH", 40)
    with CaptureQueriesContext(connection) as looks:
        assert len(list(clock._due(NOW))) == 100
    assert len(looks) == 4
    for look in looks:
        plan, ordered = plan_of(look["sql"]), plan_in_order(look["sql"])
        assert "deadline_to_check" in plan, plan
        assert not READ_WHOLE.search(plan), plan
        assert not SORTED.search(ordered), ordered


def test_a_scan_reads_no_table_of_dossiers_or_deadlines_whole(analysed: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        check_deadlines(NOW)
    asked = {query["sql"] for query in queries if query["sql"].startswith(("SELECT", "UPDATE"))}
    plans = [f"{sql}\n{plan_of(sql)}" for sql in asked if CROWDED.search(sql)]
    assert len(plans) > 100
    assert [plan for plan in plans if READ_WHOLE.search(plan)] == []
