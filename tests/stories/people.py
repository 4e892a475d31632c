"""The people of a story: each acts through HTTP only, as a browser would."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from complaints.models import Dossier
from tests.factories import let_in

REGISTER = "/gestion/registre/"


def text_of(response: HttpResponse) -> str:
    """What a reader reads: no tags, spaces as one."""
    html = re.sub(r"(?s)<(script|style).*?</\1>", " ", response.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def hidden(response: HttpResponse, name: str) -> str:
    """The value of a hidden field, as the page gave it."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', response.content.decode())
    assert tag, f"no field {name}"
    return unescape(re.search(r'value="([^"]*)"', tag[0])[1])


@dataclass
class Visitor:
    """Someone on the public site."""

    host: str = "localhost"
    client: Client = field(default_factory=Client)

    def get(self, path: str) -> HttpResponse:
        return self.client.get(path, headers={"host": self.host})

    def post(self, path: str, data: dict[str, Any]) -> HttpResponse:
        return self.client.post(path, data, headers={"host": self.host})

    def file(self, answers: dict[str, Any], **files: bytes) -> tuple[str, str]:
        """Fill the form of the page; returns the number and the code that the receipt shows."""
        form = self.get("/")
        sent = {name: _posted(value) for name, value in answers.items()}
        sent |= {name: hidden(form, name) for name in ("submission-key", "form-version")}
        sent |= {name: SimpleUploadedFile(f"{name}.txt", body) for name, body in files.items()}
        answer = self.post("/", sent | let_in(self.host))
        assert answer.status_code == 303, text_of(answer)
        receipt = text_of(self.get(answer["Location"]))
        number = re.search(r"\b[A-Z]{2,8}-\d{4}-\d{4}\b", receipt)[0]
        code = re.search(r"\b(?:[A-Z2-7]{5}-){3}[A-Z2-7]{5}\b", receipt)[0]
        return number, code

    def follow(self, number: str, code: str) -> HttpResponse:
        """Open the follow-up page with a number and a code."""
        answer = self.post("/suivi/", {"reference": number, "code": code})
        return self.get(answer["Location"]) if answer.status_code in (302, 303) else answer

    def answer(self, page: HttpResponse, number: str, move: str, **data: Any) -> HttpResponse:
        """Use one of the small forms of the follow-up page."""
        sent = data | {"seen": hidden(page, "seen")}
        return self.post(f"/suivi/{number}/action/{move}/", sent)


@dataclass
class Staff:
    """Someone of the organisation, in the administration."""

    login: str
    client: Client = field(default_factory=Client)

    def arrives(self) -> None:
        """Log in: a story lasts longer than a session."""
        self.client.force_login(get_user_model().objects.get(username=self.login))

    def export_register(self) -> str:
        """The whole register as the CSV button gives it."""
        self.arrives()
        answer = self.client.get(REGISTER, {"export": "csv"})
        assert answer.status_code == 200
        return b"".join(answer.streaming_content).decode()

    def press(self, dossier: Dossier, move: str, **data: Any) -> Dossier:
        """Open the move's form, change what is given, send the rest as proposed."""
        self.arrives()
        address = f"/gestion/dossiers/{dossier.pk}/action/{move}/"
        page = self.client.get(address)
        assert page.status_code == 200, text_of(page)
        form = page.context["form"]
        proposed = {name: form[name].value() for name in form.fields}
        sent = {name: value for name, value in (proposed | data).items() if value is not None}
        answer = self.client.post(address, sent | {"seen": hidden(page, "seen")})
        assert answer.status_code in (302, 303), text_of(answer)
        return Dossier.objects.get(pk=dossier.pk)


def _posted(value: Any) -> Any:
    """What a browser posts for that answer."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
