"""One mail a day to each person, once whoever runs it; what fails for one stops no other."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ

from complaints.handling import digests, schedules
from complaints.handling.clock import check_deadlines
from complaints.handling.digests import send_digests, summary
from complaints.models import Dossier, Notice
from complaints.register.agenda import Part
from tests import factories
from tests.complaints.handling.rules import limit, publish
from tests.complaints.register.test_agenda import copies
from tests.factories import paris

FILED_AT = paris("2026-03-30 09:00")
LATE_AT = paris("2026-04-10 07:00")  # the morning after what is due in ten days


@pytest.fixture
def file_under(world: Any) -> Callable[..., Dossier]:
    """A dossier filed on 30 March 2026 under these time limits; nothing waits in its outbox."""

    def file(*limits: dict[str, Any]) -> Dossier:
        publish(world, time_limits=list(limits))
        dossier = factories.file(world, at=FILED_AT).dossier
        Notice.objects.all().delete()
        OrmQ.objects.all().delete()
        return dossier

    return file


@pytest.fixture
def late(file_under: Callable[..., Dossier]) -> Dossier:
    """A dossier that is late; alice moderates, it alerts diane."""
    return file_under(limit(10, escalate_to="direction"))


def written() -> list[tuple[str, str]]:
    return sorted(Notice.objects.values_list("to", "subject"))


def test_each_person_has_one_mail_with_its_task(world: Any, late: Dossier) -> None:
    assert send_digests(LATE_AT) == 2
    assert written() == [
        ("alice@connectsens.example", "Vos dossiers : 1 en retard"),
        ("diane@connectsens.example", "Vos dossiers : 1 en retard"),
    ]
    assert {task.task["args"][0] for task in OrmQ.objects.all()} == set(
        Notice.objects.values_list("pk", flat=True)
    )


def test_the_mail_is_of_the_organisation_and_of_no_dossier(world: Any, late: Dossier) -> None:
    send_digests(LATE_AT)
    notice = Notice.objects.get(to__startswith="alice@")
    assert notice.key == f"digest:{world.user('alice').pk}:2026-04-10"
    assert (notice.organisation, notice.dossier, notice.letter) == (world.organisation, None, None)


def test_a_second_run_on_the_same_day_writes_nothing(late: Dossier) -> None:
    send_digests(LATE_AT)
    before = list(Notice.objects.order_by("pk").values())
    assert send_digests(LATE_AT.replace(hour=9)) == 0
    assert list(Notice.objects.order_by("pk").values()) == before
    assert OrmQ.objects.count() == 2


def test_two_machines_at_once_write_one_mail_a_person(
    late: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other machine writes everything just after this one has looked at what is written."""
    real = digests._post_alone

    def after_the_other(*args: Any) -> bool:
        monkeypatch.setattr(digests, "_post_alone", real)
        assert send_digests(LATE_AT.replace(microsecond=1)) == 2
        return real(*args)

    monkeypatch.setattr(digests, "_post_alone", after_the_other)
    assert send_digests(LATE_AT) == 0
    assert (Notice.objects.count(), OrmQ.objects.count()) == (2, 2)


def test_it_comes_back_each_worked_day_until_it_is_done(world: Any, late: Dossier) -> None:
    days = [10, 11, 12, 13, 14]
    assert [send_digests(paris(f"2026-04-{day} 07:00")) for day in days] == [2, 0, 0, 2, 2]
    factories.play(world, late, "noter_retrait", at=paris("2026-04-14 09:00"))
    assert send_digests(paris("2026-04-15 07:00")) == 0


def test_nothing_to_say_is_no_mail(late: Dossier) -> None:
    assert send_digests(paris("2026-04-01 07:00")) == 0
    assert written() == []


def test_what_fails_for_one_person_is_logged_and_stops_no_other(
    world: Any, late: Dossier, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real, alice = digests._chapters, world.user("alice")

    def fail_for_alice(agenda: Any) -> Any:
        if agenda.user_id == alice.pk:
            raise RuntimeError("panne")
        return real(agenda)

    monkeypatch.setattr(digests, "_chapters", fail_for_alice)
    assert send_digests(LATE_AT) == 1
    assert written() == [("diane@connectsens.example", "Vos dossiers : 1 en retard")]
    assert f"Récapitulatif de la personne {alice.pk} : non écrit" in caplog.text
    monkeypatch.undo()
    assert send_digests(LATE_AT) == 1
    assert len(written()) == 2


def test_what_fails_half_way_leaves_neither_notice_nor_task(
    late: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = digests.post_apart

    def write_then_fail(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        raise RuntimeError("panne")

    monkeypatch.setattr(digests, "post_apart", write_then_fail)
    assert send_digests(LATE_AT) == 0
    assert (Notice.objects.count(), OrmQ.objects.count()) == (0, 0)


def cost(now: Any) -> tuple[int, int]:
    """How many mails, in how many queries."""
    with CaptureQueriesContext(connection) as captured:
        mails = send_digests(now)
    return mails, len(captured)


def test_the_cost_grows_with_the_people_and_not_with_the_deadlines(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    dossier = file_under(limit(10))
    copies(dossier, 4)
    base, person = 9, 7
    assert cost(paris("2026-04-08 07:00")) == (1, base + person)
    copies(dossier, 45)
    assert cost(paris("2026-04-09 07:00")) == (1, base + person)
    for login in ("bob", "diane"):
        world.user(login).groups.add(*world.user("alice").groups.all())
    assert cost(paris("2026-04-10 07:00")) == (3, base + 3 * person)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"late": 1}, "1 en retard"),
        ({"week": 3, "today": 1, "late": 2}, "2 en retard, 1 aujourd’hui, 3 cette semaine"),
        ({"announced": 2, "today": 4}, "4 aujourd’hui, 2 à venir"),
        ({"ended": 1}, "1 délai écoulé"),
        ({"late": 0, "ended": 2}, "2 délais écoulés"),
    ],
    ids=str,
)
def test_a_summary_says_what_there_is_and_no_zero(counts: dict[str, int], said: str) -> None:
    assert summary(Counter({Part(name): count for name, count in counts.items()})) == said


def test_the_task_of_the_morning_is_installed_at_seven(world: Any) -> None:
    assert schedules.SCHEDULES["Récapitulatifs"] == (
        "complaints.handling.schedules.tell_people",
        "0 7 * * *",
    )


def test_after_a_night_off_what_ended_is_noted_then_told(
    file_under: Callable[..., Dossier],
) -> None:
    dossier = file_under(limit(10, on_expiry="lapse"))
    with time_machine.travel(LATE_AT.replace(hour=9), tick=False):
        assert schedules.tell_people() == 1
    assert dossier.deadlines.get().state == "ended"
    assert {subject for _to, subject in written()} == {"Vos dossiers : 1 délai écoulé"}


def test_the_scan_and_the_digest_never_say_the_same_thing_twice(late: Dossier) -> None:
    check_deadlines(LATE_AT)
    assert written() == []
    send_digests(LATE_AT)
    assert len(written()) == 2
