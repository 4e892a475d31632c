"""Who must know what this morning, and why; nobody else, nothing else, in a few queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.handling.clock import check_deadlines
from complaints.models import Calendar, Deadline, Dossier, Holiday, Organisation, Role
from complaints.register import agenda
from complaints.register.agenda import FOLLOWED, UNFOLLOWED, VACANT, Line, Part, agendas_at
from complaints.register.offices import offices_at
from tests import factories
from tests.complaints.handling.rules import limit, publish
from tests.factories import World, paris

ALICE, CHARLIE, DIANE = (
    "alice@connectsens.example",
    "charlie@autre.example",
    "diane@connectsens.example",
)
MODERATES = "vous avez le rôle «\u00a0Modérateur\u00a0»"
ALERTED = "signalé au rôle «\u00a0Direction\u00a0»"
FILED_AT = paris("2026-03-30 09:00")  # a Monday; ten days later is Thursday 9 April
DUE_AT = paris("2026-04-09 07:00")
LATE_AT = paris("2026-04-10 07:00")


@pytest.fixture
def file_under(world: Any) -> Callable[..., Dossier]:
    """A dossier of organisation A filed on 30 March 2026 under these time limits."""

    def file(*limits: dict[str, Any], checked: bool = True) -> Dossier:
        publish(world, checked=checked, time_limits=list(limits))
        return factories.file(world, at=FILED_AT).dossier

    return file


def lines_at(now: Any, email: str) -> list[Line]:
    """What that person must know, the clock having done its work in the night."""
    check_deadlines(now.replace(hour=0, minute=5))
    agendas = [agenda for agenda in agendas_at(now) if agenda.email == email]
    return [line for agenda in agendas for section in agenda.sections for line in section.lines]


def told_at(now: Any) -> dict[str, list[str]]:
    """Who is told, and why, line by line."""
    check_deadlines(now.replace(hour=0, minute=5))
    return {
        agenda.email: [line.why for section in agenda.sections for line in section.lines]
        for agenda in agendas_at(now)
    }


def parts_at(moment: str) -> list[str]:
    return [line.part for line in lines_at(paris(moment), ALICE)]


def give(dossier: Dossier, user: Any) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(assigned_to=user)


# --- What is said -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("morning", "part", "when"),
    [
        ("2026-04-02 07:00", "week", "jeudi 9 avril 2026, dans 7 jours"),
        ("2026-04-08 07:00", "week", "jeudi 9 avril 2026, demain"),
        ("2026-04-09 07:00", "today", "jeudi 9 avril 2026, aujourd’hui"),
        ("2026-04-10 07:00", "late", "jeudi 9 avril 2026, en retard de 1 jour"),
        ("2026-04-13 07:00", "late", "jeudi 9 avril 2026, en retard de 4 jours"),
    ],
)
def test_a_line_says_which_dossier_what_when_and_how_near(
    file_under: Callable[..., Dossier], morning: str, part: str, when: str
) -> None:
    dossier = file_under(limit(10))
    (line,) = lines_at(paris(morning), ALICE)
    assert line == Line(
        Part(part), dossier.pk, dossier.reference, "Essai", DUE_AT.date(), when, MODERATES
    )


def test_the_time_a_complainant_has_before_the_closure_is_not_said_as_our_duty(
    file_under: Callable[..., Dossier],
) -> None:
    file_under(limit(10, on_expiry="close"), checked=False)
    (line,) = lines_at(paris("2026-04-08 07:00"), ALICE)
    assert line.when == "jeudi 9 avril 2026, demain\u00a0; ensuite le dossier se clôt seul"


def test_what_is_due_in_eight_days_is_not_said_yet(file_under: Callable[..., Dossier]) -> None:
    file_under(limit(10))
    assert agendas_at(paris("2026-04-01 07:00")) == []


def test_what_is_due_later_is_said_once_when_it_is_warned_of(
    file_under: Callable[..., Dossier],
) -> None:
    file_under(limit(30, warn_days=[20, 12]))  # due on 29 April
    days = (8, 9, 10, 13, 17, 20, 21, 22)
    said = [parts_at(f"2026-04-{day:02} 07:00") for day in days]
    # The 20th day before is Thursday 9 April, the 12th is Friday 17.
    assert said == [[], ["announced"], [], [], ["announced"], [], [], ["week"]]


def test_a_warning_of_a_saturday_is_said_on_monday(file_under: Callable[..., Dossier]) -> None:
    file_under(limit(30, warn_days=[18]))  # Saturday 11 April
    assert [parts_at(f"2026-04-{day} 07:00") for day in (10, 11, 12, 13, 14)] == [
        [],
        [],
        [],
        ["announced"],
        [],
    ]


@pytest.mark.parametrize(
    ("on_expiry", "when"),
    [
        ("lapse", "terminé depuis le jeudi 9 avril 2026"),
        ("open_window", "possible depuis le vendredi 10 avril 2026"),
    ],
)
def test_the_end_of_a_right_is_said_once_the_next_morning(
    file_under: Callable[..., Dossier], on_expiry: str, when: str
) -> None:
    file_under(limit(10, on_expiry=on_expiry))
    assert parts_at("2026-04-09 07:00") == []
    (line,) = lines_at(LATE_AT, ALICE)
    assert (line.part, line.when) == (Part.ENDED, when)
    assert parts_at("2026-04-13 07:00") == []


def test_an_end_that_the_clock_saw_days_late_is_said_when_it_was_seen(
    file_under: Callable[..., Dossier],
) -> None:
    """After a breakdown, and for what was over when the dossier came."""
    file_under(limit(10, on_expiry="open_window"))
    assert parts_at("2026-04-21 07:00") == ["ended"]
    assert parts_at("2026-04-22 07:00") == []


def test_a_right_that_ends_on_friday_night_is_said_on_monday(
    file_under: Callable[..., Dossier],
) -> None:
    file_under(limit(11, on_expiry="lapse"))
    assert [parts_at(f"2026-04-{day} 07:00") for day in (10, 11, 13, 14)] == [[], [], ["ended"], []]


@pytest.mark.parametrize("on_expiry", ["late", "lapse"])
@pytest.mark.parametrize("moment", ["2026-04-09 07:00", "2026-04-10 07:00"])
def test_nothing_is_said_of_a_closed_dossier(
    world: Any, file_under: Callable[..., Dossier], on_expiry: str, moment: str
) -> None:
    dossier = file_under(limit(10, on_expiry=on_expiry))
    factories.play(world, dossier, "noter_retrait", at=paris("2026-04-01 09:00"))
    # Even what would have been left running there.
    Deadline.objects.filter(state="cancelled").update(state="running")
    assert told_at(paris(moment)) == {}


def test_nothing_is_said_of_what_is_paused(file_under: Callable[..., Dossier]) -> None:
    file_under(limit(10))
    Deadline.objects.update(state="paused", next_check_at=None)
    assert told_at(LATE_AT) == {}


def test_a_right_that_runs_is_nobodys_duty(file_under: Callable[..., Dossier]) -> None:
    file_under(limit(10, on_expiry="open_window"))
    assert told_at(DUE_AT) == {}


# --- Who is told --------------------------------------------------------------------------------


def test_the_owner_is_told_and_the_direction_only_when_it_is_late(
    file_under: Callable[..., Dossier],
) -> None:
    file_under(limit(10, escalate_to="direction"))
    assert told_at(DUE_AT) == {ALICE: [MODERATES]}
    assert told_at(LATE_AT) == {ALICE: [MODERATES], DIANE: [ALERTED]}


def test_an_organisation_hears_of_its_own_dossiers_only(
    world: Any, other_world: Any, file_under: Callable[..., Dossier]
) -> None:
    file_under(limit(10))
    factories.file(other_world, at=paris("2026-04-08 09:00"))  # due on the 10th
    assert told_at(LATE_AT) == {ALICE: [MODERATES], CHARLIE: [MODERATES]}
    (line,) = lines_at(LATE_AT, CHARLIE)
    assert line.reference.startswith("AF-")


def test_a_person_of_two_organisations_has_a_section_for_each_by_name(
    world: Any, other_world: Any, file_under: Callable[..., Dossier]
) -> None:
    world.user("alice").groups.add(*other_world.user("charlie").groups.all())
    file_under(limit(10))
    factories.file(other_world, at=paris("2026-04-08 09:00"))
    (alice,) = (found for found in agendas_at(LATE_AT) if found.email == ALICE)
    names = [(str(section.organisation), section.counts) for section in alice.sections]
    assert names == [("Autre Formation", {Part.TODAY: 1}), ("Connect’Sens", {Part.LATE: 1})]
    assert alice.counts == {Part.TODAY: 1, Part.LATE: 1}


def test_who_follows_and_holds_the_role_is_told_alone(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    world.user("diane").groups.add(*world.user("alice").groups.all())
    dossier = file_under(limit(10))
    assert told_at(DUE_AT) == {ALICE: [MODERATES], DIANE: [MODERATES]}
    give(dossier, world.user("diane"))
    assert told_at(DUE_AT) == {DIANE: [f"{FOLLOWED}\u00a0; {MODERATES}"]}


def test_who_follows_without_the_role_is_told_with_the_owner(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    dossier = file_under(limit(10, escalate_to="direction"))
    give(dossier, world.user("diane"))
    assert told_at(DUE_AT) == {ALICE: [MODERATES], DIANE: [FOLLOWED]}
    assert told_at(LATE_AT) == {ALICE: [MODERATES], DIANE: [f"{FOLLOWED}\u00a0; {ALERTED}"]}


def test_who_holds_both_roles_reads_one_line_with_both_reasons(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    world.user("alice").groups.add(*world.user("diane").groups.all())
    file_under(limit(10, escalate_to="direction"))
    assert told_at(LATE_AT) == {ALICE: [f"{MODERATES}\u00a0; {ALERTED}"], DIANE: [ALERTED]}


@pytest.mark.parametrize(
    "changes", [{"is_active": False}, {"email": ""}], ids=["left", "without address"]
)
def test_who_cannot_be_reached_is_told_nothing_and_follows_nothing(
    world: Any, file_under: Callable[..., Dossier], changes: dict[str, Any]
) -> None:
    world.user("diane").groups.add(*world.user("alice").groups.all())
    give(file_under(limit(10)), world.user("alice"))
    get_user_model().objects.filter(username="alice").update(**changes)
    assert told_at(DUE_AT) == {DIANE: [MODERATES]}


def test_who_lost_the_role_follows_nothing_any_more(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    give(file_under(limit(10)), world.user("bob"))
    assert told_at(DUE_AT) == {ALICE: [MODERATES]}
    world.user("alice").groups.clear()
    assert told_at(DUE_AT) == {DIANE: [VACANT]}


def test_a_follower_of_another_organisation_is_a_stranger(
    other_world: Any, file_under: Callable[..., Dossier]
) -> None:
    give(file_under(limit(10)), other_world.user("charlie"))
    assert told_at(DUE_AT) == {ALICE: [MODERATES]}


def test_a_role_that_sees_no_dossier_is_told_of_none(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    roles = [*world.page.version.definition["roles"], {"key": "editor", "label": "Rédacteur"}]
    publish(world, roles=roles, time_limits=[limit(10, owner="editor", escalate_to="editor")])
    factories.file(world, at=FILED_AT)
    assert told_at(LATE_AT) == {ALICE: [VACANT], DIANE: [VACANT]}


@pytest.mark.parametrize("followed", [False, True])
def test_what_no_role_owes_is_for_who_follows_else_for_all(
    world: Any, file_under: Callable[..., Dossier], followed: bool
) -> None:
    dossier = file_under(limit(10, on_expiry="lapse", owner=""))
    if followed:
        give(dossier, world.user("diane"))
    everyone = {ALICE: [UNFOLLOWED], DIANE: [UNFOLLOWED]}
    assert told_at(LATE_AT) == ({DIANE: [FOLLOWED]} if followed else everyone)


def test_a_superuser_is_told_nothing_without_a_role(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    root = get_user_model().objects.create_superuser("root", "root@exemple.example", "x")
    give(file_under(limit(10)), root)
    assert told_at(DUE_AT) == {ALICE: [MODERATES]}
    root.groups.add(*world.user("diane").groups.all())
    assert told_at(DUE_AT) == {ALICE: [MODERATES], root.email: [FOLLOWED]}


def test_the_reason_says_the_role_as_the_organisation_calls_it(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    Role.objects.filter(organisation=world.organisation, key="moderator").update(label="CTRP")
    file_under(limit(10))
    assert told_at(DUE_AT) == {ALICE: ["vous avez le rôle «\u00a0CTRP\u00a0»"]}


def test_a_rule_that_cannot_be_found_is_for_everyone(file_under: Callable[..., Dossier]) -> None:
    file_under(limit(10))
    Deadline.objects.update(key="inconnu")
    assert set(told_at(DUE_AT)) == {ALICE, DIANE}


def test_rules_that_cannot_be_read_stop_no_others(
    world: Any, file_under: Callable[..., Dossier], caplog: pytest.LogCaptureFixture
) -> None:
    file_under(limit(10))
    version = publish(world)
    type(version).objects.bulk_create([_unreadable(version)])
    assert told_at(DUE_AT) == {ALICE: [MODERATES]}
    assert "règles illisibles" in caplog.text


def _unreadable(version: Any) -> Any:
    version.pk, version.number, version.definition = None, version.number + 1, {"time_limits": [{}]}
    return version


# --- On which days ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rest",
    ["2026-05-01 07:00", "2026-05-02 07:00", "2026-05-03 07:00"],
    ids=["1 May", "Saturday", "Sunday"],
)
def test_nobody_is_disturbed_on_a_day_of_rest(
    file_under: Callable[..., Dossier], rest: str
) -> None:
    file_under(limit(10), limit(32, key="autre"))  # the second is due on 1 May
    assert told_at(paris(rest)) == {}
    assert parts_at("2026-04-30 07:00") == ["late", "week"]
    assert parts_at("2026-05-04 07:00") == ["late", "late"]


def test_what_ended_during_a_long_weekend_is_said_after_it_once(
    file_under: Callable[..., Dossier],
) -> None:
    over = {"on_expiry": "lapse"}
    file_under(*(limit(n, key=f"j{n}", label=str(n), **over) for n in range(29, 36)))
    # 30 is Wednesday 29 April, whose end is Thursday 30 at midnight.
    said = {
        day: [line.label for line in lines_at(paris(f"2026-{day} 07:00"), ALICE)]
        for day in ("04-29", "04-30", "05-01", "05-04", "05-05")
    }
    assert said == {
        "04-29": ["29"],
        "04-30": ["30"],
        "05-01": [],
        "05-04": ["31", "32", "33", "34"],
        "05-05": ["35"],
    }


def test_an_organisation_that_works_on_saturdays_is_told_on_saturdays(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    file_under(limit(10))
    Organisation.objects.filter(pk=world.organisation.pk).update(working_week="0111110")
    assert parts_at("2026-04-11 07:00") == ["late"]
    assert parts_at("2026-04-13 07:00") == []


def test_a_holiday_is_the_one_of_the_region_in_its_newest_calendar(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    file_under(limit(10))
    newest = Calendar.objects.current("metropole")
    corrected = Calendar.objects.create(
        region="metropole",
        version=newest.version + 1,
        first_year=2026,
        last_year=2027,
        created_at=FILED_AT,
    )
    Holiday.objects.create(calendar=corrected, day=LATE_AT.date(), name="Pont")
    assert told_at(LATE_AT) == {}
    assert parts_at("2026-05-01 07:00") == ["late"]
    Organisation.objects.filter(pk=world.organisation.pk).update(region="reunion")
    assert parts_at("2026-04-10 07:00") == ["late"]


@pytest.mark.parametrize(
    ("zone", "now", "part"),
    [
        ("Europe/Paris", "2026-04-09 23:30", "today"),
        ("Indian/Reunion", "2026-04-09 23:30", "late"),
        ("America/Guadeloupe", "2026-04-10 05:30", "today"),
    ],
)
def test_today_is_the_day_of_the_organisation(
    world: Any, file_under: Callable[..., Dossier], zone: str, now: str, part: str
) -> None:
    file_under(limit(10))
    Organisation.objects.filter(pk=world.organisation.pk).update(time_zone=zone)
    assert parts_at(now) == [part]


@pytest.mark.parametrize(
    ("filed", "day"),
    [("2026-03-23 09:00", "2026-03-30"), ("2026-10-19 09:00", "2026-10-26")],
    ids=["summer time", "winter time"],
)
def test_the_morning_after_the_clocks_change_says_what_ended_in_that_night_once(
    world: Any, filed: str, day: str
) -> None:
    publish(world, time_limits=[limit(6, on_expiry="lapse")])  # ends on Sunday at midnight
    factories.file(world, at=paris(filed))
    assert parts_at(f"{day} 07:00") == ["ended"]
    tomorrow = paris(f"{day} 07:00") + timedelta(days=1)
    assert lines_at(tomorrow, ALICE) == []


def test_the_last_day_of_a_month_is_a_day_like_another(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    publish(world, time_limits=[limit(1, "mois")])
    factories.file(world, at=paris("2026-03-31 09:00"))  # due on 30 April
    assert parts_at("2026-04-30 07:00") == ["today"]
    assert parts_at("2026-04-22 07:00") == []
    assert parts_at("2026-04-23 07:00") == ["week"]


def test_an_unknown_time_zone_stops_no_other_organisation(
    world: Any,
    other_world: Any,
    file_under: Callable[..., Dossier],
    caplog: pytest.LogCaptureFixture,
) -> None:
    file_under(limit(10))
    other = Organisation.objects.filter(pk=other_world.organisation.pk)
    other.update(time_zone="Europe/Pariss")
    assert [found.email for found in agendas_at(DUE_AT)] == [ALICE]
    assert "jour local inconnu" in caplog.text


# --- At what cost -------------------------------------------------------------------------------


def copies(dossier: Dossier, count: int) -> None:
    """As many more dossiers like that one, each with its deadlines."""
    deadlines = list(dossier.deadlines.all())
    for _copy in range(count):
        dossier.reference = f"CS-2026-9{dossier.pk:06}"
        dossier.pk, dossier.submission_key = None, None
        dossier.save(force_insert=True)
        for deadline in deadlines:
            deadline.pk, deadline.dossier = None, dossier
        Deadline.objects.bulk_create(deadlines)


def queries(now: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert agendas_at(now)
    return len(captured)


def test_the_cost_is_the_same_for_many_deadlines_and_people(
    world: Any, other_world: Any, file_under: Callable[..., Dossier]
) -> None:
    dossier = file_under(
        limit(10, escalate_to="direction"), limit(10, key="fin", on_expiry="lapse")
    )
    check_deadlines(LATE_AT)
    assert queries(LATE_AT) == 8
    copies(dossier, 50)
    world.user("bob").groups.add(*world.user("alice").groups.all())
    factories.file(other_world, at=paris("2026-04-08 09:00"))
    assert queries(LATE_AT) == 8
    assert [found.counts.total() for found in agendas_at(LATE_AT)][:2] == [102, 102]


def test_on_a_day_when_nobody_works_next_to_nothing_is_read(
    world: World, file_under: Callable[..., Dossier], django_assert_num_queries: Any
) -> None:
    file_under(limit(10))
    with django_assert_num_queries(3):
        assert agendas_at(paris("2026-04-11 07:00")) == []


def test_what_is_many_is_counted_and_the_first_lines_are_kept(
    file_under: Callable[..., Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agenda, "KEPT", 3)
    copies(file_under(limit(10)), 5)
    (alice,) = agendas_at(DUE_AT)
    assert (len(alice.sections[0].lines), alice.counts) == (3, {Part.TODAY: 6})


@pytest.mark.parametrize("index", ["deadline_of_the_day", "deadline_just_ended"])
def test_only_what_is_near_is_read(world: World, index: str) -> None:
    """The indexes made for it are used: the cost is that of what is due, not of what is kept."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # its planner reads a small table whole
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    offices = {office.organisation.pk: office for office in offices_at(DUE_AT)}
    plans = {
        "deadline_of_the_day": agenda.due_soon(offices, furthest=30),
        "deadline_just_ended": agenda.just_ended(offices, DUE_AT),
    }
    assert index in plans[index].values_list(*agenda.ROW).explain()
