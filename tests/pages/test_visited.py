"""Which site a visitor is on: what Wagtail says, asked once for as long as no site changes."""

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from pages.visited import visited
from tests.factories import OTHER_HOST, World

HOSTS = ["localhost", "localhost:8000", OTHER_HOST, f"{OTHER_HOST}:99", "inconnu.example"]


def asked(host: str) -> HttpRequest:
    return RequestFactory().get("/", headers={"host": host})


def as_wagtail_says(host: str) -> bool:
    return visited(asked(host)).site == Site.find_for_request(asked(host))


@pytest.mark.parametrize("host", HOSTS)
def test_it_is_the_one_that_wagtail_finds(world: World, other_world: World, host: str) -> None:
    assert as_wagtail_says(host)
    assert as_wagtail_says(host)


@pytest.mark.parametrize("host", HOSTS)
def test_it_follows_each_change_of_a_site(world: World, other_world: World, host: str) -> None:
    assert as_wagtail_says(host)
    ours, theirs = world.organisation.site, other_world.organisation.site
    Site.objects.filter(pk=theirs.pk).update(hostname="ailleurs.example", port=8000)
    assert as_wagtail_says(host)
    Site.objects.filter(pk=ours.pk).update(is_default_site=False)
    assert as_wagtail_says(host)
    Site.objects.create(hostname="inconnu.example", root_page=ours.root_page)
    assert as_wagtail_says(host)


def test_it_is_found_in_one_look(world: World) -> None:
    ours = visited(asked("localhost")).site
    with CaptureQueriesContext(connection) as queries:
        assert visited(asked("localhost")).site == ours
    assert len(queries) == 1


def test_what_a_request_does_to_its_site_is_not_seen_by_the_next(world: World) -> None:
    visited(asked("localhost")).site.hostname = "change.example"
    assert visited(asked("localhost")).site.hostname == "localhost"
