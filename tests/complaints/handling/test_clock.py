"""One scan of what is due: each warning, lateness and end once, whoever scans, however late.

The scan writes facts; what people read of them is the digest of the morning.
"""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import OperationalError

from complaints.handling import clock
from complaints.handling.clock import ASIDE, Report, check_deadlines
from complaints.handling.digests import send_digests
from complaints.models import Deadline, Dossier, Notice
from complaints.models.event import first_broken_event
from complaints.workflow.vocabulary import EventKind
from tests import factories
from tests.complaints.handling.rules import limit, publish, with_item, with_move
from tests.factories import paris

SECOND = timedelta(seconds=1)
WARNED_AT = paris("2026-04-07 00:00")  # two days before a due date of 9 April
LATE_AT = paris("2026-04-10 00:00")


@pytest.fixture
def file_under(world: Any) -> Callable[..., Dossier]:
    """A dossier filed on 30 March 2026 under these time limits; nothing waits in its outbox."""

    def file(*limits: dict[str, Any], **changes: Any) -> Dossier:
        publish(world, time_limits=list(limits), **changes)
        dossier = factories.file(world, at=paris("2026-03-30 09:00")).dossier
        Notice.objects.all().delete()
        return dossier

    return file


def facts(dossier: Dossier) -> list[str]:
    """What the journal tells after the filing."""
    return [event.kind for event in dossier.events.order_by("number")][1:]


def written() -> list[str]:
    """To whom something has been written."""
    return sorted(Notice.objects.values_list("to", flat=True))


def told(at: datetime) -> list[str]:
    """To whom the digest of that morning goes; the scan itself has written to nobody."""
    assert written() == []
    send_digests(at.replace(hour=7))
    return written()


def move_to_the_direction(login: str, world: Any) -> None:
    user, diane = world.user(login), world.user("diane")
    user.groups.add(*diane.groups.all())


def test_a_warning_is_given_once_on_its_day(file_under: Callable[..., Dossier]) -> None:
    dossier = file_under(limit(10, warn_days=[2]))
    assert check_deadlines(WARNED_AT - SECOND) == Counter()
    assert check_deadlines(WARNED_AT) == Counter(warned=1)
    assert check_deadlines(WARNED_AT) == Counter()
    assert facts(dossier) == ["deadline_warned"]
    assert dossier.deadlines.get().warned_at == WARNED_AT


def test_a_warning_goes_to_the_owner_and_names_no_complainant(
    file_under: Callable[..., Dossier],
) -> None:
    dossier = file_under(limit(10, warn_days=[2]))
    check_deadlines(WARNED_AT)
    assert told(WARNED_AT) == ["alice@connectsens.example"]
    notice = Notice.objects.get()
    assert notice.subject == "Vos dossiers : 1 cette semaine"
    line = f"{dossier.reference}\nEssai\njeudi 9 avril 2026, dans 2 jours\n"
    assert line in notice.body
    assert "Lemaire" not in notice.subject + notice.body


def test_a_warning_given_long_before_is_told_that_morning(
    file_under: Callable[..., Dossier],
) -> None:
    file_under(limit(18, warn_days=[10]))
    check_deadlines(WARNED_AT)
    assert told(WARNED_AT) == ["alice@connectsens.example"]
    assert Notice.objects.get().subject == "Vos dossiers : 1 à venir"


def test_a_lateness_is_noted_once_the_day_after(file_under: Callable[..., Dossier]) -> None:
    dossier = file_under(limit(10))
    assert check_deadlines(LATE_AT - SECOND) == Counter()
    assert check_deadlines(LATE_AT) == Counter(late=1)
    assert check_deadlines(LATE_AT + timedelta(days=30)) == Counter()
    deadline = dossier.deadlines.get()
    assert (deadline.late_at, deadline.state) == (LATE_AT, "running")
    assert facts(dossier) == ["deadline_missed"]


def test_a_lateness_says_whom_it_alerts(file_under: Callable[..., Dossier]) -> None:
    dossier = file_under(limit(10, escalate_to="direction"), limit(10, key="autre"))
    check_deadlines(LATE_AT)
    missed = dossier.events.filter(kind=EventKind.DEADLINE_MISSED).order_by("number")
    assert [event.data for event in missed] == [
        {"limit": "essai", "due_on": "2026-04-09", "escalated_to": "Direction"},
        {"limit": "autre", "due_on": "2026-04-09"},
    ]


def test_a_lateness_is_told_to_the_owner_and_to_whom_it_escalates(
    file_under: Callable[..., Dossier],
) -> None:
    file_under(limit(10, escalate_to="direction"))
    check_deadlines(LATE_AT)
    assert told(LATE_AT) == ["alice@connectsens.example", "diane@connectsens.example"]
    assert {notice.subject for notice in Notice.objects.all()} == {"Vos dossiers : 1 en retard"}


def test_a_person_who_holds_both_roles_is_told_once(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    move_to_the_direction("alice", world)
    file_under(limit(10, escalate_to="direction"))
    check_deadlines(LATE_AT)
    assert told(LATE_AT) == ["alice@connectsens.example", "diane@connectsens.example"]
    assert Notice.objects.get(to__startswith="alice@").subject == "Vos dossiers : 1 en retard"


def test_a_person_who_left_is_told_nothing(world: Any, file_under: Callable[..., Dossier]) -> None:
    get_user_model().objects.filter(username="alice").update(is_active=False)
    file_under(limit(10, escalate_to="direction"))
    check_deadlines(LATE_AT)
    assert told(LATE_AT) == ["diane@connectsens.example"]


def test_a_warning_whose_owner_left_reaches_who_sees_the_dossiers(
    file_under: Callable[..., Dossier],
) -> None:
    get_user_model().objects.filter(username="alice").update(is_active=False)
    file_under(limit(10, warn_days=[2]))
    check_deadlines(WARNED_AT)
    assert told(WARNED_AT) == ["diane@connectsens.example"]


def test_after_days_of_silence_one_warning_is_enough(file_under: Callable[..., Dossier]) -> None:
    dossier = file_under(limit(10, warn_days=[7, 5, 2]))
    assert check_deadlines(WARNED_AT + timedelta(days=1)) == Counter(warned=1)
    assert check_deadlines(WARNED_AT + timedelta(days=2)) == Counter()
    assert check_deadlines(LATE_AT) == Counter(late=1)
    assert facts(dossier) == ["deadline_warned", "deadline_missed"]


def test_when_it_is_late_already_no_warning_is_given(file_under: Callable[..., Dossier]) -> None:
    dossier = file_under(limit(10, warn_days=[7, 5, 2]))
    assert check_deadlines(LATE_AT + timedelta(days=3)) == Counter(late=1)
    assert facts(dossier) == ["deadline_missed"]


@pytest.mark.parametrize("on_expiry", ["lapse", "open_window"])
def test_a_right_ends_with_a_fact_and_nobody_is_late(
    file_under: Callable[..., Dossier], on_expiry: str
) -> None:
    dossier = file_under(limit(10, on_expiry=on_expiry))
    assert check_deadlines(LATE_AT) == Counter(ended=1)
    assert check_deadlines(LATE_AT) == Counter()
    assert facts(dossier) == ["deadline_lapsed"]
    assert dossier.deadlines.get().state == "ended"
    assert told(LATE_AT) == ["alice@connectsens.example"]
    assert Notice.objects.get().subject == "Vos dossiers : 1 délai écoulé"


def test_a_right_of_a_closed_dossier_ends_in_silence(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    dossier = file_under(limit(10, on_expiry="lapse", warn_days=[2]))
    factories.play(world, dossier, "noter_retrait", at=paris("2026-04-01 09:00"))
    Notice.objects.all().delete()
    assert check_deadlines(WARNED_AT) == Counter(silent=1)
    assert check_deadlines(LATE_AT) == Counter(ended=1)
    assert facts(dossier)[-1] == "deadline_lapsed"
    assert "deadline_warned" not in facts(dossier)
    assert told(LATE_AT) == []


@pytest.mark.parametrize("at", [WARNED_AT, LATE_AT])
def test_a_duty_left_running_on_a_closed_dossier_warns_nobody(
    world: Any, file_under: Callable[..., Dossier], at: Any
) -> None:
    dossier = file_under(limit(10, warn_days=[2]))
    factories.play(world, dossier, "noter_retrait", at=paris("2026-04-01 09:00"))
    Notice.objects.all().delete()
    Deadline.objects.update(state="running", next_check_at=at)
    before = facts(dossier)
    assert check_deadlines(at) == Counter(silent=1)
    assert (facts(dossier), told(at)) == (before, [])
    assert dossier.deadlines.get().state == "cancelled"


def test_the_queue_follows_the_clock(file_under: Callable[..., Dossier]) -> None:
    dossier = file_under(limit(10), limit(20, key="autre"))
    check_deadlines(LATE_AT)
    dossier.refresh_from_db()
    assert str(dossier.next_due_on) == "2026-04-09"
    assert dossier.event_count == dossier.events.count()
    assert first_broken_event(dossier) is None


def tacit_closure(world: Any) -> dict[str, Any]:
    """Rules under which the clock may close what waits for the complainant."""
    # « clore » leaves from where the dossier is, so its former sources need another way out.
    finish = {
        "key": "finir",
        "label": "Finir",
        "deed": "close",
        "sources": ["prevention", "retour", "mediation"],
        "to": "dossier",
        "roles": ["direction"],
    }
    return {
        "roles": with_item(world, "roles", key="clock", label="Horloge"),
        "moves": [*with_move(world, "clore", sources=["recueil"], roles=["clock"]), finish],
    }


def test_a_tacit_closure_closes_the_dossier_with_its_letter(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    dossier = file_under(limit(10, on_expiry="close"), **tacit_closure(world))
    assert check_deadlines(LATE_AT) == Counter(ended=1)
    dossier.refresh_from_db()
    assert (dossier.stage, dossier.closed_at) == ("dossier", LATE_AT)
    assert facts(dossier) == ["deadline_lapsed", "closed"]
    closing = dossier.events.get(kind=EventKind.CLOSED)
    assert closing.actor_label == "Horloge"
    assert closing.personal["reason"] == "Clôture tacite. Essai : délai échu."
    assert written() == ["dora@exemple.example"]
    assert dossier.event_count == 3
    assert first_broken_event(dossier) is None
    assert check_deadlines(LATE_AT) == Counter()


def test_a_tacit_closure_shortens_a_subject_that_the_facts_made_too_long(
    world: Any, file_under: Callable[..., Dossier]
) -> None:
    letters = [
        letter | {"subject": "Clôture\u00a0: {objet}"}
        for letter in world.page.version.definition["letters"]
    ]
    dossier = file_under(limit(10, on_expiry="close"), letters=letters, **tacit_closure(world))
    Dossier.objects.update(subject="Attestation jamais reçue. " * 11)
    assert check_deadlines(LATE_AT) == Counter(ended=1)
    subject = dossier.letters.get(template="cloture").subject
    assert subject.startswith("Clôture\u00a0: Attestation jamais reçue. Attestation")
    assert len(subject) <= 200


def test_without_a_move_open_to_the_clock_the_end_is_only_noted(
    file_under: Callable[..., Dossier],
) -> None:
    dossier = file_under(limit(10, on_expiry="close"), checked=False)
    assert check_deadlines(LATE_AT) == Counter(ended=1)
    dossier.refresh_from_db()
    assert dossier.is_open
    assert facts(dossier) == ["deadline_lapsed"]


@pytest.fixture
def three_due(world: Any, file_under: Callable[..., Dossier]) -> list[Dossier]:
    """Three late dossiers; the rules of the second one do not know its time limit."""
    dossiers = [file_under(limit(10)), factories.file(world, at=paris("2026-03-30 10:00")).dossier]
    dossiers.append(factories.file(world, at=paris("2026-03-30 11:00")).dossier)
    Notice.objects.all().delete()
    dossiers[1].deadlines.update(key="inconnu")
    return dossiers


def test_a_deadline_that_cannot_be_checked_stops_no_other(
    three_due: list[Dossier], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        report = check_deadlines(LATE_AT)
    assert report == Counter(late=2, broken=1)
    assert "1 échéance(s) impossible(s) à contrôler" in str(report)
    assert [facts(dossier) for dossier in three_due] == [
        ["deadline_missed"],
        [],
        ["deadline_missed"],
    ]
    assert f"Échéance {three_due[1].deadlines.get().pk}" in caplog.text


def test_a_deadline_that_cannot_be_checked_is_looked_at_again_later(
    three_due: list[Dossier],
) -> None:
    check_deadlines(LATE_AT)
    assert three_due[1].deadlines.get().next_check_at == LATE_AT + ASIDE
    assert check_deadlines(LATE_AT + ASIDE - SECOND) == Counter()
    three_due[1].deadlines.update(key="essai")
    assert check_deadlines(LATE_AT + ASIDE) == Counter(late=1)


def test_what_fails_half_way_leaves_nothing_behind(
    three_due: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = clock._save

    def save_then_fail(*args: Any) -> None:
        real(*args)
        raise RuntimeError("panne")

    monkeypatch.setattr(clock, "_save", save_then_fail)
    assert check_deadlines(LATE_AT) == Counter(broken=3)
    assert [facts(dossier) for dossier in three_due] == [[], [], []]
    assert not Deadline.objects.filter(late_at__isnull=False).exists()


def test_a_busy_database_is_for_the_next_scan(
    three_due: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(clock, "_tell", fail)
    assert check_deadlines(LATE_AT) == Counter(busy=3)
    monkeypatch.undo()
    assert check_deadlines(LATE_AT) == Counter(late=2, broken=1)


@pytest.mark.parametrize("batch", [1, 2, 3, 500])
def test_a_scan_takes_all_that_is_due_batch_after_batch(
    three_due: list[Dossier], monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(clock, "BATCH", batch)
    assert check_deadlines(LATE_AT) == Counter(late=2, broken=1)


def test_a_scan_that_lasts_too_long_leaves_the_rest_to_the_next_one(
    three_due: list[Dossier],
) -> None:
    reports = [check_deadlines(LATE_AT, seconds=0) for _ in range(4)]
    assert reports == [Counter(late=1), Counter(broken=1), Counter(late=1), Counter()]


def test_a_scan_reads_only_what_is_due(
    world: Any, dossier: Dossier, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        check_deadlines(paris("2026-03-30 09:00"))


def test_the_command_says_what_was_done(
    file_under: Callable[..., Dossier], capsys: pytest.CaptureFixture[str]
) -> None:
    file_under(limit(10))
    with time_machine.travel(LATE_AT, tick=False):
        call_command("check_deadlines")
    assert "1 retard(s)" in capsys.readouterr().out


def test_the_command_fails_when_a_deadline_cannot_be_checked(three_due: list[Dossier]) -> None:
    said = r"2 retard\(s\).* 1 échéance\(s\) impossible"
    with time_machine.travel(LATE_AT, tick=False), pytest.raises(CommandError, match=said):
        call_command("check_deadlines")


def test_a_report_says_everything_even_what_did_not_happen() -> None:
    assert str(Report()).count("0 ") == len(clock.WORDS)
