"""The PDF and a real worker: killed with one in hand, it is made all the same."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from complaints.models import ProcedureDocument
from pages.documents import make_document
from pages.models import StaleDocument
from tests.factories import World
from tests.processes.clusters import Cluster
from tests.smtp_sink import wait_until

pytestmark = pytest.mark.processes


def test_a_worker_killed_with_a_pdf_in_hand_leaves_the_old_one_until_the_new_one_is_made(
    published: World, start_cluster: Callable[[], Cluster]
) -> None:
    page = published.page
    make_document(page.pk)
    OrmQ.objects.all().delete()
    page.title = "Nouveau titre"
    page.save_revision().publish()
    cluster = start_cluster()
    wait_until(taken)
    cluster.kill()
    assert numbers() == [1], "the layout was over before the kill"
    page.refresh_from_db()
    assert page.live
    assert page.title == "Nouveau titre"
    assert StaleDocument.objects.filter(page=page).exists()
    # Django-Q gives the task again when its claim is over; no need to wait for that here.
    OrmQ.objects.update(lock=timezone.now() - timedelta(days=1))
    start_cluster()
    wait_until(lambda: numbers() == [1, 2])
    wait_until(lambda: not StaleDocument.objects.filter(page=page).exists())


def taken() -> bool:
    """A worker has the task in hand: its claim ends later."""
    return OrmQ.objects.filter(lock__gt=timezone.now() + timedelta(seconds=1)).exists()


def numbers() -> list[int]:
    return list(ProcedureDocument.objects.order_by("number").values_list("number", flat=True))
