"""A post whose token is not good: the words are shown, and one click sends them again."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

from complaints.models import Draft, Form
from tests.factories import World
from tests.pages.conftest import Visitor, fields, photo, words
from tests.pages.stepping import RECLAMATION, begin, marks

HERE = {"host": "localhost", "origin": "http://localhost"}


def send(visitor: Visitor, address: str, data: dict[str, Any], **headers: str) -> HttpResponse:
    return visitor.client.post(address, data, headers=HERE | headers)


def checked(visitor: Visitor) -> Visitor:
    """The same browser, on a site that checks the token of each post."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = visitor.client.cookies
    return Visitor(client=strict)


def offered(response: HttpResponse) -> dict[str, str]:
    """What the page offers to send again, with its new token."""
    found = re.findall(
        r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', response.content.decode(), re.S
    )
    token = {"csrfmiddlewaretoken": fields(response, "csrfmiddlewaretoken")[0]}
    return {name: unescape(text) for name, text in found} | token


def test_words_sent_with_an_old_token_are_sent_again(stepped: Form, visitor: Visitor) -> None:
    second = begin(visitor)
    page = visitor.get(second)
    strict = checked(visitor)
    data = marks(page) | RECLAMATION | {"action": "next", "csrfmiddlewaretoken": "vieux"}
    response = send(strict, second, data)
    assert response.status_code == 403
    assert "rien n’est perdu" in words(response)
    assert RECLAMATION["faits"] in words(response)
    assert send(strict, second, offered(response)).status_code == 303
    assert Draft.objects.get().typed["faits"] == [RECLAMATION["faits"]]


def test_whoever_refuses_cookies_is_told_so_and_keeps_their_words(
    world: World, visitor: Visitor
) -> None:
    page = visitor.get("/")
    refusing = Visitor(client=Client(enforce_csrf_checks=True))
    data = marks(page) | {"faits": "Mes <mots>", "deja": "yes", "qualite": "trainee"}
    response = send(refusing, "/", data | {"pieces": photo("preuve.png")})
    assert response.status_code == 403
    assert "n’a pas présenté le cookie de ce site" in words(response)
    assert "Que s’est-il passé ? Mes <mots>" in words(response)
    assert "Stagiaire" in words(response)
    assert "« preuve.png »" in words(response)
    assert response["Cache-Control"] == "private, no-store"


def test_another_site_is_offered_nothing(stepped: Form, visitor: Visitor) -> None:
    second = begin(visitor)
    data = marks(visitor.get(second)) | {"faits": "Écrit par un autre"}
    for origin in ("https://ailleurs.example", "null"):
        response = send(checked(visitor), second, data, origin=origin)
        assert response.status_code == 403
        assert "Écrit par un autre" not in response.content.decode()
        assert "hidden>" not in response.content.decode()


def test_a_script_is_refused_without_harm(stepped: Form, visitor: Visitor) -> None:
    second = begin(visitor)
    data = marks(visitor.get(second)) | {"action": "auto", "faits": "x"}
    assert send(checked(visitor), second, data).status_code == 403
    assert "faits" not in Draft.objects.get().typed
