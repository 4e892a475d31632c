"""What Django-Q does by itself: upgraded in place, after a silence once, summer or winter."""

import pydoc
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from croniter import croniter_range
from django.core.management import call_command
from django.utils import timezone
from django_q.models import OrmQ, Schedule, Task
from django_q.scheduler import scheduler

from complaints.handling import schedules
from complaints.handling.schedules import SCHEDULES, install_schedules
from complaints.models import Event
from tests import factories
from tests.complaints.handling.rules import limit, publish
from tests.factories import PARIS, paris

SECOND = timedelta(seconds=1)
AT = paris("2026-03-30 09:00")
# Between the two, each task has had its time, even the one of the first day of the month.
STOPPED_AT = paris("2026-03-31 18:02")
BACK_AT = paris("2026-04-02 18:02")
SCAN = SCHEDULES["Échéances"][0]
FIXED = [name for name, (_function, cron) in SCHEDULES.items() if cron.split()[1] != "*"]
FREQUENT = [name for name in SCHEDULES if name not in FIXED]


@pytest.fixture(autouse=True)
def _the_connection_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheduler would close it first, and end the test's transaction."""
    monkeypatch.setattr("django_q.scheduler.close_old_django_connections", lambda: None)


@pytest.fixture(autouse=True)
def _nothing_turns_in_circles(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheduler asks for the next run until it likes the answer."""
    asked, answer = Counter(), Schedule.calculate_next_run

    def next_run(row: Schedule, after: datetime | None = None) -> datetime:
        asked[timezone.now()] += 1
        assert asked[timezone.now()] < 100, "the scheduler turns in circles"
        return answer(row, after)

    monkeypatch.setattr(Schedule, "calculate_next_run", next_run)


@pytest.fixture
def installed(world: Any) -> None:
    """By the version in service, on the last day of March."""
    Schedule.objects.all().delete()
    with time_machine.travel(STOPPED_AT, tick=False):
        install_schedules()


def look(at: datetime) -> list[str]:
    """What Django-Q's own scheduler puts in the queue at that instant, by name."""
    OrmQ.objects.all().delete()
    with time_machine.travel(at, tick=False):
        scheduler()
    return sorted(queued.group() for queued in OrmQ.objects.all())


def prepare(at: datetime) -> None:
    """What each upgrade runs."""
    with time_machine.travel(at, tick=False):
        call_command("prepare", verbosity=0)


def next_run_of(name: str) -> datetime:
    return Schedule.objects.get(name=name).next_run


def rows() -> dict[str, tuple[str, str]]:
    return {row.name: (row.func, row.cron) for row in Schedule.objects.all()}


def test_each_schedule_is_a_valid_row_that_calls_a_function(world: Any) -> None:
    assert rows() == SCHEDULES
    for schedule in Schedule.objects.all():
        schedule.full_clean(exclude=["next_run"])
        assert callable(pydoc.locate(schedule.func))


def test_an_upgrade_changes_nothing_of_what_has_not_changed(installed: None) -> None:
    before = list(Schedule.objects.order_by("pk").values())
    prepare(STOPPED_AT + timedelta(minutes=1))
    assert list(Schedule.objects.order_by("pk").values()) == before


def test_a_run_that_an_upgrade_finds_due_is_not_lost(installed: None) -> None:
    prepare(BACK_AT)
    assert look(BACK_AT) == sorted(SCHEDULES)


@pytest.mark.parametrize(
    ("former", "next_run"),
    [("0 5 1 1 *", "2027-01-01 05:00"), ("5 18 * * *", "2026-03-31 18:05")],
    ids=["the new time is sooner", "the new time is later"],
)
def test_a_changed_task_is_taken_over_in_place_at_its_new_time(
    installed: None, former: str, next_run: str
) -> None:
    row = Schedule.objects.get(name="Effacement")
    changes = {"func": "complaints.former.purge", "cron": former, "next_run": paris(next_run)}
    Schedule.objects.filter(pk=row.pk).update(**changes)
    prepare(STOPPED_AT)
    assert Schedule.objects.filter(name="Effacement").values().get() == {
        **Schedule.objects.filter(pk=row.pk).values().get(),
        "func": SCHEDULES["Effacement"][0],
        "cron": "20 * * * *",
        "next_run": paris("2026-03-31 18:20"),
    }
    assert "Effacement" not in look(paris("2026-03-31 18:19"))
    assert "Effacement" in look(paris("2026-03-31 18:21"))


def test_a_task_that_a_version_drops_is_dropped_from_the_table(
    installed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The very dictionary would come back in another order, and other tests read it.
    fewer = {name: task for name, task in SCHEDULES.items() if name != "Effacement"}
    monkeypatch.setattr(schedules, "SCHEDULES", fewer)
    prepare(STOPPED_AT)
    assert rows() == fewer


@pytest.mark.parametrize(
    "own",
    [
        {"func": "shop.tasks.close", "schedule_type": Schedule.CRON, "cron": "0 1 * * *"},
        {"func": "django.core.management.call_command", "args": "'check_deadlines',"},
        {"func": SCAN, "schedule_type": Schedule.MINUTES, "minutes": 1},
    ],
    ids=["another program's", "a command of ours", "the scan more often"],
)
def test_what_an_administrator_has_added_stays(installed: None, own: dict[str, Any]) -> None:
    added = Schedule.objects.create(name="À moi", **own)
    before = Schedule.objects.filter(pk=added.pk).values().get()
    prepare(STOPPED_AT)
    assert Schedule.objects.filter(pk=added.pk).values().get() == before


@pytest.mark.parametrize(
    "change",
    [
        {"repeats": 0},
        {"next_run": None},
        {"next_run": paris("2099-01-01 00:00")},
        {"cron": "0 0 1 1 *"},
        {"schedule_type": Schedule.ONCE, "repeats": -1},
        {"schedule_type": Schedule.YEARLY},
        {"func": "shop.tasks.close"},
        {"args": "'x',", "kwargs": "x=1"},
        {"cluster": "another"},
        {"hook": "shop.tasks.done", "intended_date_kwarg": "at"},
    ],
    ids=str,
)
def test_what_was_paused_or_changed_by_hand_is_put_right(
    installed: None, change: dict[str, Any]
) -> None:
    before = list(Schedule.objects.order_by("pk").values())
    Schedule.objects.update(**change)
    assert list(Schedule.objects.order_by("pk").values()) != before
    prepare(STOPPED_AT)
    assert list(Schedule.objects.order_by("pk").values()) == before


def test_doubles_are_removed(installed: None) -> None:
    before = list(Schedule.objects.order_by("pk").values())
    for row in Schedule.objects.all():
        row.pk = None
        row.save()
    prepare(STOPPED_AT)
    assert list(Schedule.objects.order_by("pk").values()) == before


def test_after_two_days_off_each_task_runs_once_then_at_its_times(installed: None) -> None:
    assert look(BACK_AT) == sorted(SCHEDULES)
    assert look(BACK_AT + timedelta(seconds=30)) == []
    looks = Counter(
        name
        for halves in range(2, 62)
        for name in look(BACK_AT + timedelta(seconds=30 * halves + 1))
    )
    assert {name: looks[name] for name in FREQUENT if name != "Envois en attente"} == {
        "Échéances": 6,
        "Antivirus": 6,
        "Effacement": 1,
        "Fichiers gardés de côté": 2,
        "PDF des procédures": 3,
        "Publications programmées": 6,
    }
    assert looks["Envois en attente"] == 30


def test_after_two_days_off_the_scan_does_it_all_at_once_and_each_thing_once(
    world: Any, installed: None
) -> None:
    over = {"starts_on": "received", "met_by": [], "on_expiry": "lapse"}
    limits = [
        limit(1, key="retard"),
        limit(2, key="retard_aussi", warn_days=[1]),
        limit(4, key="avis", warn_days=[3, 2]),
        limit(2, key="droit", **over),
        limit(9, key="rien", warn_days=[1]),
    ]
    publish(world, time_limits=limits)
    for hours in range(3):
        factories.file(world, at=AT + timedelta(hours=hours))
    assert look(BACK_AT).count("Échéances") == 1
    for _time in ("the one that was queued", "another, for nothing"):
        with time_machine.travel(BACK_AT, tick=False):
            pydoc.locate(SCAN)()
        facts = Event.objects.filter(kind__startswith="deadline_")
        assert Counter((fact.kind, fact.data["limit"]) for fact in facts) == {
            ("deadline_missed", "retard"): 3,
            ("deadline_missed", "retard_aussi"): 3,
            ("deadline_warned", "avis"): 3,
            ("deadline_lapsed", "droit"): 3,
        }


def runs(name: str, start: datetime, stop: datetime) -> Iterator[datetime]:
    """When the scheduler queues that task, if it looks a second after each time it is due."""
    Schedule.objects.all().delete()
    with time_machine.travel(start, tick=False):
        install_schedules()
    Schedule.objects.exclude(name=name).delete()
    while (at := next_run_of(name)) < stop:
        assert look(at + SECOND) == [name]
        yield at


SUMMER, WINTER = ("2026-03-27 12:00", "2026-04-02 12:00"), ("2026-10-23 12:00", "2026-11-02 12:00")


@pytest.mark.parametrize("name", FIXED)
@pytest.mark.parametrize(("start", "stop"), [SUMMER, WINTER], ids=["summer", "winter"])
def test_a_time_of_day_is_kept_when_the_clocks_change(
    world: Any, name: str, start: str, stop: str
) -> None:
    """As on a wall clock that nobody changes: none is skipped, none comes twice."""
    wall = map(datetime.fromisoformat, (start, stop))
    found = [timezone.make_naive(at, PARIS) for at in runs(name, paris(start), paris(stop))]
    assert found == list(croniter_range(*wall, SCHEDULES[name][1]))


@pytest.mark.parametrize("name", FREQUENT)
@pytest.mark.parametrize(
    ("day", "hours"),
    [
        pytest.param("2026-03-29", 3, id="summer"),
        pytest.param(
            "2026-10-25",
            5,
            id="winter",
        ),
    ],
)
def test_a_frequent_task_keeps_its_pace_when_the_clocks_change(
    world: Any, name: str, day: str, hours: int
) -> None:
    start, stop = (paris(f"{day} {hour}") - SECOND for hour in ("01:00", "05:00"))
    found = [at.astimezone(UTC) for at in runs(name, start, stop)]
    paces = {after - before for before, after in pairwise(found)}
    assert len(paces) == 1
    assert len(found) * paces.pop() == timedelta(hours=hours)


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_task_may_run_at_any_moment(world: Any, name: str) -> None:
    factories.file(world, at=AT)
    with time_machine.travel(AT + timedelta(days=9), tick=False):
        pydoc.locate(SCHEDULES[name][0])()


def test_the_report_of_a_scan_is_what_the_table_of_tasks_shows(world: Any) -> None:
    factories.file(world, at=AT)
    with time_machine.travel(paris("2026-04-02 00:00"), tick=False):
        assert "1 retard(s)" in schedules.scan()


def test_old_failures_go_with_the_data_they_may_quote(world: Any) -> None:
    for name, days in (("old", 91), ("young", 89)):
        moment = AT - timedelta(days=days)
        Task.objects.create(
            id=name, name=name, func="x", started=moment, stopped=moment, success=False
        )
    with time_machine.travel(AT, tick=False):
        schedules.purge()
    assert list(Task.objects.values_list("name", flat=True)) == ["young"]
