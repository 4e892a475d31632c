"""One address that asks too much waits; it cannot pass itself off as another."""

from typing import Any

import pytest
from django.test import Client

from complaints.api.public import router
from tests.factories import World

ADDRESS = "/api/v3/complaints/procedures/"
PROXY = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.fixture(autouse=True)
def _two_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same limit, reached sooner."""
    monkeypatch.setattr(router.throttle, "num_requests", 2)


def statuses(client: Client, *headers: dict[str, str], remote: str = "192.0.2.1") -> list[int]:
    return [client.get(ADDRESS, headers=h, REMOTE_ADDR=remote).status_code for h in headers]


def test_the_third_request_of_an_address_waits(client: Client, world: World) -> None:
    assert statuses(client, {}, {}, {}) == [200, 200, 429]
    assert statuses(client, {}, remote="2001:db8::1") == [200]


def test_a_signed_in_visitor_is_counted_too(client: Client, world: World) -> None:
    client.force_login(world.user("alice"))
    assert statuses(client, {}, {}, {}) == [200, 200, 429]


def test_the_refusal_is_in_french_and_says_how_long_to_wait(client: Client, world: World) -> None:
    statuses(client, {}, {})
    refused = client.get(ADDRESS, REMOTE_ADDR="192.0.2.1")
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["title"] == "Trop de requêtes"
    assert 0 < int(refused["Retry-After"]) <= 60


def test_what_a_visitor_claims_does_not_count(client: Client, world: World) -> None:
    claims = [{"x-forwarded-for": f"198.51.100.{n}"} for n in range(3)]
    assert statuses(client, *claims) == [200, 200, 429]


def test_behind_our_proxy_the_proxy_is_believed(
    client: Client, world: World, settings: Any
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = PROXY
    same = [{"x-forwarded-for": f"203.0.113.{n}, 198.51.100.7"} for n in range(3)]
    assert statuses(client, *same) == [200, 200, 429]
    assert statuses(client, {"x-forwarded-for": "198.51.100.8"}) == [200]
