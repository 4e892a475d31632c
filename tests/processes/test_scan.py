"""The clock and real processes: killed in the middle, two at once: each fact is noted once."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ
from django_q.tasks import async_task

from complaints.handling.schedules import SCHEDULES
from complaints.models import Calendar, Deadline, Dossier, Event, Notice, Organisation
from complaints.models.event import first_broken_event
from tests import factories
from tests.factories import World
from tests.processes.clusters import Cluster, run_at_once
from tests.smtp_sink import wait_until

pytestmark = pytest.mark.processes

DOSSIERS = 16
SCAN, _CRON = SCHEDULES["Échéances"]


@pytest.fixture
def overdue(published: World) -> list[Dossier]:
    """Filed two years ago and never looked at since; what was said then is forgotten."""
    at = timezone.now() - timedelta(days=800)
    dossiers = [
        factories.file(published, at=at, deja=False, deja_le=None, deja_par=None).dossier
        for _ in range(DOSSIERS)
    ]
    Notice.objects.all().delete()
    OrmQ.objects.all().delete()
    return dossiers


def due() -> int:
    return Deadline.objects.to_check(timezone.now()).count()


def noted() -> int:
    return Event.objects.filter(kind="deadline_missed").count()


def works_today(organisation: Organisation) -> None:
    """Whatever the day on which the tests run: a week without rest, a calendar without holidays."""
    Organisation.objects.filter(pk=organisation.pk).update(working_week="1111111")
    now = timezone.now()
    Calendar.objects.create(
        region=organisation.region,
        version=99,
        first_year=now.year - 9,
        last_year=now.year + 9,
        created_at=now,
    )


def assert_each_was_noted_once(dossiers: list[Dossier]) -> None:
    """Two duties are late and two rights have ended in each; no mail has left the scan."""
    assert due() == 0
    facts = Counter(
        (event.dossier_id, event.kind, event.data["limit"])
        for event in Event.objects.filter(kind__startswith="deadline_")
    )
    assert set(facts.values()) == {1}
    assert Counter(kind for _dossier, kind, _limit in facts) == {
        "deadline_missed": 2 * len(dossiers),
        "deadline_lapsed": 2 * len(dossiers),
    }
    assert not Notice.objects.exclude(key__startswith="digest:").exists()
    assert [first_broken_event(dossier) for dossier in dossiers] == [None] * len(dossiers)


def test_a_cluster_killed_in_the_middle_of_a_scan_notes_each_lateness_once(
    overdue: list[Dossier], start_cluster: Callable[[], Cluster]
) -> None:
    async_task(SCAN)
    cluster = start_cluster()
    wait_until(lambda: noted() >= 3)
    cluster.kill()
    assert due() > 0, "the scan was over before the kill"
    start_cluster()
    wait_until(lambda: due() == 0, seconds=40)
    assert_each_was_noted_once(overdue)


def test_two_processes_that_scan_at_once_note_each_lateness_once(
    overdue: list[Dossier], told: dict[str, str]
) -> None:
    said = run_at_once("check_deadlines", [told] * 2)
    late = [int(re.search(r"(\d+) retard", line)[1]) for line in said]
    assert sum(late) == 2 * DOSSIERS
    assert_each_was_noted_once(overdue)


def test_two_processes_that_write_the_digests_at_once_write_one_a_person(
    overdue: list[Dossier], told: dict[str, str]
) -> None:
    works_today(overdue[0].organisation)
    said = run_at_once("send_digests", [told] * 2)
    assert sum(int(re.search(r"(\d+) récapitulatif", line)[1]) for line in said) == 2
    digests = Notice.objects.filter(key__startswith="digest:").order_by("to")
    assert [notice.to.partition("@")[0] for notice in digests] == ["alice", "diane"]
