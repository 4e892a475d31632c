"""The staff before their screens: browsers logged in, and what a page says in plain words."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from complaints.models import Dossier
from tests import factories
from tests.factories import World


def words(response: HttpResponse) -> str:
    """What a reader sees of the page itself, in one line, every space plain."""
    html = response.content.decode()
    main = re.sub(r"</?bdi>", "", html.partition("<main")[2] or html)
    text = re.sub(r"<(script|style|svg|template).*?</\1>", " ", main, flags=re.S)
    return " ".join(unescape(strip_tags(re.sub(r"<", " <", text))).split())


@pytest.fixture
def log_in(world: World, other_world: World) -> Callable[[str], Client]:
    """A browser in which that person is logged in."""

    def browser(login: str) -> Client:
        client = Client()
        client.force_login(world.user(login))
        return client

    return browser


@pytest.fixture
def alice(log_in: Callable[[str], Client]) -> Client:
    return log_in("alice")


@pytest.fixture
def bob(log_in: Callable[[str], Client]) -> Client:
    return log_in("bob")


@pytest.fixture
def charlie(log_in: Callable[[str], Client]) -> Client:
    return log_in("charlie")


@pytest.fixture
def dossier(world: World) -> Dossier:
    """Just filed by dora."""
    return factories.file(world, at=timezone.now()).dossier


@pytest.fixture
def screen(dossier: Dossier) -> str:
    """The address of its screen."""
    return address("inspect", dossier)


def address(name: str, dossier: Dossier, *arguments: Any) -> str:
    """The address of one of the dossier's screens."""
    return reverse(f"dossiers:{name}", args=[dossier.pk, *arguments])
