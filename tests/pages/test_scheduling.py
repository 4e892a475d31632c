"""A page written for a day to come: the schedule publishes it, and its PDF follows."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from complaints.handling.schedules import publish_scheduled
from pages.models import ProcedurePage, StaleDocument
from tests.factories import World


def scheduled(world: World, delay: timedelta) -> ProcedurePage:
    """The page with another title, approved for a moment from now on."""
    page = ProcedurePage.objects.get(pk=world.page.pk)
    page.title, page.go_live_at = "À partir de demain", timezone.now() + delay
    revision = page.save_revision(approved_go_live_at=page.go_live_at)
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=page.go_live_at)
    OrmQ.objects.all().delete()
    StaleDocument.objects.all().delete()
    publish_scheduled()
    return ProcedurePage.objects.get(pk=world.page.pk)


def test_a_page_whose_moment_has_come_is_published_and_printed(world: World) -> None:
    page = scheduled(world, -timedelta(minutes=1))
    assert page.title == "À partir de demain"
    assert [(task.func(), task.args()) for task in OrmQ.objects.all()] == [
        ("pages.documents.make_document", (page.pk,))
    ]
    assert StaleDocument.objects.filter(page=page).exists()


@pytest.mark.parametrize("delay", [timedelta(minutes=1), timedelta(days=40)])
def test_before_its_moment_visitors_read_the_page_of_before(world: World, delay: timedelta) -> None:
    assert scheduled(world, delay).title == world.page.title
    assert not OrmQ.objects.exists()
