"""What Django-Q does by itself: installed once, in place, and each task does its work."""

import pydoc
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django_q.models import Schedule, Task

from complaints.handling import schedules
from complaints.handling.schedules import SCHEDULES, install_schedules
from tests import factories
from tests.factories import paris

AT = paris("2026-03-30 09:00")


def rows() -> dict[str, tuple[str, str]]:
    return {row.name: (row.func, row.cron) for row in Schedule.objects.all()}


def test_each_schedule_is_a_valid_row_that_calls_a_function(world: Any) -> None:
    assert rows() == SCHEDULES
    for schedule in Schedule.objects.all():
        schedule.full_clean(exclude=["next_run"])
        assert callable(pydoc.locate(schedule.func))


def test_installing_again_keeps_the_next_run_and_puts_the_rest_right(world: Any) -> None:
    next_run = timezone.now() + timedelta(hours=3)
    Schedule.objects.update(next_run=next_run)
    Schedule.objects.filter(name="Échéances").update(cron="0 0 1 1 *", repeats=0)
    install_schedules()
    assert rows() == SCHEDULES
    assert set(Schedule.objects.values_list("next_run", "repeats")) == {(next_run, -1)}


def test_doubles_are_removed(world: Any) -> None:
    Schedule.objects.create(
        name="Échéances", func="x", schedule_type=Schedule.CRON, cron="* * * * *"
    )
    install_schedules()
    assert Schedule.objects.count() == len(SCHEDULES)


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
