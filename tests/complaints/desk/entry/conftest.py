"""A Friday morning at the desk: what is typed for somebody, and what the review sends again."""

import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from complaints.models import FormVersion
from tests.factories import World, paris

NOW = paris("2026-04-10 11:00")  # a Friday
CAME = {"arrival-channel": "phone", "arrival-on": "2026-04-03", "arrival-hour": "16:00"}
SAID = {
    "nom": "Nadia Benali",
    "reponse_par": "email",
    "courriel": "nadia@exemple.example",
    "objet": "Salle fermée",
    "faits": "La salle était fermée.\nPersonne n’a prévenu.",
}


@pytest.fixture(autouse=True)
def _day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def screen(world: World) -> str:
    return reverse("entry_form", args=[world.page.form_id])


def typed(**changes: Any) -> dict[str, Any]:
    return CAME | SAID | {"submission-key": str(uuid4())} | changes


def text_file(name: str = "appel.txt", content: bytes = b"Note.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def hidden(answer: HttpResponse) -> dict[str, list[str]]:
    """What the review sends again, as a browser reads it."""
    main = answer.content.decode().partition("<main")[2]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main):
        found.setdefault(name, []).append(unescape(value))
    return {name: values for name, values in found.items() if name != "csrfmiddlewaretoken"}


def kept(answer: HttpResponse) -> list[str]:
    return [one.token for one in answer.context["kept"]]


def ask_nothing_of_before(world: World) -> None:
    """A form that does not ask when it was first said."""
    fields = [{"key": "objet", "kind": "text", "label": "Objet", "maps_to": "dossier.subject"}]
    FormVersion.objects.create(
        form=world.page.form,
        number=9,
        reference="F",
        title="Court",
        definition={"sections": [{"key": "un", "title": "Un", "fields": fields}]},
        digest="9" * 64,
        effective_at=NOW,
    )
