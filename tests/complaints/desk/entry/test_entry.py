"""« Saisir un dossier »: how it came, what it says, a review, one dossier, nothing typed lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from complaints.desk.entry.form import LATER
from complaints.desk.entry.screens import ALREADY
from complaints.models import Dossier
from complaints.workflow.vocabulary import WRITTEN, EventKind
from tests.complaints.desk.conftest import address, words
from tests.complaints.desk.entry.conftest import (
    CAME,
    NOW,
    SAID,
    ask_nothing_of_before,
    hidden,
    typed,
)
from tests.complaints.handling.rules import limit, publish
from tests.factories import World, file, paris

pytestmark = pytest.mark.django_db


def test_it_is_reviewed_then_filed_as_it_was_typed(alice: Client, screen: str) -> None:
    review = alice.post(screen, typed())
    assert review.status_code == 200
    assert not Dossier.objects.exists()
    page = words(review)
    for said in ("Vérifiez avant d’enregistrer", "Téléphone", "Nadia Benali", "Salle fermée"):
        assert said in page
    assert "vendredi 3 avril 2026 à 16 h 00" in page
    assert "Un récépissé part à nadia@exemple.example" in page

    answer = alice.post(screen, hidden(review) | {"step": "file"})
    dossier = Dossier.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address("inspect", dossier))
    assert (dossier.channel, dossier.received_at) == ("phone", paris("2026-04-03 16:00"))
    assert dossier.transcribed_by == "Alice"
    assert dossier.description == SAID["faits"]
    assert dossier.complainant.email == "nadia@exemple.example"
    assert dossier.events.get(kind=EventKind.RECEIVED).at == NOW


def test_what_lacks_is_listed_before_and_after(alice: Client, screen: str) -> None:
    """A letter does not answer all."""
    review = alice.post(screen, typed(faits=""))
    page = words(review)
    assert "Manque : Que s’est-il passé ?" in page
    assert "Manque : En une phrase" not in page
    alice.post(screen, hidden(review) | {"step": "file"})
    dossier = alice.get(address("inspect", Dossier.objects.get()))
    assert "Manque, parmi ce que le formulaire demande :" in words(dossier)
    missing = " ".join(dossier.context["noted"].missing).replace("\u00a0", " ")
    assert "Que s’est-il passé ?" in missing
    assert "En une phrase" not in missing


def test_a_wrong_answer_is_refused_next_to_it_and_nothing_is_lost(
    alice: Client, screen: str
) -> None:
    answer = alice.post(screen, typed(courriel="nadia", **{"arrival-on": "2026-04-11"}))
    assert answer.status_code == 422
    entry = answer.context["entry"]
    assert [*entry.questions.errors] == ["courriel"]
    assert entry.arrival.errors == {"on": ["Ce jour n’est pas encore venu."]}
    html = answer.content.decode()
    for said in ("nadia", "Nadia Benali", "Salle fermée", "La salle était fermée.", "2026-04-11"):
        assert said in html
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"arrival-channel": ""}, "channel"),
        ({"arrival-channel": "online"}, "channel"),
        ({"arrival-channel": "pigeon"}, "channel"),
        ({"arrival-on": ""}, "on"),
        ({"arrival-on": "hier"}, "on"),
        ({"arrival-on": "2021-04-09"}, "on"),
        ({"arrival-on": "2026-04-10", "arrival-hour": "11:01"}, "hour"),
        ({"arrival-hour": "midi"}, "hour"),
        ({"arrival-on": "2026-03-29", "arrival-hour": "02:30"}, "hour"),
        ({"arrival-transcribed_by": "x" * 201}, "transcribed_by"),
    ],
)
def test_how_it_came_is_checked(
    alice: Client, screen: str, data: dict[str, str], field: str
) -> None:
    answer = alice.post(screen, typed(**data) | {"step": "file"})
    assert answer.status_code == 422
    assert [*answer.context["entry"].arrival.errors] == [field]
    assert not Dossier.objects.exists()


def test_when_it_was_first_said_is_asked_once(alice: Client, screen: str, world: World) -> None:
    """By the form where it asks it, else here."""
    assert "expressed_on" not in alice.get(screen).context["entry"].arrival.fields
    ask_nothing_of_before(world)
    before = {"arrival-expressed_on": "2026-03-20", "arrival-first_channel": "oral"}
    late = typed(**before) | {"arrival-expressed_on": "2026-04-04", "step": "file"}
    refused = alice.post(screen, late)
    assert [*refused.context["entry"].arrival.errors] == ["expressed_on"]
    alice.post(screen, typed(**before) | {"step": "file"})
    dossier = Dossier.objects.get()
    assert (str(dossier.expressed_on), dossier.first_channel) == ("2026-03-20", "oral")


@pytest.mark.parametrize("first", ["2026-04-04", "2027-01-01"])
def test_what_the_form_asks_of_before_is_not_after_it_came(
    alice: Client, screen: str, first: str
) -> None:
    before = {"deja": "yes", "deja_le": first, "deja_par": "phone"}
    answer = alice.post(screen, typed(**before) | {"step": "file"})
    assert answer.status_code == 422
    assert answer.context["entry"].questions.errors == {"deja_le": [LATER]}
    assert LATER in words(answer)
    assert not Dossier.objects.exists()
    alice.post(screen, typed(**before | {"deja_le": "2026-04-03"}) | {"step": "file"})
    assert str(Dossier.objects.get().expressed_on) == "2026-04-03"


def test_what_is_only_said_is_told_to_wait_for_its_writing(
    alice: Client, screen: str, world: World
) -> None:
    """IH-A6; a letter handed over is a letter."""
    waits = "Ce n’est pas encore un écrit"
    assert waits not in words(alice.post(screen, typed()))
    publish(world, time_limits=[limit(5, key="accuse", when={"channel": sorted(WRITTEN)})])
    assert waits in words(alice.post(screen, typed()))
    assert waits not in words(alice.post(screen, typed(**{"arrival-channel": "post"})))
    # Nobody is told how to write when nobody complains: a sheet is a writing.
    sheet = words(alice.post(screen, CAME | {"objet": "Câble dénudé"}))
    assert "Ce n’est pas un écrit : des délais de la procédure ne compteront pas." in sheet
    assert "Expliquez comment écrire" not in sheet
    assert "remise en main propre est un écrit" in words(alice.get(screen))


def test_two_clicks_make_one_dossier_and_the_second_says_so(alice: Client, screen: str) -> None:
    data = typed(step="file")
    for _ in range(2):
        assert alice.post(screen, data).status_code == 302
    dossier = Dossier.objects.get()
    later = alice.post(screen, data | {"arrival-on": "2026-04-02"}, follow=True)
    assert Dossier.objects.get() == dossier
    assert ALREADY.replace("\u00a0", " ") in " ".join(later.content.decode().split()).replace(
        "\u00a0", " "
    )


def test_going_back_from_the_review_loses_nothing_and_judges_nothing(
    alice: Client, screen: str
) -> None:
    review = alice.post(screen, typed())
    again = alice.post(screen, hidden(review) | {"step": "edit"})
    assert again.status_code == 200
    entry = again.context["entry"]
    assert not entry.arrival.errors
    assert not entry.questions.errors
    assert entry.questions["faits"].value() == SAID["faits"]
    assert entry.arrival["channel"].value() == "phone"


def test_hostile_posts_crash_nothing(alice: Client, screen: str) -> None:
    for data in (
        {},
        {"step": "file"},
        {"submission-key": "x", "kept-file": ["forged", ""], "step": "edit"},
        typed(nom="\u0000", **{"arrival-transcribed_by": "a\u0000b"}),
        typed(faits="x" * 30_000),
        {"add-row": "nom"},
    ):
        assert alice.post(screen, data).status_code in (200, 422)
    assert not Dossier.objects.exists()


def test_what_is_typed_is_only_ever_text(alice: Client, screen: str) -> None:
    evil = '"><script>alert(1)</script>{{ 7|add:7 }}'
    review = alice.post(screen, typed(objet=evil, **{"arrival-transcribed_by": evil}))
    for answer in (review, alice.post(screen, hidden(review) | {"step": "edit"})):
        assert "<script>alert" not in answer.content.decode()
    assert hidden(review)["objet"] == [evil]


def test_the_screens_cost_the_same_whatever_there_is_behind(
    alice: Client, screen: str, world: World, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    alice.get(screen)
    with django_assert_max_num_queries(16) as shown:
        alice.get(screen)
    with django_assert_max_num_queries(16) as reviewed:
        alice.post(screen, typed())
    for _ in range(3):
        file(world, at=NOW)
    with django_assert_max_num_queries(len(shown)):
        alice.get(screen)
    with django_assert_max_num_queries(len(reviewed)):
        alice.post(screen, typed())
