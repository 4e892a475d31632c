"""A form in steps as its pages post it: what is typed, and what each page says of itself."""

from typing import Any

from django.http import HttpResponse

from complaints.models import Draft
from tests.factories import ANSWERS
from tests.pages.conftest import Visitor, fields, words

MARKS = (
    *("submission-key", "form-version", "guard-token", "draft-form", "draft-code"),
    *("draft-turn", "draft-page", "draft-after", "draft-read"),
)
VOUS = {
    "nom": "Dora Lemaire",
    "qualite": "trainee",
    "structure": "Atelier Lemaire",
    "reponse_par": "email",
    "courriel": "dora@exemple.example",
}
RECLAMATION = {name: ANSWERS[name] for name in ("objet", "formation", "faits")}
AVANT = {"deja": "yes", "deja_le": "2026-03-02", "deja_par": "email"}


def marks(page: HttpResponse) -> dict[str, str]:
    """What a page says of itself when it is posted."""
    return {name: fields(page, name)[0] for name in MARKS if fields(page, name)}


def press(
    visitor: Visitor, address: str, page: HttpResponse, action: str = "next", **typed: Any
) -> HttpResponse:
    """A button of that page, opened earlier."""
    return visitor.post(address, marks(page) | typed | {"action": action})


def begin(visitor: Visitor, **changed: Any) -> str:
    """The first step, filled in on the page; the address of the second."""
    response = visitor.begin(**(VOUS | {"action": "next"} | changed))
    assert response.status_code == 303, words(response)
    return response["Location"]


def turn(visitor: Visitor, address: str, action: str = "next", **typed: Any) -> str:
    """One step more; where it leads."""
    response = press(visitor, address, visitor.get(address), action, **typed)
    assert response.status_code == 303, words(response)
    return response["Location"]


def to_review(visitor: Visitor, second: str) -> str:
    """All the other steps; the address of the review."""
    return turn(visitor, turn(visitor, turn(visitor, second, **RECLAMATION), **AVANT))


def kept(name: str) -> list[str]:
    """What the only draft holds under that name."""
    return Draft.objects.get().typed.get(name, [])
