"""A visitor's browser, what they fill in, and how a page reads to them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils.html import strip_tags

from complaints.models import Dossier, Form
from pages import pending, rendered
from pages.models import ProcedurePage
from pages.views import filing
from tests.factories import ANSWERS, OTHER_HOST, World, let_in
from tests.factories import file as file_directly

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


def words(response: HttpResponse) -> str:
    """What a reader sees, in one line, every space plain."""
    html = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(strip_tags(re.sub(r"<", " <", html))).split())


def fields(response: HttpResponse, name: str) -> list[str]:
    """The values of the page's inputs of that name."""
    html = response.content.decode()
    inputs = re.findall(rf"<input[^>]*name=\"{name}\"[^>]*>", html)
    return [unescape(re.search(r'value="([^"]*)"', found)[1]) for found in inputs]


def photo(name: str = "salle.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@dataclass
class Visitor:
    """One browser."""

    host: str = "localhost"
    client: Client = field(default_factory=Client)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.client.get(path, headers={"host": self.host, **headers})

    def post(self, path: str, data: dict[str, Any] | None = None) -> HttpResponse:
        return self.client.post(path, data or {}, headers={"host": self.host})

    def file(self, *uploads: SimpleUploadedFile, **changed: Any) -> HttpResponse:
        """Send the form of the page; an answer of None is left out."""
        hidden = {"submission-key": str(uuid4()), "form-version": "1"} | let_in(self.host)
        answers = ANSWERS | {"deja": "yes"} | hidden | changed
        sent = {name: value for name, value in answers.items() if value is not None}
        return self.post("/", sent | ({"pieces": list(uploads)} if uploads else {}))

    def begin(self, **typed: Any) -> HttpResponse:
        """Send the first step of the page, read for a minute."""
        page = self.get("/")
        hidden = {name: fields(page, name)[0] for name in ("submission-key", "form-version")}
        return self.post("/", hidden | let_in(self.host) | typed)

    def download(self, path: str) -> tuple[HttpResponse, bytes]:
        """A file, read to its end, which closes it."""
        response = self.get(path)
        assert response.streaming, response.status_code
        return response, b"".join(response.streaming_content)

    def follow(self, dossier: Dossier, code: str) -> HttpResponse:
        return self.post("/suivi/", {"reference": dossier.reference, "code": code})


@pytest.fixture
def visitor(world: World) -> Visitor:
    return Visitor()


@pytest.fixture
def stranger(world: World) -> Visitor:
    """Another browser on the same site."""
    return Visitor()


@pytest.fixture
def elsewhere(other_world: World) -> Visitor:
    """A browser on the other organisation's site."""
    return Visitor(OTHER_HOST)


@pytest.fixture
def followed(world: World, visitor: Visitor) -> Dossier:
    """A dossier that the visitor opened with their code."""
    filed = file_directly(world)
    assert visitor.follow(filed.dossier, filed.code).status_code == 303
    return filed.dossier


@pytest.fixture
def kept_files() -> Callable[[], int]:
    """How many files lie aside."""
    folder = settings.PRIVATE_ROOT / pending.FOLDER
    before = set(folder.glob("*"))
    return lambda: len(set(folder.glob("*")) - before)


@pytest.fixture
def stepped(world: World) -> Form:
    """The form of A, in steps."""
    form = world.page.form
    form.stepped = True
    form.save_revision().publish()
    return form


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[HttpRequest]:
    """The requests with which the procedure page is drawn; none is kept to begin with."""
    rendered.forget_all()
    requests: list[HttpRequest] = []
    draw = filing._draw

    def noted(page: ProcedurePage, request: HttpRequest, marks: rendered.Marks) -> HttpResponse:
        requests.append(request)
        return draw(page, request, marks)

    monkeypatch.setattr(filing, "_draw", noted)
    return requests
