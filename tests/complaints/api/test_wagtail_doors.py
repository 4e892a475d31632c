"""Wagtail's own addresses open the published pages, and no dossier to anybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import APIToken

from complaints.models import Dossier, Event
from tests.factories import ANSWERS, World, file

PREFIX = "/api/v3/"
BEARERS = ("alice", "bob", "diane", "charlie", "root", "nobody")
OUR_MODELS = [model._meta.label for model in apps.get_app_config("complaints").get_models()]
Headers = dict[str, str]


@pytest.fixture
def dossier(world: World) -> Dossier:
    return file(world).dossier


@pytest.fixture
def bearer(world: World, other_world: World) -> Callable[[str], Headers]:
    """The headers of a program that works for that person; « nobody » has no key."""

    def headers(login: str) -> Headers:
        if login == "nobody":
            return {}
        users = get_user_model().objects
        if login == "root":
            users.create_superuser("root", "root@exemple.example", "root")
        _, key = APIToken.create_token(user=users.get(username=login), name="Essai")
        return {"Authorization": f"Bearer {key}"}

    return headers


def reads(client: Client, dossier: Dossier, page: int) -> list[str]:
    """Every address of the document that can be read, asked about that dossier."""
    paths = client.get(f"{PREFIX}openapi.json").json()["paths"]
    known = {
        "{type}": "complaints.Dossier",
        "{type_name}": "complaints.Dossier",
        "{slug}": "cs-proc-rec",
        "{pk}": str(dossier.pk),
        "{page_id}": str(page),
    }
    return [
        "/".join(known.get(part, str(dossier.pk) if part[:1] == "{" else part) for part in parts)
        for parts in (path.split("/") for path, verbs in paths.items() if "get" in verbs)
    ]


@pytest.mark.parametrize("login", BEARERS)
def test_no_address_lets_a_dossier_out(
    client: Client,
    world: World,
    dossier: Dossier,
    bearer: Callable[[str], Headers],
    login: str,
) -> None:
    headers = bearer(login)
    secrets = (dossier.reference, ANSWERS["nom"], ANSWERS["courriel"], ANSWERS["faits"])
    addresses = reads(client, dossier, world.page.pk)
    assert len(addresses) > 15
    told = {address: client.get(address, headers=headers).content.decode() for address in addresses}
    assert [a for a, text in told.items() if any(secret in text for secret in secrets)] == []


@pytest.mark.parametrize("label", OUR_MODELS)
def test_none_of_our_nouns_is_a_snippet_for_programs(
    client: Client, dossier: Dossier, bearer: Callable[[str], Headers], label: str
) -> None:
    headers = bearer("root")
    assert client.get(f"{PREFIX}snippets/{label}/", headers=headers).status_code == 422
    assert client.get(f"{PREFIX}snippets/{label}/1/", headers=headers).status_code == 422
    assert client.get(f"{PREFIX}schema/{label}/", headers=headers).status_code == 404


def test_the_only_content_of_ours_is_the_page(
    client: Client, world: World, bearer: Callable[[str], Headers]
) -> None:
    types = client.get(f"{PREFIX}schema/", headers=bearer("root")).json()["types"]
    assert {t["name"] for t in types if t["name"].split(".")[0] in {"complaints", "pages"}} == {
        "pages.ProcedurePage"
    }


@pytest.mark.parametrize("login", BEARERS)
def test_no_program_writes_a_dossier_through_wagtail(
    client: Client, dossier: Dossier, bearer: Callable[[str], Headers], login: str
) -> None:
    headers, before = bearer(login), Dossier.objects.values().get(pk=dossier.pk)
    one = f"{PREFIX}snippets/complaints.Dossier/{dossier.pk}/"
    refused: list[Any] = [
        client.post(
            f"{PREFIX}snippets/complaints.Dossier/", {}, "application/json", headers=headers
        ),
        client.patch(one, {"subject": "Faux"}, "application/json", headers=headers),
        client.delete(one, headers=headers),
        client.post(f"{one}actions/delete/", headers=headers),
        client.post(f"{one}actions/publish/", headers=headers),
    ]
    assert {response.status_code for response in refused} <= {401, 405, 422}
    assert Dossier.objects.values().get() == before
    assert Event.objects.count() == before["event_count"]
