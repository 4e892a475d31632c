"""The schedule and real clusters: back after two days, two at once: each task runs once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ, Schedule, Task

from complaints.handling.schedules import SCHEDULES
from complaints.models import Deadline, Event
from tests import factories
from tests.factories import World
from tests.processes.clusters import Cluster
from tests.smtp_sink import wait_until

pytestmark = pytest.mark.processes

DOSSIERS = 6
OFF = timedelta(days=2)


@pytest.fixture
def told(told: dict[str, str]) -> dict[str, str]:
    """Both clusters look at the schedule as soon as they are up, so at the same moment."""
    return told | {"DOLEANCES_GUARD_SECONDS": "30"}


@pytest.fixture
def switched_off(published: World) -> None:
    """Two days ago: all tasks are overdue since, and then not due again for months."""
    at = timezone.now() - timedelta(days=800)
    for _n in range(DOSSIERS):
        factories.file(published, at=at, deja=False, deja_le=None, deja_par=None)
    OrmQ.objects.all().delete()
    other_month = (timezone.now().month + 5) % 12 + 1
    next_run = timezone.now() - OFF
    Schedule.objects.update(cron=f"0 0 1 {other_month} *", next_run=next_run)


def test_two_clusters_back_after_two_days_run_each_task_once_and_nothing_is_left_due(
    switched_off: None, start_cluster: Callable[[], Cluster]
) -> None:
    for _n in range(2):
        start_cluster()
    wait_until(lambda: set(groups()) >= set(SCHEDULES), seconds=75)
    wait_until(lambda: not OrmQ.objects.exists())
    assert sorted(groups()) == sorted(SCHEDULES)
    assert not Task.objects.filter(success=False).exists()
    assert not Schedule.objects.filter(next_run__lte=timezone.now()).exists()
    assert not Deadline.objects.to_check(timezone.now()).exists()
    facts = Event.objects.filter(kind__startswith="deadline_").values_list(
        "dossier", "kind", "data"
    )
    assert {len(set(map(str, facts))), len(facts)} == {4 * DOSSIERS}


def groups() -> list[str]:
    """The scheduled tasks that have run, by the name of their schedule."""
    return list(Task.objects.filter(group__in=SCHEDULES).values_list("group", flat=True))
