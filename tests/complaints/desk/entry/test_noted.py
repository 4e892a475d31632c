"""What a dossier says of what staff wrote down, and the copy to hand over."""

import pytest
from django.test import Client

from complaints.desk.entry.review import NO_RECEIPT
from complaints.models import Dossier, Event
from complaints.workflow.vocabulary import EventKind
from tests.complaints.desk.conftest import address, words
from tests.complaints.desk.entry.conftest import CAME, NOW, hidden, typed
from tests.factories import World, file

pytestmark = pytest.mark.django_db


def test_what_has_no_complainant_is_said_to_have_no_receipt(alice: Client, screen: str) -> None:
    review = alice.post(screen, CAME | {"objet": "Câble dénudé"})
    assert NO_RECEIPT.replace("\u00a0", " ") in words(review)
    alice.post(screen, hidden(review) | {"step": "file"})
    dossier = Dossier.objects.get()
    assert not dossier.letters.exists()
    page = words(alice.get(address("inspect", dossier)))
    assert "Noté par Alice. Il n’y a pas de réclamant à qui le faire confirmer." in page


def test_the_dossier_says_who_noted_it_and_hands_the_copy_to_post(
    alice: Client, screen: str
) -> None:
    by_post = {"reponse_par": "post", "courriel": "", "adresse": "3 rue Basse\n64600 Anglet"}
    alice.post(screen, typed(**by_post) | {"step": "file"})
    dossier = Dossier.objects.get()
    page = words(alice.get(address("inspect", dossier)))
    assert "Noté par Alice, pas encore confirmé par le réclamant." in page
    copy = alice.get(address("copy", dossier))
    assert copy["Content-Type"] == "application/pdf"
    assert {"no-store", "private"} <= {*copy["Cache-Control"].split(", ")}
    assert copy.content.startswith(b"%PDF")
    assert Event.objects.filter(dossier=dossier, kind=EventKind.FILE_OPENED).count() == 1
    Dossier.objects.update(confirmed_at=NOW)
    page = words(alice.get(address("inspect", dossier)))
    assert "Noté par Alice, confirmé par le réclamant le 10 avril 2026." in page
    assert alice.get(address("copy", dossier)).status_code == 404


def test_what_its_author_filed_says_nothing_of_it(alice: Client, world: World) -> None:
    dossier = file(world, at=NOW).dossier
    assert "Noté par" not in words(alice.get(address("inspect", dossier)))
    assert alice.get(address("copy", dossier)).status_code == 404
