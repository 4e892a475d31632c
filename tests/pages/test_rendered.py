"""The page that is kept for anyone: drawn once, and what is one visitor's is never another's."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints.models import Form
from pages import rendered
from pages.models import ProcedurePage
from tests.factories import ANSWERS, World
from tests.pages.conftest import Visitor, fields, words

SECRET, KEY, TOKEN = "csrfmiddlewaretoken", "submission-key", "guard-token"
MARKS = (SECRET, KEY, TOKEN)
# The two looks at the rows.
LOOKS = 2


def looks_at_the_rows_only(visitor: Visitor) -> bool:
    with CaptureQueriesContext(connection) as queries:
        visitor.get("/")
    return len(queries) == LOOKS


def test_it_is_drawn_once_and_then_the_rows_alone_are_looked_at(
    visitor: Visitor, stranger: Visitor, drawn: list[HttpRequest]
) -> None:
    first = visitor.get("/")
    assert looks_at_the_rows_only(stranger)
    assert looks_at_the_rows_only(visitor)
    assert len(drawn) == 1
    assert words(visitor.get("/")) == words(first)


def test_what_is_kept_is_what_was_drawn_but_for_the_marks(visitor: Visitor) -> None:
    first, second = visitor.get("/"), Visitor().get("/")
    html = [first.content.decode(), second.content.decode()]
    for name in MARKS:
        html = [re.sub(rf'(name="{name}" value=")[^"]*', r"\1", text) for text in html]
    assert html[0] == html[1]
    headers = [{**answer.headers} for answer in (first, second)]
    assert headers[0] == headers[1]
    assert "no-cache" in headers[0]["Cache-Control"]
    assert "Content-Security-Policy" in headers[0]


@pytest.mark.parametrize("name", MARKS)
def test_no_two_visitors_get_the_same_mark(world: World, name: str) -> None:
    shown = [fields(Visitor().get("/"), name)[0] for _ in range(4)]
    assert len(set(shown)) == 4
    assert all(len(mark) > 30 for mark in shown)


def test_no_two_visitors_get_the_same_sum(world: World) -> None:
    Form.objects.update(proof_of_work=True)
    shown = [Visitor().get("/").content.decode() for _ in range(3)]
    nonces = [re.search(r'data-nonce="(\w{32})"', html)[1] for html in shown]
    assert len(set(nonces)) == 3
    assert all(nonce in html for nonce, html in zip(nonces, shown, strict=True))


def test_a_browser_that_checks_forged_posts_may_send_the_page_that_was_kept(world: World) -> None:
    Visitor().get("/")
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        visitor = Visitor(client=Client(enforce_csrf_checks=True))
        page = visitor.get("/")
    sent = {name: fields(page, name)[0] for name in (*MARKS, "form-version")}
    answers = ANSWERS | {"deja": "yes"} | sent
    assert visitor.post("/", answers | {SECRET: "x" * 64}).status_code == 403
    stranger = Visitor(client=Client(enforce_csrf_checks=True))
    stranger.get("/")
    assert stranger.post("/", answers).status_code == 403
    assert visitor.post("/", answers)["Location"].startswith("/recu/")


def test_it_is_drawn_for_nobody(visitor: Visitor, drawn: list[HttpRequest]) -> None:
    visitor.client.cookies["csrftoken"] = "a" * 32
    visitor.get("/?qui=dora", accept_language="de")
    (request,) = drawn
    assert (request.COOKIES, dict(request.GET), request.user.is_anonymous) == ({}, {}, True)
    assert not hasattr(request, "session")
    assert {name for name in request.META if name.startswith("HTTP_")} == {"HTTP_HOST"}


def test_each_site_has_its_own(visitor: Visitor, elsewhere: Visitor) -> None:
    assert "Connect’Sens" in words(visitor.get("/"))
    assert "Autre Formation" in words(elsewhere.get("/"))
    assert "Autre Formation" not in words(visitor.get("/"))


def test_who_has_begun_a_draft_is_told_of_it_alone(
    visitor: Visitor, stranger: Visitor, drawn: list[HttpRequest]
) -> None:
    visitor.begin(nom="Dora", action="save")
    assert "Vous avez un brouillon" in words(visitor.get("/"))
    assert "Vous avez un brouillon" not in words(stranger.get("/"))
    assert len(drawn) == 1  # when the visitor first came


def test_staff_see_the_page_and_it_is_not_kept(world: World, drawn: list[HttpRequest]) -> None:
    alice = Visitor()
    alice.client.force_login(world.user("alice"))
    assert alice.get("/").status_code == 200
    assert drawn == []


def test_no_more_pages_are_kept_than_there_is_room_for(
    world: World, monkeypatch: pytest.MonkeyPatch, drawn: list[HttpRequest]
) -> None:
    monkeypatch.setattr(rendered, "MOST", 2)
    for host in ("un.example", "deux.example", "trois.example", "trois.example"):
        Visitor(host).get("/")
    assert (len(drawn), len(rendered._molds)) == (3, 2)


def test_the_day_is_part_of_it(world: World, drawn: list[HttpRequest]) -> None:
    for day in ("2026-03-30 12:00", "2026-03-30 18:00", "2026-03-31 12:00"):
        with time_machine.travel(day, tick=False):
            Visitor().get("/")
    assert len(drawn) == 2


def test_a_page_without_a_form_sets_no_cookie(world: World) -> None:
    ProcedurePage.objects.update(form=None)
    for _ in range(2):
        answer = Visitor().get("/")
        assert (answer.status_code, dict(answer.cookies)) == (200, {})


def test_asking_for_the_head_alone_is_answered(visitor: Visitor) -> None:
    visitor.get("/")
    answer = visitor.client.head("/", headers={"host": "localhost"})
    assert (answer.status_code, answer.content) == (200, b"")
