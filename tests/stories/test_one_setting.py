"""One setting of the procedure is changed: all that is read follows, no date already given moves.

« The published procedure is the executable procedure », from the editor's box to the next receipt.
"""

from typing import Any

import pytest
from django.urls import reverse
from django_q.models import OrmQ

from complaints.models import Dossier, Procedure
from complaints.models.procedure import STREAMS
from pages.documents import make_document
from tests.factories import World, demonstrated
from tests.pages.composed import printed
from tests.posted import as_posted
from tests.smtp_sink import text_of
from tests.stories.conftest import Clock
from tests.stories.people import Staff, Visitor
from tests.stories.people import text_of as page_text
from tests.stories.standing import words

pytestmark = pytest.mark.django_db

# What the clock writes on a deadline once it has told of it.
TOLD = ("next_check_at", "warned_at", "late_at")
PRINT = "pages.documents.make_document"
BEFORE, AFTER = "15 jours ouvrés", "10 jours ouvrés"
PROMISE = "Nous accusons réception par courriel ou par courrier,"
WRITTEN_BY_EDITORS = (
    *("title", "reference", "kinds", "stakeholders", "recipients", "review_months", "mediator"),
    *("retention_amount", "retention_unit", "retention_starts_on", "response_prefix"),
)
COMPLAINT = {
    "nature": "complaint",
    "objet": "Livret jamais remis",
    "faits": "Le livret annoncé au programme n’a pas été distribué.",
    "formation": "Barista, niveau 1",
    "nom": "Leïla Marchand",
    "qualite": "trainee",
    "reponse_par": "email",
    "courriel": "leila@exemple.example",
    "redige_par": "self",
    "deja": False,
}


@pytest.fixture
def cafemetrie(db: None) -> World:
    return demonstrated("cafemetrie")


def edit(editor: Staff, procedure: Procedure, **typed: str) -> None:
    """Send the editing screen back with that in the boxes of that name, by « Publier »."""
    editor.arrives()
    address = reverse("wagtailsnippets_complaints_procedure:edit", args=[procedure.pk])
    shown = as_posted(procedure, *WRITTEN_BY_EDITORS, *STREAMS)
    assert typed.keys() <= shown.keys()
    answer = editor.client.post(address, shown | typed | {"action-publish": "Publier"})
    assert answer.status_code == 302, page_text(answer)


def box_of(procedure: Procedure, key: str) -> str:
    """The name of the box in which an editor reads how long that time limit is."""
    place = [limit.value["key"] for limit in procedure.time_limits].index(key)
    return f"time_limits-{place}-value-counting-readings-0-value-amount"


def print_what_waits() -> list[str]:
    """What a worker does next: each PDF that is queued is made. Returns the documents."""
    waiting = [task for task in OrmQ.objects.order_by("pk") if task.func() == PRINT]
    made = [make_document(*task.args()) for task in waiting]
    OrmQ.objects.filter(pk__in=[task.pk for task in waiting]).delete()
    return made


def read_everywhere(world: World, visitor: Visitor) -> dict[str, str]:
    """What the procedure says in each place where it is read."""
    reference = world.page.procedure.reference.lower()
    read = visitor.get(f"/api/v3/complaints/procedures/{reference}/").json()
    (limit,) = [limit for limit in read["time_limits"] if limit["key"] == "accuse"]
    return {
        "the page": words(page_text(visitor.get("/"))),
        "the PDF": printed(world.page.procedure_documents.order_by("-number").first()),
        "the API": words(f"{limit['words']} {limit['sentence']}"),
    }


def dates_of(dossier: Dossier, *less: str) -> list[dict[str, Any]]:
    """Each row of its deadlines, whole, less these columns."""
    rows = dossier.deadlines.order_by("pk").values()
    return [{name: row[name] for name in row.keys() - {*less}} for row in rows]


def file(visitor: Visitor) -> tuple[Dossier, str]:
    number, code = visitor.file(COMPLAINT)
    return Dossier.objects.get(reference=number), code


def test_one_number_is_changed_and_everything_that_says_it_follows(
    cafemetrie: World, clock: Clock, mails: Any
) -> None:
    carole, leila = Staff("carole"), Visitor(host=cafemetrie.host)
    procedure = cafemetrie.page.procedure

    # A complaint is filed under the rules of the day: fifteen worked days.
    clock.strikes("2026-03-30 08:30")
    print_what_waits()
    for place, text in read_everywhere(cafemetrie, leila).items():
        assert BEFORE in text, place
        assert AFTER not in text, place
    earlier, code = file(leila)
    (receipt,) = mails("leila@exemple.example")
    assert f"{PROMISE} au plus tard le mardi 21 avril 2026 : {BEFORE}" in words(text_of(receipt))
    given, untold = dates_of(earlier), dates_of(earlier, *TOLD)

    # The next day the editor types 10 in one box, and publishes.
    clock.strikes("2026-03-31 09:00")
    edit(carole, procedure, **{box_of(procedure, "accuse"): "10"})
    assert print_what_waits() != []
    for place, text in read_everywhere(cafemetrie, leila).items():
        assert AFTER in text, place
        assert BEFORE not in text, place

    # The next complaint is promised ten, with its own date, in its receipt and on its page.
    clock.strikes("2026-03-31 11:00")
    later, later_code = file(leila)
    (receipt,) = mails("leila@exemple.example")
    promised = f"{PROMISE} au plus tard le mercredi 15 avril 2026 : {AFTER}"
    assert promised in words(text_of(receipt))
    assert BEFORE not in words(text_of(receipt))
    assert promised in words(page_text(leila.follow(later.reference, later_code)))
    assert later.procedure_version.number == earlier.procedure_version.number + 1

    # The open complaint keeps its version and each of its days, whatever the clock does.
    assert dates_of(earlier) == given
    clock.strikes("2026-04-02 07:00")
    assert dates_of(earlier, *TOLD) == untold
    assert Dossier.objects.get(pk=earlier.pk).procedure_version == earlier.procedure_version
    page = words(page_text(leila.follow(earlier.reference, code)))
    assert f"au plus tard le mardi 21 avril 2026 : {BEFORE}" in page
    assert AFTER not in page

    # And each is late on its own day.
    clock.strikes("2026-04-16 00:00")
    assert later.deadlines.get(key="accuse").late_at is not None
    assert earlier.deadlines.get(key="accuse").late_at is None
    clock.strikes("2026-04-22 00:00")
    assert earlier.deadlines.get(key="accuse").late_at is not None
