"""The direction lets dossiers follow another version: chosen, shown, done, one by one."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from complaints.models import Dossier, ProcedureVersion
from tests import factories
from tests.benchmarks.filling import multiply
from tests.complaints.desk.conftest import words
from tests.complaints.handling.clocked import file_under
from tests.complaints.handling.rules import limit, publish
from tests.factories import World

pytestmark = pytest.mark.django_db
TEN = limit(10, key="reponse", label="Réponse")


@pytest.fixture
def diane(log_in: Callable[[str], Client]) -> Client:
    return log_in("diane")


@pytest.fixture
def two(world: World) -> list[Dossier]:
    """Both under a version with ten days for the answer; the newest gives twenty."""
    now = timezone.now()
    return [
        file_under(world, TEN, at=f"{timezone.localdate(now)} 09:00"),
        factories.file(world, at=now).dossier,
    ]


@pytest.fixture
def version(world: World, two: list[Dossier]) -> ProcedureVersion:
    return publish(world, time_limits=[limit(20, key="reponse", label="Réponse")])


def screen(version: ProcedureVersion) -> str:
    name = "wagtailsnippets_complaints_procedure:migrate"
    return reverse(name, args=[version.procedure_id, version.number])


def chosen(*dossiers: Dossier, **more: Any) -> dict[str, Any]:
    for dossier in dossiers:
        dossier.refresh_from_db()
    ticked = [f"{dossier.pk}:{dossier.event_count}" for dossier in dossiers]
    return {"dossier": ticked, "reason": "Plus de temps pour tous."} | more


def versions(dossiers: list[Dossier]) -> list[int]:
    found = Dossier.objects.filter(pk__in=[d.pk for d in dossiers]).order_by("pk")
    return list(found.values_list("procedure_version__number", flat=True))


def ticks(answer: HttpResponse) -> list[str]:
    return re.findall(r'name="dossier" value="(\d+:\d+)"', answer.content.decode())


def test_shown_first_then_done(diane: Client, two: list[Dossier], version: Any) -> None:
    before = versions(two)
    assert ticks(diane.get(screen(version))) == chosen(*two)["dossier"]
    shown = diane.post(screen(version), chosen(*two))
    assert words(shown).count("Réponse : ") == 2
    assert words(shown).count(" devient ") == 2
    assert "Passer 2 dossiers à la version" in words(shown)
    assert versions(two) == before
    done = diane.post(screen(version), chosen(*two, done="1"))
    assert "2 dossiers suivent maintenant" in words(done)
    assert versions(two) == [version.number] * 2
    assert "Aucun dossier en cours ne suit" in words(diane.get(screen(version)))


def test_the_journal_tells_it_in_words(
    diane: Client, two: list[Dossier], version: ProcedureVersion
) -> None:
    diane.post(screen(version), chosen(*two, done="1"))
    page = words(diane.get(reverse("dossiers:inspect", args=[two[0].pk])))
    assert f"Nouvelle version : {version.number}" in page
    assert "Motif : Plus de temps pour tous." in page


def test_one_that_moved_since_stays_and_the_other_goes(
    diane: Client, world: World, two: list[Dossier], version: ProcedureVersion
) -> None:
    data = chosen(*two, done="1")
    factories.play(world, two[0], "accuser", at=timezone.now())
    done = words(diane.post(screen(version), data))
    assert "N’a pas changé : Ce dossier a changé depuis" in done
    assert versions(two) == [version.number - 1, version.number]


def test_one_that_does_not_map_is_not_offered_and_says_why(
    diane: Client, world: World, two: list[Dossier], version: ProcedureVersion
) -> None:
    newest = publish(world, time_limits=[limit(5, key="autre", label="Autre")])
    page = diane.get(screen(newest))
    assert words(page).count("Son délai « Réponse » n’existe pas dans la version") == 2
    assert page.content.decode().count("disabled") >= 2
    shown = words(diane.post(screen(newest), chosen(*two)))
    assert shown.count("Ne changera pas :") == 2
    assert "Passer" not in shown.partition("Motif")[2]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"reason": "Oui."}, "Cochez au moins un dossier."),
        ({"dossier": ["999999:1"], "reason": "Oui."}, "n’est plus à choisir ici"),
        ({"dossier": ["x"], "reason": "Oui."}, "n’est plus à choisir ici"),
    ],
)
def test_nothing_chosen_or_no_dossier_of_theirs(
    diane: Client, version: ProcedureVersion, data: dict[str, Any], told: str
) -> None:
    answer = diane.post(screen(version), data)
    assert answer.status_code == 422
    assert told in words(answer)


def test_without_a_reason_what_was_ticked_stays_ticked(
    diane: Client, two: list[Dossier], version: ProcedureVersion
) -> None:
    answer = diane.post(screen(version), chosen(two[1], reason=""))
    assert answer.status_code == 422
    assert answer.content.decode().count(" checked") == 1
    answer = diane.post(screen(version), chosen(two[1], letter="Le {motif}"))
    assert "« {motif} » ne serait remplacé par rien." in words(answer)
    again = diane.post(screen(version), chosen(two[0], again="1", letter="Bonjour"))
    assert "Bonjour" in again.content.decode()


@pytest.mark.parametrize("login", ["alice", "bob", "charlie"])
def test_it_is_for_the_direction(
    log_in: Callable[[str], Client], two: list[Dossier], version: ProcedureVersion, login: str
) -> None:
    assert log_in(login).get(screen(version)).status_code == 404
    assert log_in(login).post(screen(version), chosen(*two, done="1")).status_code == 404
    assert versions(two) == [version.number - 1] * 2


def test_the_list_is_paged_and_costs_the_same(
    diane: Client,
    two: list[Dossier],
    version: ProcedureVersion,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    diane.get(screen(version))
    with django_assert_max_num_queries(25) as asked:
        diane.get(screen(version))
    before = len(asked)
    multiply(two[1], 30)
    with django_assert_max_num_queries(before):
        page = diane.get(screen(version))
    assert len(ticks(page)) == 25
    after = re.search(r"\?apres=\d+", page.content.decode()).group()
    assert len(ticks(diane.get(screen(version) + after))) == 7
