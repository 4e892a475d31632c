"""The queue: what is late first, found in two clicks, at the same cost however long it is."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from complaints.desk import paging
from complaints.models import Dossier
from complaints.workflow.vocabulary import Channel, Severity
from tests.complaints.desk.conftest import words
from tests.factories import WHOLE_LIFE, World, file, play

pytestmark = pytest.mark.django_db
QUEUE = "dossiers:list"


def listed(client: Client, view: str = QUEUE, **asked: Any) -> list[str]:
    """The references that the list shows, in order."""
    answer = client.get(f"{reverse(view)}?{urlencode(asked, doseq=True)}")
    assert answer.status_code == 200
    return [dossier.reference for dossier in answer.context["object_list"]]


def change(dossier: Dossier, **values: Any) -> Dossier:
    Dossier.objects.filter(pk=dossier.pk).update(**values)
    return dossier


@pytest.fixture
def several(world: World) -> dict[str, Dossier]:
    """One late, one due soon, one due later, one with nothing due, one closed."""
    now, today = timezone.now(), timezone.localdate()
    closed = play(world, file(world, at=now).dossier, *WHOLE_LIFE, at=now)
    nothing = change(file(world, at=now, objet="Rien").dossier, next_due_on=None)
    later = change(file(world, objet="Plus tard").dossier, next_due_on=today + timedelta(20))
    late = change(file(world, objet="Trop tard").dossier, next_due_on=today - timedelta(3))
    soon = change(file(world, objet="Bientôt").dossier, next_due_on=today + timedelta(1))
    return {"closed": closed, "nothing": nothing, "later": later, "late": late, "soon": soon}


def refs(several: dict[str, Dossier], *names: str) -> list[str]:
    return [several[name].reference for name in names]


def test_open_dossiers_come_by_due_day_and_those_without_come_last(
    alice: Client, several: dict[str, Dossier]
) -> None:
    assert listed(alice) == refs(several, "late", "soon", "later", "nothing")


def test_lateness_is_written(alice: Client, several: dict[str, Dossier]) -> None:
    page = words(alice.get(reverse(QUEUE)))
    assert "en retard de 3 jours" in page
    assert "demain" in page
    assert "Dora Lemaire" in page
    assert "Recueil" in page


def test_each_situation_is_one_click(
    alice: Client, world: World, several: dict[str, Dossier]
) -> None:
    change(several["soon"], assigned_to=world.user("alice"))
    change(several["later"], assigned_to=world.user("diane"))
    assert listed(alice, situation="late") == refs(several, "late")
    assert listed(alice, situation="mine") == refs(several, "soon")
    assert listed(alice, situation="unassigned") == refs(several, "late", "nothing")
    assert listed(alice, situation="closed") == refs(several, "closed")
    assert set(listed(alice, situation="all")) == {d.reference for d in several.values()}


def test_the_situation_shown_is_marked_for_who_does_not_see(
    alice: Client, several: dict[str, Dossier]
) -> None:
    page = alice.get(reverse(QUEUE) + "?situation=late").content.decode()
    assert '<a href="/gestion/dossiers/?situation=late" aria-current="page">En retard</a>' in page


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"severity": ["high"]}, "late"),
        ({"channel": ["phone", "post"]}, "soon"),
        ({"phase": ["open"]}, "later"),
        ({"received_at_from": "2020-01-01", "received_at_to": "2020-12-31"}, "nothing"),
    ],
)
def test_filters_narrow_the_queue(
    alice: Client, several: dict[str, Dossier], asked: dict[str, Any], name: str
) -> None:
    change(several["late"], severity=Severity.HIGH)
    change(several["soon"], channel=Channel.PHONE)
    change(several["later"], phase="open", stage="registre")
    change(several["nothing"], received_at="2020-06-01T10:00:00+02:00")
    assert listed(alice, **asked) == refs(several, name)


def test_an_unknown_filter_value_is_no_error(alice: Client, several: dict[str, Dossier]) -> None:
    assert len(listed(alice, situation="ailleurs", phase="lune", ordering="mot de passe")) == 4


@pytest.mark.parametrize("order", ["received_at", "-received_at", "next_due_on", "-next_due_on"])
def test_columns_sort_both_ways_and_nothing_due_stays_last(
    alice: Client, several: dict[str, Dossier], order: str
) -> None:
    found = listed(alice, ordering=order)
    assert sorted(found) == sorted(refs(several, "late", "soon", "later", "nothing"))
    if "due" in order:
        assert found[-1] == several["nothing"].reference


def test_a_number_is_found_wherever_the_dossier_stands(
    alice: Client, several: dict[str, Dossier]
) -> None:
    reference = several["closed"].reference
    assert listed(alice, q=reference) == [reference]
    assert listed(alice, q=reference.lower()) == [reference]
    assert listed(alice, q=str(several["closed"].register_entry)) == [reference]


def test_the_beginning_of_a_number_finds_all_that_begin_so(
    alice: Client, several: dict[str, Dossier]
) -> None:
    beginning = several["closed"].reference.rpartition("-")[0]
    assert set(listed(alice, q=beginning)) == {d.reference for d in several.values()}


@pytest.mark.parametrize("text", ["trop tard", "TROP", "  Trop tard "])
def test_a_word_of_the_subject_is_found(
    alice: Client, several: dict[str, Dossier], text: str
) -> None:
    assert listed(alice, q=text) == refs(several, "late")


def test_a_complainant_is_found_by_name(alice: Client, world: World) -> None:
    mine = file(world, nom="Zoé Quéméner").dossier
    file(world)
    assert listed(alice, q="quéméner"[:4]) == [mine.reference]


@pytest.mark.parametrize("text", ["introuvable", "ZZ-2020-0001", "R-2020-0001", "100%", "'"])
def test_what_is_nowhere_finds_nothing(
    alice: Client, several: dict[str, Dossier], text: str
) -> None:
    assert listed(alice, q=text) == []


def test_the_results_alone_are_what_the_search_field_asks_for(
    alice: Client, several: dict[str, Dossier]
) -> None:
    assert listed(alice, view="dossiers:list_results", q="Bientôt") == refs(several, "soon")


def test_a_page_has_twenty_five_lines(alice: Client, world: World, one: Dossier) -> None:
    copies(one, 29)
    assert len(listed(alice)) == 25
    assert len(listed(alice, p=2)) == 5


def test_counting_stops_at_the_cap(
    alice: Client, one: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "COUNTED", 5)
    copies(one, 9)
    assert "Plus de 10 000 dossiers" in words(alice.get(reverse(QUEUE)))


def test_nothing_is_offered_that_would_write(alice: Client, several: dict[str, Dossier]) -> None:
    page = alice.get(reverse(QUEUE)).content.decode()
    assert "bulk" not in page
    assert "add/" not in page
    assert "edit/" not in page


def test_staff_of_two_organisations_choose_between_them(
    alice: Client, world: World, other_world: World, several: dict[str, Dossier]
) -> None:
    charlies = other_world.user("charlie").groups.get()
    world.user("alice").groups.add(charlies)
    theirs = file(other_world).dossier
    assert theirs.reference in listed(alice)
    assert listed(alice, organisation=other_world.organisation.pk) == [theirs.reference]
    assert len(listed(alice, organisation=world.organisation.pk)) == 4


def test_an_organisation_of_others_cannot_be_asked_for(
    charlie: Client, world: World, several: dict[str, Dossier]
) -> None:
    assert listed(charlie, organisation=world.organisation.pk) == []


@pytest.fixture
def one(world: World) -> Dossier:
    return file(world).dossier


def copies(dossier: Dossier, count: int) -> None:
    """Rows like that one; what they mean does not matter here."""
    party = dossier.complainant
    made = Dossier.objects.bulk_create(
        Dossier(
            **{
                field.attname: getattr(dossier, field.attname)
                for field in Dossier._meta.concrete_fields
                if field.attname not in ("id", "reference", "submission_key")
            },
            reference=f"CS-2030-{number:04}",
        )
        for number in range(count)
    )
    kept = {
        field.attname: getattr(party, field.attname)
        for field in type(party)._meta.concrete_fields
        if field.attname not in ("id", "dossier_id")
    }
    type(party).objects.bulk_create(type(party)(dossier=copy, **kept) for copy in made)


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # what is cached for the session is cached
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


# Ours: roles, count, page, versions, complainants. Wagtail's: session, user, rights, menus.
PAGE_QUERIES = 13


@pytest.mark.parametrize("asked", ["", "?situation=late", "?q=attestation", "?situation=all"])
def test_the_page_costs_the_same_with_one_dossier_and_with_sixty(
    alice: Client, one: Dossier, asked: str
) -> None:
    change(one, next_due_on=timezone.localdate() - timedelta(1))
    with_one = queries_of(alice, reverse(QUEUE) + asked)
    copies(one, 59)
    assert queries_of(alice, reverse(QUEUE) + asked) == with_one <= PAGE_QUERIES


def test_an_empty_queue_costs_no_more(alice: Client, world: World) -> None:
    assert queries_of(alice, reverse(QUEUE)) <= PAGE_QUERIES
