"""What the database itself refuses, whoever writes."""

from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from complaints.models import Deadline, Dossier, Event, Letter, Measure, Notice, Party
from tests import factories
from tests.factories import paris

AT = paris("2026-03-30 09:00")


@pytest.fixture
def dossier(world: Any) -> Dossier:
    return factories.file(world, at=AT).dossier


def refused(rows: models.QuerySet, **values: Any) -> None:
    assert rows.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"phase": "closed"},
        {"is_open": False},
        {"phase": "closed", "is_open": False},
        {"phase": "erased", "is_open": False, "closed_at": None},
    ],
)
def test_a_closed_dossier_is_closed_in_all_its_columns(
    dossier: Dossier, values: dict[str, Any]
) -> None:
    refused(Dossier.objects.filter(pk=dossier.pk), **values)


@pytest.mark.parametrize("state", ["paused", "met", "ended", "cancelled"])
def test_only_a_running_deadline_is_looked_at(dossier: Dossier, state: str) -> None:
    refused(dossier.deadlines.filter(next_check_at__isnull=False), state=state)


def test_a_limit_runs_once_at_a_time(dossier: Dossier) -> None:
    refused(dossier.deadlines.filter(key="reponse"), key="reponse_interne")


@pytest.mark.parametrize("state", ["sent", "failed", "bounced"])
def test_only_a_waiting_notice_is_tried(dossier: Dossier, state: str) -> None:
    refused(dossier.notices.all(), state=state)


def test_a_message_id_is_used_once(dossier: Dossier) -> None:
    refused(Notice.objects.all(), message_id="<deux@exemple.example>")


def test_a_letter_has_a_number_of_its_own(world: Any, dossier: Dossier) -> None:
    factories.play(world, dossier, "accuser", at=AT)
    refused(dossier.letters.all(), number="C-2026-0001")


def test_a_pdf_has_its_digest(dossier: Dossier) -> None:
    refused(Letter.objects.all(), pdf="letter/zz/x.pdf")


def test_a_dossier_has_one_complainant(dossier: Dossier) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.create(dossier=dossier, role="complainant")


def test_a_measure_is_done_before_its_effect_is_checked(world: Any) -> None:
    Measure.objects.create(
        organisation=world.organisation,
        nature="corrective",
        description="Essai",
        planned_on=AT.date(),
    )
    refused(Measure.objects.all(), effect_checked_on=AT.date())


def test_a_journal_has_one_line_per_number(world: Any, dossier: Dossier) -> None:
    factories.play(world, dossier, "accuser", at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Event).filter(dossier=dossier).update(number=1)


def test_nothing_due_is_forgotten_by_the_index(dossier: Dossier) -> None:
    assert Deadline.objects.to_check(AT).count() == 0
    assert Deadline.objects.to_check(paris("2027-12-31 00:00")).count() == 4
