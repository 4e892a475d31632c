"""What goes wrong is said in French, in the look of the site, and promises nothing false."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import defaults

from pages.views import files
from tests.factories import World
from tests.pages.conftest import Visitor, words


def test_an_unknown_address_is_answered_in_french(visitor: Visitor) -> None:
    response = visitor.get("/nulle-part/")
    assert response.status_code == 404
    assert "Cette page n’existe pas" in words(response)
    assert "Suivre mon dossier" in words(response)


def test_a_refusal_is_answered_in_french(world: World, rf: RequestFactory) -> None:
    request = rf.get("/", headers={"host": "localhost"})
    response = defaults.permission_denied(request, PermissionError())
    assert response.status_code == 403
    assert "Cette page ne vous est pas ouverte" in words(response)


def test_a_post_without_its_token_is_answered_in_french(world: World) -> None:
    response = Client(enforce_csrf_checks=True).post("/suivi/", headers={"host": "localhost"})
    assert response.status_code == 403
    assert "Votre envoi n’a pas pu être vérifié" in words(response)
    assert "hello.connectsens@gmail.com" in words(response)


def test_a_failure_of_ours_is_answered_without_asking_anything_of_anyone(
    rf: RequestFactory,
) -> None:
    response = defaults.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Une panne de notre côté" in words(response)


def test_a_failure_of_ours_shows_no_detail(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_request: object) -> None:
        raise RuntimeError("mot de passe de la base")

    monkeypatch.setattr(files, "visited", fail)
    response = Client(raise_request_exception=False).get(
        "/procedure.pdf", headers={"host": "localhost"}
    )
    assert response.status_code == 500
    assert "mot de passe" not in response.content.decode()


@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_the_last_resort_needs_no_context(template: str) -> None:
    page = render_to_string(template)
    assert '<html lang="fr">' in page
    assert "pages/site.css" in page
    assert "<style" not in page
