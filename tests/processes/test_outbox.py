"""Mail and real processes: killed in the middle, without a server, two at once: nothing is lost."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.utils import timezone

from complaints.models import Dossier, Notice
from tests import factories
from tests.factories import ANSWERS, World
from tests.processes.clusters import Cluster, run_at_once
from tests.smtp_sink import SmtpSink, wait_until
from tests.stories.people import Visitor

pytestmark = pytest.mark.processes

Start = Callable[[], Cluster]


def file_dossiers(world: World, count: int) -> list[str]:
    """Filed by as many people; the Message-IDs of all that is to be said about it."""
    for n in range(count):
        factories.file(world, at=timezone.now(), courriel=f"personne{n}@exemple.example")
    return list(Notice.objects.values_list("message_id", flat=True))


def all_sent() -> bool:
    return not Notice.objects.exclude(state=Notice.State.SENT).exists()


def test_a_cluster_killed_while_a_message_is_on_its_way_loses_nothing(
    published: World, smtp_sink: SmtpSink, start_cluster: Start
) -> None:
    message_ids = file_dossiers(published, 3)
    smtp_sink.holding = True
    cluster = start_cluster()
    on_its_way = smtp_sink.wait_for(1)[0]["Message-ID"]
    cluster.kill()
    assert Notice.objects.filter(state=Notice.State.SENT).count() == 0
    smtp_sink.holding = False
    start_cluster()
    wait_until(all_sent, seconds=40)
    assert smtp_sink.message_ids == Counter(message_ids) + Counter([on_its_way])


def test_a_server_that_is_dead_keeps_nobody_from_filing_and_all_leaves_once_it_is_back(
    published: World, smtp_sink: SmtpSink, start_cluster: Start, told: dict[str, str]
) -> None:
    smtp_sink.stop()
    visitor = Visitor()
    start_cluster()
    visitor.file(ANSWERS)
    away = Notice.objects.filter(
        state=Notice.State.QUEUED, last_error__startswith="Serveur de messagerie injoignable"
    )
    wait_until(away.exists)
    number, code = visitor.file(ANSWERS | {"objet": "Une autre chose"})
    assert visitor.follow(number, code).status_code == 200
    assert Dossier.objects.count() == 2
    assert not Notice.objects.filter(state=Notice.State.SENT).exists()
    assert not Notice.objects.filter(state=Notice.State.FAILED).exists()
    assert run_at_once("health", [told]) == ["Tout va bien.\n"]  # it is young, and someone is at it
    smtp_sink.start()
    wait_until(all_sent, seconds=75)  # the scheduler looks every thirty seconds
    expected = Notice.objects.values_list("message_id", flat=True)
    assert smtp_sink.message_ids == Counter(expected)


def test_two_processes_that_empty_the_outbox_at_once_send_each_message_once(
    published: World, smtp_sink: SmtpSink, told: dict[str, str]
) -> None:
    message_ids = file_dossiers(published, 4)
    smtp_sink.delay = 0.02
    said = run_at_once("send_notices", [told | {"DOLEANCES_TIME_SCALE": "1"}] * 2)
    assert all("envoi(s) tenté(s)" in line for line in said)
    assert all_sent()
    assert smtp_sink.message_ids == Counter(message_ids)
