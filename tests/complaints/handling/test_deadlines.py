"""Facts start, meet, suspend and end time limits."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from complaints.handling import acting, deadlines
from complaints.handling.actors import Actor
from complaints.handling.erasure import erase
from complaints.models import Calendar, Deadline, Dossier, Holiday
from complaints.workflow.vocabulary import EventKind
from tests import factories
from tests.complaints.handling.rules import limit, publish
from tests.factories import paris

SUSPENDED = {"pauses_on": ["information_requested"], "resumes_on": ["information_received"]}


def file_under(world: Any, *limits: dict[str, Any], at: str = "2026-03-30 09:00") -> Dossier:
    publish(world, time_limits=list(limits))
    return factories.file(world, at=paris(at)).dossier


def record(dossier: Dossier, kind: EventKind, at: str) -> None:
    with acting.act_on(dossier.pk, actor=Actor.clock(), at=paris(at)) as act:
        act.record(kind)


def only(dossier: Dossier) -> Deadline:
    return dossier.deadlines.get()


def test_filing_starts_the_limits_that_count_from_the_filing(dossier: Dossier) -> None:
    assert {d.key: (d.due_on, d.state, d.is_duty) for d in dossier.deadlines.all()} == {
        "accuse_interne": (date(2026, 4, 1), "running", True),
        "reponse_interne": (date(2026, 4, 29), "running", True),
        "reponse": (None, "running", True),
        "mediation_ouverte": (date(2026, 5, 2), "running", False),
        "mediation_limite": (date(2027, 3, 2), "running", False),
    }


@pytest.mark.parametrize(
    ("answers", "due_on"),
    [
        ({"deja_le": "2026-03-02", "deja_par": "email"}, date(2026, 5, 2)),
        ({"deja_le": "2026-03-02", "deja_par": "post"}, date(2026, 5, 2)),
        ({"deja_le": "2026-03-02", "deja_par": "oral"}, date(2026, 5, 30)),
        ({"deja_le": "2026-03-02", "deja_par": "phone"}, date(2026, 5, 30)),
        ({"deja": False, "deja_le": None, "deja_par": None}, date(2026, 5, 30)),
    ],
    ids=["mail", "post", "spoken", "phoned", "never before"],
)
def test_a_right_counts_from_the_first_writing(
    world: Any, answers: dict[str, Any], due_on: date
) -> None:
    dossier = factories.file(world, at=paris("2026-03-30 09:00"), **answers).dossier
    assert dossier.deadlines.get(key="mediation_ouverte").due_on == due_on


def test_an_unknown_time_zone_stops_no_filing(world: Any) -> None:
    world.organisation.time_zone = "Europe/Nowhere"
    world.organisation.save()
    dossier = factories.file(world, at=paris("2026-03-30 09:00")).dossier
    window = dossier.deadlines.get(key="mediation_ouverte")
    assert (window.due_on, window.next_check_at) == (None, None)
    assert "n’existe pas" in window.inputs["error"]


def test_a_limit_that_ended_before_it_started_is_looked_at_at_once(world: Any) -> None:
    at = paris("2026-12-30 09:00")
    dossier = factories.file(world, at=at, deja_le="2026-03-02").dossier
    window = dossier.deadlines.get(key="mediation_ouverte")
    assert (window.due_on, window.next_check_at) == (date(2026, 5, 2), at)


def test_a_deadline_keeps_with_its_date_what_led_to_it(dossier: Dossier) -> None:
    deadline = dossier.deadlines.get(key="accuse_interne")
    assert deadline.inputs["counting"]["readings"] == [{"amount": 2, "unit": "jours_ouvres"}]
    assert deadline.inputs["pauses"] == []
    assert deadline.steps
    assert "1er avril 2026" in deadline.sentence


def test_a_limit_may_apply_to_some_dossiers_only(world: Any) -> None:
    assert file_under(world, limit(when={"stakeholder": ["client"]})).deadlines.count() == 0
    assert file_under(world, limit(when={"stakeholder": ["trainee"]})).deadlines.count() == 1


def test_the_awaited_fact_meets_the_limit(world: Any) -> None:
    dossier = file_under(world, limit())
    record(dossier, EventKind.RESPONSE_SENT, "2026-04-02 10:00")
    deadline = only(dossier)
    assert (deadline.state, deadline.met_at) == ("met", paris("2026-04-02 10:00"))
    assert deadline.met_by.kind == EventKind.RESPONSE_SENT
    assert deadline.next_check_at is None


def test_a_late_limit_that_is_met_stays_noted_as_late(world: Any) -> None:
    dossier = file_under(world, limit())
    Deadline.objects.update(late_at=paris("2026-04-10 00:00"))
    record(dossier, EventKind.RESPONSE_SENT, "2026-04-12 10:00")
    assert (only(dossier).state, only(dossier).late_at) == ("met", paris("2026-04-10 00:00"))


def test_a_limit_met_once_may_start_again(world: Any) -> None:
    dossier = file_under(
        world, limit(starts_on="information_requested", met_by=["information_received"])
    )
    for month in (4, 5):
        record(dossier, EventKind.INFORMATION_REQUESTED, f"2026-0{month}-01 09:00")
        record(dossier, EventKind.INFORMATION_RECEIVED, f"2026-0{month}-02 09:00")
    assert [d.due_on for d in dossier.deadlines.all()] == [date(2026, 4, 11), date(2026, 5, 11)]


@pytest.mark.parametrize(
    ("on_expiry", "days"),
    [("late", ["04-11"]), ("lapse", ["04-11", "04-18"]), ("open_window", ["04-11", "04-18"])],
)
def test_only_the_complainants_time_is_whole_again_when_it_starts_again(
    world: Any, on_expiry: str, days: list[str]
) -> None:
    """What the organisation owes is not put off by asking twice."""
    asked = limit(starts_on="information_requested", on_expiry=on_expiry)
    dossier = file_under(world, asked)
    for day in (1, 8):
        record(dossier, EventKind.INFORMATION_REQUESTED, f"2026-04-0{day} 09:00")
    assert [f"{d.due_on:%m-%d}" for d in dossier.deadlines.order_by("pk")] == days
    (pending,) = dossier.deadlines.pending()
    assert f"{pending.due_on:%m-%d}" == days[-1]


def test_a_question_suspends_and_the_answer_gives_the_days_back(world: Any) -> None:
    dossier = file_under(world, limit(10, **SUSPENDED))
    assert only(dossier).due_on == date(2026, 4, 9)
    record(dossier, EventKind.INFORMATION_REQUESTED, "2026-04-01 09:00")
    deadline = only(dossier)
    assert (deadline.state, deadline.due_on, deadline.next_check_at) == ("paused", None, None)
    record(dossier, EventKind.INFORMATION_RECEIVED, "2026-04-06 09:00")
    deadline = only(dossier)
    assert (deadline.state, deadline.due_on) == ("running", date(2026, 4, 14))
    assert deadline.next_check_at == paris("2026-04-15 00:00")
    assert deadline.inputs["pauses"] == [["2026-04-01", "2026-04-06"]]


def test_two_questions_and_one_answer_suspend_once(world: Any) -> None:
    dossier = file_under(world, limit(10, **SUSPENDED))
    record(dossier, EventKind.INFORMATION_REQUESTED, "2026-04-01 09:00")
    record(dossier, EventKind.INFORMATION_REQUESTED, "2026-04-03 09:00")
    record(dossier, EventKind.INFORMATION_RECEIVED, "2026-04-06 09:00")
    assert only(dossier).due_on == date(2026, 4, 14)


def test_an_answer_to_no_question_does_not_count_the_date_anew(world: Any) -> None:
    dossier = file_under(world, limit(5, "jours_ouvres", **SUSPENDED))
    before = only(dossier)
    old = before.calendar
    new = Calendar.objects.create(
        region=old.region,
        version=old.version + 1,
        first_year=old.first_year,
        last_year=old.last_year,
        created_at=old.created_at,
    )
    Holiday.objects.create(calendar=new, day=date(2026, 4, 1), name="Fermeture")
    record(dossier, EventKind.INFORMATION_RECEIVED, "2026-04-02 09:00")
    assert (only(dossier).due_on, only(dossier).calendar) == (before.due_on, old)


def test_a_question_asked_when_it_is_already_late_suspends_nothing(world: Any) -> None:
    dossier = file_under(world, limit(10, **SUSPENDED))
    Deadline.objects.update(late_at=paris("2026-04-10 00:00"), next_check_at=None)
    record(dossier, EventKind.INFORMATION_REQUESTED, "2026-04-11 09:00")
    record(dossier, EventKind.INFORMATION_RECEIVED, "2026-04-15 09:00")
    deadline = only(dossier)
    assert (deadline.state, deadline.due_on) == ("running", date(2026, 4, 9))
    assert deadline.next_check_at is None


def test_closing_cancels_what_is_due_and_leaves_the_complainants_rights(
    world: Any, dossier: Dossier, filed_at: datetime
) -> None:
    closed = factories.play(world, dossier, *factories.WHOLE_LIFE, at=filed_at)
    states = dict(closed.deadlines.values_list("key", "state"))
    assert states == {
        "accuse_interne": "met",
        "reponse_interne": "met",
        "reponse": "met",
        "mediation_ouverte": "running",
        "mediation_limite": "running",
    }
    withdrawn = factories.file(world, at=filed_at).dossier
    factories.play(world, withdrawn, "noter_retrait", at=filed_at)
    duties = withdrawn.deadlines.filter(is_duty=True)
    assert set(duties.values_list("state", "next_check_at")) == {("cancelled", None)}
    assert withdrawn.deadlines.filter(is_duty=False, state="running").count() == 2


def test_a_limit_that_the_closure_meets_is_met_by_it(world: Any) -> None:
    dossier = file_under(world, limit(key="clore", met_by=["closed"]), limit(key="autre"))
    dossier = factories.play(world, dossier, "noter_retrait", at=paris("2026-04-01 09:00"))
    assert dict(dossier.deadlines.values_list("key", "state")) == {
        "clore": "met",
        "autre": "cancelled",
    }
    assert dossier.deadlines.get(key="clore").met_by.kind == EventKind.CLOSED


def test_nothing_becomes_due_on_a_closed_dossier(world: Any, filed_at: datetime) -> None:
    dossier = file_under(
        world,
        limit(key="devoir", starts_on="withdrawn"),
        limit(key="droit", starts_on="withdrawn", on_expiry="lapse"),
    )
    factories.play(world, dossier, "noter_retrait", at=filed_at)
    assert [d.key for d in dossier.deadlines.all()] == ["droit"]


def test_erasing_ends_the_rights_too(world: Any, dossier: Dossier, filed_at: datetime) -> None:
    factories.play(world, dossier, "noter_retrait", at=filed_at)
    with acting.act_on(dossier.pk, actor=Actor.clock(), at=filed_at) as act:
        erase(act)
    assert not dossier.deadlines.pending().exists()
    assert not dossier.deadlines.filter(next_check_at__isnull=False).exists()


def test_the_queue_shows_the_nearest_duty_and_no_right(world: Any, dossier: Dossier) -> None:
    assert dossier.next_due_on == date(2026, 4, 1)
    at = paris("2026-03-31 09:00")
    assert factories.play(world, dossier, "accuser", at=at).next_due_on == date(2026, 4, 29)
    assert factories.play(world, dossier, "noter_retrait", at=at).next_due_on is None


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-03-30 09:00", "2026-04-22 00:00"),
        ("2026-04-21 23:59", "2026-04-22 00:00"),
        ("2026-04-22 00:00", "2026-04-27 00:00"),
        ("2026-04-25 12:00", "2026-04-27 00:00"),
        ("2026-04-27 00:00", "2026-04-30 00:00"),
        ("2026-05-20 00:00", "2026-05-20 00:00"),
    ],
)
def test_the_clock_looks_at_each_warning_then_at_the_end(
    dossier: Dossier, after: str, expected: str
) -> None:
    deadline = dossier.deadlines.get(key="reponse_interne")
    assert deadlines.next_check(deadline, deadline.limit, paris(after)) == paris(expected)


def test_a_lateness_already_noted_is_never_looked_at_again(dossier: Dossier) -> None:
    deadline = dossier.deadlines.get(key="reponse_interne")
    deadline.late_at = paris("2026-04-30 00:00")
    assert deadlines.next_check(deadline, deadline.limit, paris("2026-03-30 09:00")) is None


@pytest.mark.parametrize(
    ("zone", "filed", "warned", "late"),
    [
        # The night of 28 to 29 March 2026 has 23 hours in Paris, that of 24 to 25 October has 25.
        ("Europe/Paris", "2026-03-19 09:00", (3, 27, 23), (3, 29, 22)),
        ("Europe/Paris", "2026-10-15 09:00", (10, 23, 22), (10, 25, 23)),
        ("Indian/Reunion", "2026-03-19 09:00", (3, 27, 20), (3, 29, 20)),
        ("America/Martinique", "2026-03-19 09:00", (3, 28, 4), (3, 30, 4)),
        ("Pacific/Noumea", "2026-03-19 09:00", (3, 27, 13), (3, 29, 13)),
    ],
)
def test_a_day_begins_at_midnight_where_the_organisation_is(
    world: Any,
    zone: str,
    filed: str,
    warned: tuple[int, int, int],
    late: tuple[int, int, int],
) -> None:
    world.organisation.time_zone = zone
    world.organisation.save()
    world.page.refresh_from_db()
    deadline = only(file_under(world, limit(10, warn_days=[1]), at=filed))
    assert deadline.next_check_at == datetime(2026, *warned, tzinfo=UTC)
    after = deadlines.next_check(deadline, deadline.limit, deadline.next_check_at)
    assert after == datetime(2026, *late, tzinfo=UTC)
    assert after - deadline.next_check_at > timedelta(hours=46)
