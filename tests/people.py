"""Seven people before the same dossier of organisation A, each with the browser they would have.

An eighth, remi, moderates A too, and was recused from that very dossier.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from complaints.handling.drafts import begin, resume_code
from complaints.handling.filing import Submission, file_dossier
from complaints.models import (
    Calendar,
    Dossier,
    Draft,
    Mediator,
    Notice,
    Procedure,
    ProcedureDocument,
    Recusal,
)
from pages.demonstration.accounts import Person, install_accounts
from tests.factories import ANSWERS, World, checked_file, play, submission

STAFF = ("alice", "bob", "diane", "charlie", "fred")
PEOPLE = (*STAFF, "dora", "eve")
RECUSED = "remi"


@dataclass(frozen=True)
class Scene:
    """A dossier that waits for its complainant, and everything that hangs on it."""

    world: World
    other: World
    dossier: Dossier
    code: str
    notice: Notice
    mediator: Mediator
    calendar: Calendar
    draft: Draft

    @property
    def seen(self) -> int:
        """What a person who just looked at the dossier posts back."""
        return Dossier.objects.values_list("event_count", flat=True).get(pk=self.dossier.pk)

    def browser(self, person: str, *, checked: bool = False) -> Client:
        """That person's; `checked`: it refuses posts without a token, as a real site does."""
        client = Client(enforce_csrf_checks=checked)
        if person in (*STAFF, RECUSED):
            client.force_login(self.world.user(person))
        if person == "dora":
            self.open_with_code(client)
            self.open_draft(client)
        return client

    def open_with_code(self, client: Client) -> None:
        """Dora opens her dossier as she would: the form, its token, her number and her code."""
        address = reverse("pages:tracking")
        client.get(address)
        answer = client.post(
            address,
            {
                "reference": self.dossier.reference,
                "code": self.code,
                "csrfmiddlewaretoken": client.cookies["csrftoken"].value,
            },
        )
        assert answer.status_code == 303, answer.content

    def open_draft(self, client: Client) -> None:
        """Dora resumes what she had begun to write."""
        address = reverse("pages:resume")
        client.get(address)
        token = client.cookies["csrftoken"].value
        answer = client.post(
            address, {"code": resume_code(self.draft.key), "csrfmiddlewaretoken": token}
        )
        assert answer.status_code == 303, answer.content


def set_the_scene(world: World, other: World, sent: Submission | None = None) -> Scene:
    """Filed with a file, registered, admissible, a question asked, one mail that failed."""
    install_accounts(other.organisation, (Person("fred", "Fred", "direction", ""),))
    sent = sent or replace(submission(world), files=(checked_file(),))
    now = timezone.now()
    filed = file_dossier(sent, at=now)
    dossier = play(
        world,
        filed.dossier,
        "accuser",
        "inscrire",
        ("recevable", {"breaches": "Relances sans réponse."}),
        "demander_precisions",
        at=now,
    )
    install_accounts(world.organisation, (Person(RECUSED, "Rémi", "moderator", ""),))
    Recusal.objects.create(dossier=dossier, person=world.user(RECUSED), at=now)
    ProcedureDocument.objects.create(
        organisation=world.organisation,
        page=world.page,
        procedure_version=world.page.version,
        form_version=world.page.form.current,
        number=1,
        made_at=now,
        content_digest="0" * 64,
        pdf=ContentFile(b"%PDF-1.7", "procedure.pdf"),
        sha256="0" * 64,
    )
    # Read long ago: reading it again is a deed.
    Procedure.objects.update(reviewed_on=now.date() - timedelta(days=400))
    notice = Notice.objects.filter(dossier=dossier).earliest("pk")
    Notice.objects.filter(pk=notice.pk).update(state=Notice.State.FAILED, next_attempt_at=None)
    mediator = Mediator.objects.create(name="Médiation", website="https://mediation.example/")
    calendar = Calendar.objects.earliest("pk")
    draft = begin(uuid4(), world.page.form.current, typed(), "", at=now)
    return Scene(world, other, dossier, filed.code, notice, mediator, calendar, draft)


def typed() -> dict[str, list[str]]:
    """A whole form, as a browser posted it."""
    answers = ANSWERS | {"deja": "yes"}
    return {name: value if isinstance(value, list) else [value] for name, value in answers.items()}


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of ours, and every draft: equal before and after when nothing was done."""
    ours = (apps.get_app_config(name).get_models() for name in ("complaints", "pages"))
    tables = [model._meta.db_table for model in chain(*ours, [Revision])]
    return {table: _rows(table) for table in tables}


def _rows(table: str) -> list[tuple[Any, ...]]:
    """As the database keeps them: reading them through the models would take most of the time."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")  # noqa: S608
        return cursor.fetchall()


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome(response: HttpResponseBase) -> str:
    """What became of a request, in one word."""
    if response.streaming:
        response.getvalue()  # reading a file to its end closes it
    if response.status_code in (302, 303):
        return _led_to(response["Location"])
    return WORDS.get(response.status_code, str(response.status_code))


WORDS = {
    200: "ok",
    403: "refused",
    404: "absent",
    405: "readonly",
    409: "conflict",
    422: "invalid",
}


def _led_to(address: str) -> str:
    """Wagtail sends a stranger to its door, and home whoever may not; a draft asks for its code."""
    if address.startswith(reverse("wagtailadmin_login")):
        return "login"
    if address == f"{reverse('pages:resume')}?ferme":
        return "code"
    return "home" if address == reverse("wagtailadmin_home") else "done"
