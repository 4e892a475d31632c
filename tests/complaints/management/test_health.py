"""`manage.py health`: silent when all is well, one sentence for each thing that is not."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django_q.models import OrmQ
from django_q.status import Stat

from complaints.handling.clock import check_deadlines
from complaints.handling.erasure import erase_expired
from complaints.management.commands.health import find_problems
from complaints.models import Deadline, Dossier, Notice
from tests import factories
from tests.factories import paris

FILED_AT = paris("2026-03-30 09:00")
QUARTER = timedelta(minutes=16)


@pytest.fixture
def dossier(world: Any) -> Dossier:
    dossier = factories.file(world, at=FILED_AT).dossier
    OrmQ.objects.all().delete()
    return dossier


@pytest.fixture(autouse=True)
def _cluster(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A cluster says that it runs, but where the test is about its absence."""
    if "without_cluster" not in request.fixturenames:
        monkeypatch.setattr(Stat, "get_all", lambda: [object()])


@pytest.fixture
def without_cluster() -> None:
    """Nothing answers."""


def problems(at: datetime = FILED_AT) -> list[str]:
    return list(find_problems(at))


def test_all_is_well_when_nothing_waits(world: Any, capsys: pytest.CaptureFixture[str]) -> None:
    OrmQ.objects.all().delete()
    call_command("health")
    assert capsys.readouterr().out == "Tout va bien.\n"


def test_just_after_a_filing_all_is_well(dossier: Dossier) -> None:
    assert problems(FILED_AT + timedelta(minutes=1)) == []


def test_no_cluster_is_a_problem(without_cluster: None, world: Any) -> None:
    with pytest.raises(CommandError, match="Aucun ordonnanceur Django-Q") as failure:
        call_command("health")
    assert failure.value.returncode == 1


def test_the_oldest_waiting_notice_is_told_with_its_reason(dossier: Dossier) -> None:
    (told,) = problems(FILED_AT + QUARTER)
    assert told == (
        "3 envoi(s) en attente, le plus ancien depuis le 30/03/2026 à 09:00 : jamais essayé"
    )
    Notice.objects.update(last_error="Serveur de messagerie injoignable : panne")
    assert problems(FILED_AT + QUARTER)[0].endswith("injoignable : panne")


def test_a_failed_notice_is_told_for_a_week_with_its_dossier(dossier: Dossier) -> None:
    Notice.objects.update(state="failed", next_attempt_at=None, last_error="Refus définitif : 550")
    (told,) = problems()
    assert told == (
        "3 envoi(s) en échec depuis 7 jours, le dernier pour le dossier "
        f"{dossier.reference} : Refus définitif : 550"
    )
    assert problems(FILED_AT + timedelta(days=8))[1:] == []


def test_what_will_never_be_said_of_an_erased_dossier_is_no_problem(
    world: Any, dossier: Dossier
) -> None:
    factories.play(world, dossier, "noter_retrait", at=FILED_AT)
    Dossier.objects.update(erase_on=FILED_AT.date())
    assert erase_expired(FILED_AT) == 1
    assert Notice.objects.filter(state="failed").exists()
    assert problems(FILED_AT + QUARTER) == []


def test_a_scan_that_does_not_come_is_a_problem(dossier: Dossier) -> None:
    Notice.objects.all().delete()
    due = Deadline.objects.get(key="accuse_interne").next_check_at
    assert problems(due + timedelta(minutes=14)) == []
    assert problems(due + QUARTER) == [
        "1 échéance(s) attendent le contrôle depuis plus de 15 minutes."
    ]


def test_a_deadline_that_cannot_be_checked_is_a_problem(dossier: Dossier) -> None:
    Notice.objects.all().delete()
    Deadline.objects.filter(key="accuse_interne").update(key="inconnu")
    late = Deadline.objects.get(key="inconnu").late_from + QUARTER
    check_deadlines(late)
    (told,) = problems(late)
    assert told.startswith("1 échéance(s) dépassée(s) n’ont pas pu être traitée(s)")


def test_a_lateness_that_was_noted_is_the_teams_matter_not_the_operators(
    dossier: Dossier,
) -> None:
    late = Deadline.objects.get(key="accuse_interne").late_from + QUARTER
    check_deadlines(late)
    Notice.objects.all().delete()
    assert problems(late + QUARTER) == []


def test_every_problem_is_told_at_once(without_cluster: None, dossier: Dossier) -> None:
    with time_machine.travel(FILED_AT + timedelta(days=5), tick=False):
        with pytest.raises(CommandError) as failure:
            call_command("health")
        assert str(failure.value).count("\n") == 2


def test_each_line_says_what_to_do(without_cluster: None, world: Any) -> None:
    with pytest.raises(CommandError) as failure:
        call_command("health")
    assert str(failure.value).endswith(
        " → Démarrez «\u00a0manage.py qcluster\u00a0» sur le serveur."
    )
