"""Opening a dossier by its number and code: in one browser, on its own site, for half an hour."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from complaints.models import Dossier, Event
from pages.views.tracking import EXPIRED, WRONG
from tests.factories import World, file, paris
from tests.pages.conftest import Visitor, fields, words


def plain(sentence: str) -> str:
    return sentence.replace("\u00a0", " ")


def test_number_and_code_open_the_dossier(world: World, visitor: Visitor) -> None:
    filed = file(world)
    response = visitor.follow(filed.dossier, filed.code)
    assert response.status_code == 303
    assert response["Location"] == f"/suivi/{filed.dossier.reference}/"
    assert visitor.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    "reference", [" cs-2026-0001 ", "\u202aCS 2026\u20110001\u202c", "CS-2026-0001"]
)
def test_they_are_read_as_people_copy_them(world: World, visitor: Visitor, reference: str) -> None:
    filed = file(world, at=paris("2026-03-30 09:00"))
    code = filed.code.lower().replace("-", " ")
    assert filed.dossier.reference == "CS-2026-0001"
    assert visitor.post("/suivi/", {"reference": reference, "code": code}).status_code == 303


@pytest.mark.parametrize(
    ("reference", "code"),
    [("CS-1999-0001", None), (None, "AAAAA-AAAAA-AAAAA-AAAAA"), (None, "%"), ("' OR ''='", "x")],
)
def test_a_wrong_pair_never_says_which_is_wrong(
    world: World, visitor: Visitor, reference: str | None, code: str | None
) -> None:
    filed = file(world)
    sent = {"reference": reference or filed.dossier.reference, "code": code or filed.code}
    response = visitor.post("/suivi/", sent)
    page = response.content.decode()
    assert response.status_code == 404
    assert plain(WRONG) in words(response)
    assert fields(response, "reference") == [sent["reference"]]
    assert "value" not in re.search(r'<input[^>]*name="code"[^>]*>', page)[0]
    assert visitor.get(f"/suivi/{filed.dossier.reference}/").status_code == 404


def test_an_empty_door_says_what_it_needs(visitor: Visitor) -> None:
    response = visitor.post("/suivi/", {"reference": "CS-2026-0001"})
    assert response.status_code == 422
    assert "Indiquez votre code de suivi." in words(response)
    assert fields(response, "reference") == ["CS-2026-0001"]


def test_the_door_is_not_opened_from_another_site(world: World) -> None:
    filed = file(world)
    strict = Visitor(client=Client(enforce_csrf_checks=True))
    assert strict.follow(filed.dossier, filed.code).status_code == 403


def test_another_site_has_never_heard_of_it(
    world: World, visitor: Visitor, elsewhere: Visitor, followed: Dossier
) -> None:
    filed = file(world)
    address = f"/suivi/{filed.dossier.reference}/"
    assert elsewhere.follow(filed.dossier, filed.code).status_code == 404
    visitor.follow(filed.dossier, filed.code)
    elsewhere.client.cookies = visitor.client.cookies
    assert visitor.get(address).status_code == 200
    assert elsewhere.get(address).status_code == 404
    assert elsewhere.post(f"{address}message/", {"body": "Bonjour", "seen": "1"}).status_code == 404


@pytest.mark.parametrize("reference", ["CS-2026-9999", "AF-2026-0001", "..", "%00"])
def test_a_dossier_that_was_not_opened_asks_for_its_code_whatever_its_number(
    visitor: Visitor, reference: str
) -> None:
    response = visitor.get(f"/suivi/{reference}/")
    assert response.status_code == 404
    assert "indiquez son numéro et son code de suivi" in words(response)


def test_opening_changes_the_name_of_the_session(world: World, visitor: Visitor) -> None:
    first, second = file(world), file(world, objet="Autre chose")
    visitor.follow(first.dossier, first.code)
    before = visitor.client.cookies["sessionid"].value
    visitor.follow(second.dossier, second.code)
    assert visitor.client.cookies["sessionid"].value != before
    assert visitor.get(f"/suivi/{first.dossier.reference}/").status_code == 200


def test_half_an_hour_idle_closes_the_dossier(visitor: Visitor, followed: Dossier) -> None:
    now = timezone.now()
    address = f"/suivi/{followed.reference}/"
    for minutes in (29, 58, 87):
        with time_machine.travel(now + timedelta(minutes=minutes)):
            assert visitor.get(address).status_code == 200
    with time_machine.travel(now + timedelta(minutes=118)):
        response = visitor.get(address)
    assert response.status_code == 404
    assert plain(EXPIRED) in words(response)
    assert fields(response, "reference") == [followed.reference]


def test_what_was_being_written_then_is_given_back(visitor: Visitor, followed: Dossier) -> None:
    before = Event.objects.count()
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        response = visitor.post(
            f"/suivi/{followed.reference}/message/",
            {"body": "Une longue explication.", "seen": "1"},
        )
    assert response.status_code == 404
    assert "Une longue explication.</textarea>" in response.content.decode()
    assert Event.objects.count() == before


def test_leaving_closes_every_dossier(visitor: Visitor, followed: Dossier) -> None:
    response = visitor.post("/suivi/quitter/")
    assert response.status_code == 303
    assert "refermé sur cet appareil" in words(visitor.get(response["Location"]))
    assert visitor.get(f"/suivi/{followed.reference}/").status_code == 404


def test_an_erased_dossier_opens_to_nobody(visitor: Visitor, followed: Dossier) -> None:
    Dossier.objects.filter(pk=followed.pk).update(tracking_hash="")
    assert visitor.get(f"/suivi/{followed.reference}/").status_code == 404


@pytest.mark.parametrize("path", ["/suivi/", "/suivi/{reference}/"])
def test_a_page_of_follow_up_leaves_no_copy(visitor: Visitor, followed: Dossier, path: str) -> None:
    response = visitor.get(path.format(reference=followed.reference))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    "path", ["quitter/", "{reference}/message/", "{reference}/action/retirer/"]
)
def test_an_address_that_is_only_posted_shows_the_way_back(
    visitor: Visitor, followed: Dossier, path: str
) -> None:
    response = visitor.get("/suivi/" + path.format(reference=followed.reference))
    assert response.status_code == 405
    assert "Rien n’a été envoyé" in words(response)
