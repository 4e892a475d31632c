"""What is wrong is told, whatever it is; what is well, or over, is not."""

import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ, Schedule, Task
from django_q.status import Stat

from complaints.handling.schedules import SCHEDULES, install_schedules
from complaints.models import Calendar, Deadline, Dossier, Holiday, Notice
from complaints.register.troubles import LONG_QUEUE, Trouble, find_troubles
from tests import factories
from tests.factories import World, paris

NOW = paris("2026-03-30 09:00")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SCAN = SCHEDULES["Échéances"][0]


@pytest.fixture(autouse=True)
def running(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster says that it runs, and has emptied its queue."""
    monkeypatch.setattr(Stat, "get_all", lambda: [object()])
    OrmQ.objects.all().delete()


@pytest.fixture
def dossier(world: World) -> Dossier:
    """Filed now; what it queued is none of these tests' business."""
    dossier = factories.file(world, at=NOW).dossier
    Notice.objects.all().delete()
    OrmQ.objects.all().delete()
    return dossier


def found(at: datetime = NOW) -> list[Trouble]:
    return find_troubles(at, SCHEDULES)


def said(at: datetime = NOW) -> list[str]:
    return [trouble.sentence for trouble in found(at)]


def ran(
    stopped: datetime = NOW,
    seconds: float = 1,
    *,
    func: str = SCAN,
    group: str | None = "Échéances",
    error: str = "",
) -> Task:
    """A task that Django-Q has done, or failed to do."""
    return Task.objects.create(
        id=uuid4().hex,
        name="a task",
        func=func,
        group=group,
        started=stopped - timedelta(seconds=seconds),
        stopped=stopped,
        success=not error,
        result=error or "fait",
    )


def queue(count: int = 1, lock: datetime = NOW) -> None:
    tasks = [OrmQ(key="doleances", payload="", lock=lock) for _ in range(count)]
    OrmQ.objects.bulk_create(tasks)


def extend_calendar_to(last_year: int, region: str = "metropole") -> None:
    last = Calendar.objects.filter(region=region).latest("version")
    Calendar.objects.create(
        region=region,
        version=last.version + 1,
        first_year=2018,
        last_year=last_year,
        created_at=NOW,
    )


def test_all_is_well_when_nothing_is_wrong(dossier: Dossier) -> None:
    ran()
    queue()
    assert found() == []


def test_the_most_urgent_comes_first(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stat, "get_all", list)
    Deadline.objects.update(next_check_at=NOW - HOUR)
    extend_calendar_to(2026)
    assert [sentence[:20] for sentence in said()] == [
        "Aucun ordonnanceur D",
        "5 échéance(s) attend",
        "Le calendrier des jo",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"repeats": 0}, "est en pause"),
        ({"next_run": None}, "est en pause"),
        ({"cron": "0 0 1 1 *"}, "n’est plus celle du logiciel"),
        ({"func": "shop.tasks.close"}, "n’est plus celle du logiciel"),
        ({"schedule_type": Schedule.YEARLY}, "n’est plus celle du logiciel"),
        ({"repeats": 3}, "n’est plus celle du logiciel"),
        ({"cluster": "another"}, "n’est plus celle du logiciel"),
    ],
    ids=str,
)
def test_what_was_changed_by_hand_is_told(change: dict[str, Any], told: str) -> None:
    Schedule.objects.filter(name="Effacement").update(**change)
    (trouble,) = found()
    assert trouble.sentence == f"La tâche planifiée «\u00a0Effacement\u00a0» {told}."
    assert "manage.py prepare" in trouble.remedy


def test_what_is_missing_or_double_is_told() -> None:
    Schedule.objects.filter(name="Effacement").delete()
    double = Schedule.objects.get(name="Calendriers")
    double.pk = None
    double.save()
    assert [sentence.partition("\u00a0» ")[2] for sentence in said()] == [
        "manque.",
        "est en double.",
    ]


def test_the_remedy_is_one() -> None:
    Schedule.objects.all().delete()
    assert len(said()) == len(SCHEDULES)
    install_schedules()
    assert said() == []


def test_what_an_administrator_has_added_is_no_trouble() -> None:
    Schedule.objects.create(name="À moi", func="shop.tasks.close", repeats=0)
    assert said() == []


def test_a_scan_that_has_not_come_for_long_is_told_when_something_is_due(dossier: Dossier) -> None:
    ran(NOW - 16 * MINUTE)
    assert said() == []
    Deadline.objects.filter(key="accuse_interne").update(next_check_at=NOW - MINUTE)
    assert said() == [
        "Le dernier contrôle des échéances date du 30/03/2026 à 08:44, et il en reste à contrôler."
    ]
    ran(NOW - 14 * MINUTE)
    assert said() == []


def test_a_failed_scan_is_no_scan(dossier: Dossier) -> None:
    Deadline.objects.filter(key="accuse_interne").update(next_check_at=NOW - MINUTE)
    ran(NOW - 16 * MINUTE)
    ran(NOW - MINUTE, error="panne")
    assert said()[0].startswith("Le dernier contrôle des échéances date du")


def test_where_cron_scans_the_table_knows_nothing(dossier: Dossier) -> None:
    Deadline.objects.filter(key="accuse_interne").update(next_check_at=NOW - MINUTE)
    assert said() == []


@pytest.mark.parametrize(("seconds", "told"), [(60, False), (61, True)])
def test_a_slow_scan_is_told(seconds: int, told: bool) -> None:
    ran(seconds=seconds)
    sentence = f"Le dernier contrôle des échéances a duré {seconds} secondes."
    assert said() == [sentence] * told


def test_a_scan_that_was_slow_once_is_forgotten() -> None:
    ran(NOW - 10 * MINUTE, seconds=80)
    ran(NOW - 5 * MINUTE)
    assert said() == []


def test_one_is_told_with_its_dossier_and_the_reason(dossier: Dossier) -> None:
    undated = Deadline.objects.get(key="accuse_interne")
    undated.inputs["error"] = "Le calendrier s’arrête en 2026."
    undated.due_on = undated.late_from = undated.next_check_at = None
    undated.save()
    (trouble,) = found()
    assert trouble.sentence == (
        "1 échéance(s) promise(s) restent sans date, la dernière dans le dossier"
        f" {dossier.reference} : Le calendrier s’arrête en 2026."
    )
    assert trouble.path == f"/gestion/dossiers/{dossier.pk}/"
    undated.state = Deadline.State.CANCELLED
    undated.save()
    assert said() == []


def test_a_limit_without_a_number_has_no_date_and_that_is_well(dossier: Dossier) -> None:
    Deadline.objects.update(due_on=None, late_from=None, next_check_at=None)
    assert said() == []


def notice(world: World, **fields: Any) -> Notice:
    unique = uuid4().hex
    return Notice.objects.create(
        **{
            "organisation": world.organisation,
            "key": unique,
            "message_id": unique,
            "to": "dora@exemple.example",
            "created_at": NOW,
        }
        | fields
    )


@pytest.mark.parametrize("state", ["failed", "bounced"])
def test_what_came_back_is_told_as_what_did_not_leave(world: World, state: str) -> None:
    notice(world, state=state, last_error="550 <dora@exemple.example> inconnue")
    (trouble,) = found()
    assert trouble.sentence == (
        "1 envoi(s) en échec depuis 7 jours, le dernier pour le dossier (aucun)"
    )
    assert trouble.path == "/gestion/envois/?state=failed&state=bounced"
    assert str(trouble).endswith(" : 550 <dora@exemple.example> inconnue")


def test_one_of_no_organisation_counts_too(world: World) -> None:
    notice(world, state="failed", organisation=None)
    notice(world, state="failed")
    assert said()[0].startswith("2 envoi(s) en échec")


def test_after_a_week_only_the_list_shows_it(world: World) -> None:
    notice(world, state="failed")
    assert said(NOW + 7 * DAY - MINUTE) != []
    assert said(NOW + 7 * DAY) == []


def test_what_waits_is_told_apart_from_why(world: World) -> None:
    notice(world, next_attempt_at=NOW, last_error="Serveur injoignable")
    (trouble,) = found(NOW + 16 * MINUTE)
    assert trouble.sentence.endswith("le plus ancien depuis le 30/03/2026 à 09:00")
    assert (trouble.path, trouble.detail) == ("/gestion/envois/", "Serveur injoignable")


def raised(function: Callable[[], object]) -> str:
    """As Django-Q keeps it: the words of the exception, then the traceback."""
    try:
        function()
    except Exception as error:
        return f"{error} : {traceback.format_exc()}"
    raise AssertionError


def simple() -> None:
    raise ValueError("Dora Lemaire habite là")


def in_several_lines() -> None:
    raise RuntimeError("La clé existe.\nDETAIL:  Key (to)=(dora@exemple.example) already exists.")


def chained() -> None:
    try:
        simple()
    except ValueError:
        Dossier.objects.get(reference="Dora")


def test_they_are_counted_by_function() -> None:
    for hours in (1, 2, 30, 100, 200):
        ran(NOW - hours * HOUR, error="panne")
    ran(NOW - HOUR, func="shop.close", group=None, error="panne")
    assert said() == [
        "La tâche «\u00a0Échéances\u00a0» a échoué 2 fois depuis hier, 4 fois en 7 jours,"
        " la dernière le 30/03/2026 à 08:00.",
        "La tâche «\u00a0shop.close\u00a0» a échoué 1 fois depuis hier, 1 fois en 7 jours,"
        " la dernière le 30/03/2026 à 08:00.",
    ]


def test_one_of_the_week_that_is_quiet_since_yesterday_is_forgotten() -> None:
    ran(NOW - 27 * HOUR, error="panne")
    assert said() == []


def test_one_of_yesterdays_digest_is_told_though_the_day_had_25_hours() -> None:
    ran(NOW - 25 * HOUR, error="panne")
    assert len(said()) == 1


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        (simple, "(ValueError)."),
        (in_several_lines, "(RuntimeError)."),
        (chained, "(DoesNotExist)."),
    ],
)
def test_only_the_kind_of_error_is_told(function: Callable[[], object], kind: str) -> None:
    ran(error=raised(function))
    (trouble,) = found()
    assert trouble.sentence.endswith(kind)
    assert "ora" not in str(trouble).partition("a échoué")[2]


@pytest.mark.parametrize(
    "error",
    [
        "Dora : panne",
        "Traceback (most recent call last):\n",
        "Traceback (most recent call last):\nDora Lemaire",
        "Traceback (most recent call last):\n  File “x”",
    ],
)
def test_what_is_no_traceback_says_nothing(error: str) -> None:
    ran(error=error)
    assert said()[0].endswith("à 09:00.")


def test_one_that_grows_is_told() -> None:
    queue(LONG_QUEUE)
    assert said() == []
    queue()
    assert said() == ["Plus de 1000 tâches attendent dans la file."]


def test_one_that_does_not_move_is_told() -> None:
    queue(lock=NOW - HOUR - MINUTE)
    assert said() == ["Une tâche attend dans la file depuis le 30/03/2026 à 07:59."]


def test_without_a_cluster_that_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stat, "get_all", list)
    queue(lock=NOW - DAY)
    (trouble,) = found()
    # Where cron does the rest, this is still true: no command erases what has come to its term.
    assert trouble.sentence.endswith("ni effacement, sauf ce que cron appelle.")


@pytest.mark.parametrize(("last_year", "told"), [(2025, True), (2026, True), (2027, False)])
def test_one_that_runs_out_within_the_year_is_told(last_year: int, told: bool) -> None:
    extend_calendar_to(last_year)
    sentence = f"Le calendrier des jours fériés «\u00a0Métropole\u00a0» s’arrête fin {last_year}."
    assert said() == [sentence] * told


def test_the_newest_version_is_the_one_that_counts() -> None:
    extend_calendar_to(2026)
    extend_calendar_to(2030)
    assert said() == []


def test_a_region_that_nobody_uses_may_run_out() -> None:
    extend_calendar_to(2026, "guadeloupe")
    assert said() == []


def test_a_region_without_a_calendar_is_told_with_where_to_look() -> None:
    for rows in (Holiday.objects.all(), Calendar.objects.all()):
        rows._raw_delete(using="default")
    (trouble,) = found()
    assert trouble.sentence.startswith("La région «\u00a0Métropole\u00a0» n’a aucun calendrier")
    assert trouble.path == "/gestion/calendriers/"


def _break_everything(world: World, times: int) -> None:
    """Each kind of trouble, that many times, in every table."""
    with time_machine.travel(NOW - DAY, tick=False):
        for number in range(times):
            factories.file(world, at=NOW - DAY)
            ran(NOW - HOUR, error="panne", func=f"{SCAN}{number}")
    ran(NOW - HOUR, seconds=70)
    Notice.objects.filter(letter=None).update(state="failed", next_attempt_at=None)
    duties = Deadline.objects.filter(is_duty=True)
    duties.filter(key="accuse_interne").update(next_check_at=NOW - HOUR)
    for deadline in duties.exclude(key="accuse_interne"):
        deadline.inputs["error"] = "Sans calendrier."
        deadline.due_on = deadline.late_from = deadline.next_check_at = None
        deadline.save()
    queue(LONG_QUEUE + times, NOW - DAY)
    Schedule.objects.filter(name__in=list(SCHEDULES)[:times]).delete()


def test_the_number_of_queries_is_the_same_however_much_is_broken(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            found()
        return len(captured)

    well = queries()
    _break_everything(world, 1)
    kinds, little = len(found()), queries()
    _break_everything(world, 3)
    assert len(found()) == kinds + 2 + 2  # schedules and functions are told one by one
    assert (well, little, queries()) == (14, 18, 18)
