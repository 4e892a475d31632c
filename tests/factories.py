"""Two organisations with their people, and dossiers filed through the real deeds."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.utils import timezone

from complaints import intake
from complaints.handling.actors import Actor
from complaints.handling.calendars import refresh_calendars
from complaints.handling.filing import Filed, Submission, file_dossier
from complaints.handling.schedules import install_schedules
from complaints.models import Dossier, Organisation
from pages import guard
from pages.demonstration.accounts import Person, install_accounts, people_of
from pages.demonstration.dossiers import press
from pages.demonstration.organisations import load_organisation, read
from pages.models import ProcedurePage

PARIS = ZoneInfo("Europe/Paris")
OTHER_HOST = "autre.example"

ANSWERS = {
    "nom": "Dora Lemaire",
    "qualite": "trainee",
    "structure": "Atelier Lemaire",
    "reponse_par": "email",
    "courriel": "dora@exemple.example",
    "objet": "Attestation jamais reçue",
    "formation": "Gestion du stress, session de mars 2026",
    "operations": ["realisation"],
    "faits": "Je n’ai pas reçu mon attestation malgré deux relances.",
    "tiers": "Mon employeur",
    "attentes": "Recevoir l’attestation.",
    "deja": True,
    "deja_le": "2026-03-02",
    "deja_par": "email",
}


def paris(text: str) -> datetime:
    """An instant as one reads it on a clock in Paris: « 2026-03-30 09:00 »."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@dataclass(frozen=True)
class World:
    """An organisation that publishes, and the people who work for it."""

    page: ProcedurePage

    @property
    def organisation(self) -> Organisation:
        return self.page.organisation

    @property
    def host(self) -> str:
        return self.organisation.site.hostname

    def user(self, login: str) -> Any:
        return get_user_model().objects.get(username=login)

    def staff(self, login: str) -> Actor:
        return Actor.staff(self.user(login))


def connectsens() -> World:
    """Organisation A: alice moderates, bob writes, diane directs; it answers on localhost."""
    return _world(data := read("connectsens"), "http://localhost", people_of(data))


def demonstrated(slug: str) -> World:
    """That organisation of the demonstration, with its people, on its own host."""
    return _world(data := read(slug), f"http://{slug}.localhost", people_of(data))


def other() -> World:
    """Organisation B, with the same rules; charlie moderates and directs it."""
    data = deepcopy(read("connectsens"))
    data["organisation"] |= {"name": "Autre Formation", "slug": "autre", "prefix": "AF"}
    data["page"]["slug"] = "autre-procedure"
    charlie = Person("charlie", "Charlie", "moderator", "")
    return _world(data, f"http://{OTHER_HOST}", (charlie,))


def standing(slug: str) -> World:
    """That organisation, made already: nothing is written."""
    return World(ProcedurePage.objects.get(procedure__organisation__slug=slug))


def _world(data: dict[str, Any], address: str, people: tuple[Person, ...]) -> World:
    refresh_calendars(paris("2026-01-05 09:00"))
    install_schedules()
    page = load_organisation(data, address)
    install_accounts(page.organisation, people)
    return World(page)


def submission(world: World, **answers: Any) -> Submission:
    """What dora sends; an answer of None is left out."""
    given = {name: value for name, value in (ANSWERS | answers).items() if value is not None}
    return Submission(
        organisation=world.organisation,
        procedure_version=world.page.version,
        form_version=world.page.form.current,
        answers=given,
    )


def file(world: World, at: datetime | None = None, **answers: Any) -> Filed:
    """A dossier just filed by dora, and her code."""
    return file_dossier(submission(world, **answers), at=at or timezone.now())


def let_in(host: str = "localhost") -> dict[str, str]:
    """What the page of that host posts by itself once it has been read for a minute."""
    pages = ProcedurePage.objects.select_related("form")
    page = pages.filter(procedure__organisation__site__hostname=host).first()
    if page is None or page.form is None:
        return {}
    shown = guard.challenge(page.form, timezone.now() - timedelta(minutes=1))
    return {guard.TOKEN: shown.token, guard.TRAP: ""}


def checked_file(name: str = "preuve.txt", content: bytes = b"Preuve.") -> intake.CheckedFile:
    """A file as it is after the checks."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    return intake.accepted(SimpleUploadedFile(name, content))


def play(
    world: World,
    dossier: Dossier,
    *moves: tuple[str, dict[str, Any]] | str,
    at: datetime,
    login: str = "alice",
) -> Dossier:
    """Press these buttons in turn, leaving each proposed letter as it is."""
    for move in moves:
        key, data = move if isinstance(move, tuple) else (move, {})
        dossier = press(dossier, key, data, actor=world.staff(login), at=at)
    return dossier


# From the filing to the closed dossier, each button with what its form asks.
WHOLE_LIFE: list[tuple[str, dict[str, Any]]] = [
    ("accuser", {}),
    ("inscrire", {}),
    ("recevable", {"breaches": "Envoi des attestations non suivi."}),
    ("decider", {"outcome": "favourable", "decision": "L’attestation était due."}),
    ("prevoir_mesure", {"nature": "corrective", "description": "Envoyer l’attestation."}),
    ("preparer_reponse", {"comment": ""}),
    ("repondre", {"resolution": "Attestation envoyée."}),
    ("demander_avis", {}),
    ("clore", {"evidence_location": "Dossier électronique", "reason": ""}),
]
