"""How many posts one address may send in an hour, in each kind of cache, or in none."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import RequestFactory

from complaints.models import Form, Organisation
from config.settings import base
from pages import guard, rates
from tests.factories import paris
from tests.pages.guarded import ALL, NOON, Sender, after, guarded

FEW = guarded(hourly_limit=3)
LOCAL = "django.core.cache.backends.locmem.LocMemCache"
FILES = "django.core.cache.backends.filebased.FileBasedCache"
REDIS = "django.core.cache.backends.redis.RedisCache"
REDIS_URL = "redis://127.0.0.1:6379/15"


@pytest.fixture(params=["local", "files", pytest.param("redis", marks=pytest.mark.redis)])
def _each_cache(
    request: pytest.FixtureRequest, settings: LazySettings, tmp_path: Path
) -> Iterator[None]:
    caches = {
        "local": {"BACKEND": LOCAL, "LOCATION": str(tmp_path)},
        "files": {"BACKEND": FILES, "LOCATION": str(tmp_path)},
        "redis": {"BACKEND": REDIS, "LOCATION": REDIS_URL, "KEY_PREFIX": uuid4().hex},
    }
    settings.CACHES = {"default": caches[request.param]}
    yield
    cache.close()


def sent(*addresses: str, **headers: str) -> list[bool]:
    """Whether each post of these addresses was refused."""
    return [bool(Sender(FEW, address=address).send(NOON)) for address in addresses]


@pytest.mark.usefixtures("_each_cache")
def test_an_address_has_its_hour_and_no_more() -> None:
    assert sent(*["192.0.2.7"] * 5) == [False, False, False, True, True]
    assert sent("192.0.2.8") == [False]
    assert Sender(FEW).send(paris("2026-03-30 12:59")) != ""
    assert Sender(FEW).send(paris("2026-03-30 13:00")) == ""


@pytest.mark.usefixtures("_each_cache")
def test_a_draft_counts_once_and_a_spent_page_stays_spent() -> None:
    form = guarded(hourly_limit=2)
    sender = Sender(form)
    assert [sender.send(NOON) for _ in range(4)] == [""] * 4
    assert [bool(Sender(form).send(NOON)) for _ in range(2)] == [False, True]
    assert [rates.take("x", "n", who, rates.timedelta(1)) for who in ("a", "b", "a", "")] == [
        True,
        False,
        True,
        False,
    ]
    assert rates.taken("x", "n")
    assert not rates.taken("x", "m")


def test_a_count_outlives_its_hour_in_files(
    settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Adding to a number in files forgets how long it is kept: five minutes, by default."""
    settings.CACHES = {"default": {"BACKEND": FILES, "LOCATION": str(tmp_path)}}
    assert sent(*["192.0.2.7"] * 3) == [False] * 3
    later = SimpleNamespace(time=lambda: time.time() + 3599)
    for module in ("base", "filebased"):
        monkeypatch.setattr(f"django.core.cache.backends.{module}.time", later)
    assert sent("192.0.2.7") == [True]


def test_the_cache_in_files_holds_the_counts_of_a_busy_day(
    settings: LazySettings, tmp_path: Path
) -> None:
    ours = base.env.cache_url_config(base.CACHE_IN_FILES)
    settings.CACHES = {"default": ours | {"LOCATION": str(tmp_path)}}
    for number in range(400):
        rates.allow("drafts", str(number), 5, rates.timedelta(hours=1))
    assert {rates.left("drafts", str(number)) for number in range(400)} == {5}


def test_a_class_that_shares_one_line_files_in_the_same_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pages.challenges.BITS", 4)
    form = guarded(hourly_limit=Form._meta.get_field("hourly_limit").default, proof_of_work=True)
    trainees = [Sender(form) for _ in range(25)]
    for trainee in trainees:
        trainee.prove(trainee.look())
    assert [trainee.send(after(60)) for trainee in trainees] == [""] * 25


def test_the_sentence_says_when_and_how_else(settings: LazySettings) -> None:
    refused = [Sender(FEW).send(NOON) for _ in range(4)][-1]
    assert "à partir de 13\u00a0h" in refused
    assert "05\u00a059\u00a000\u00a000\u00a000" in refused
    assert "bonjour@connectsens.example" in refused
    assert guard.NOTHING_LOST in refused


def test_the_sentence_is_whole_without_another_way_and_in_another_zone() -> None:
    form = guarded(hourly_limit=1)
    form.organisation = Organisation(time_zone="Asia/Kolkata")
    refused = [Sender(form).send(NOON) for _ in range(2)][-1]
    assert "à partir de 16\u00a0h\u00a030\u202f; rien" in refused


def test_each_form_counts_for_itself() -> None:
    assert sent(*["192.0.2.7"] * 4)[-1]
    assert Sender(guarded(8, hourly_limit=3)).send(NOON) == ""


def test_a_refused_robot_takes_nothing_from_its_neighbours() -> None:
    form = guarded(honeypot=True, minimum_seconds=3, hourly_limit=1)
    robot = Sender(form)
    robot.look()
    assert all(robot.send(after(5), **{guard.TRAP: "x"}) for _ in range(9))
    assert all(robot.send(after(1)) for _ in range(9))
    person = Sender(form)
    person.look()
    assert person.send(after(5)) == ""


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:0DB8:1:2::1", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("inconnue", "inconnue", True),
    ],
)
def test_a_line_is_one_address_or_what_its_provider_gives(
    first: str, second: str, together: bool
) -> None:
    form = guarded(hourly_limit=1)
    assert Sender(form, address=first).send(NOON) == ""
    assert bool(Sender(form, address=second).send(NOON)) is together


def behind(proxy_says: str | None, form: Any) -> str:
    headers = {} if proxy_says is None else {"X-Forwarded-For": proxy_says}
    request = RequestFactory().post("/", REMOTE_ADDR="127.0.0.1", headers=headers)
    return guard.refusal(form, request, NOON)


def test_a_proxy_is_believed_and_a_visitor_is_not(settings: LazySettings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    form = guarded(hourly_limit=1)
    assert behind("192.0.2.7", form) == ""
    assert behind("203.0.113.1, 192.0.2.7", form) != ""
    assert behind("192.0.2.8", form) == ""


def test_behind_a_proxy_that_names_nobody_nobody_is_counted(settings: LazySettings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    form = guarded(hourly_limit=1)
    assert [behind(None, form) for _ in range(3)] == [""] * 3
    settings.SECURE_PROXY_SSL_HEADER = None
    assert [bool(behind(None, form)) for _ in range(2)] == [False, True]


def test_no_address_and_no_draft_can_be_read_in_the_cache(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    for name in ("add", "set"):
        real = getattr(cache, name)

        def spy(key: str, value: Any, *args: Any, real: Any = real) -> Any:
            written.append(f"{key} {value}")
            return real(key, value, *args)

        monkeypatch.setattr(cache, name, spy)
    sender = Sender(guarded(hourly_limit=3, proof_of_work=True))
    sender.look()
    assert sender.send(after(20)) == ""
    assert len(written) >= 4
    text = " ".join(written)
    assert sender.address not in text
    assert sender.draft not in text


def test_many_at_once_are_counted_one_by_one() -> None:
    form = guarded(hourly_limit=10)
    with ThreadPoolExecutor(8) as pool:
        refused = list(pool.map(lambda _: Sender(form).send(NOON), range(40)))
    assert sum(said == "" for said in refused) == 10


@pytest.mark.parametrize(
    "broken",
    [
        {"BACKEND": FILES, "LOCATION": "{file}/cache"},
        {"BACKEND": REDIS, "LOCATION": "redis://127.0.0.1:1/0"},
    ],
    ids=["files", "redis"],
)
def test_a_cache_that_is_down_stops_nobody(
    broken: dict[str, str],
    settings: LazySettings,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pages.challenges.BITS", 4)
    file = tmp_path / "file"
    file.touch()
    location = broken["LOCATION"].format(file=file)
    settings.CACHES = {"default": broken | {"LOCATION": location}}
    sender = Sender(guarded(**ALL | {"hourly_limit": 1}))
    sender.prove(sender.look())
    assert [sender.send(after(5)) for _ in range(3)] == [""] * 3
    assert sender.send(after(1)) != ""
    assert guard.challenge(sender.form, after(6), sender.request()).token
    assert "Le cache ne répond pas" in caplog.text
