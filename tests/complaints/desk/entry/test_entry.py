"""« Saisir un dossier »: how it came, what it says, a review, one dossier, nothing typed lost."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from complaints.desk.entry.review import NO_RECEIPT
from complaints.desk.entry.screens import ALREADY, GONE
from complaints.models import Dossier, Event, Form, FormVersion
from complaints.models.private import private_storage
from complaints.workflow.vocabulary import EventKind
from tests.complaints.desk.conftest import address, words
from tests.factories import World, file, paris

pytestmark = pytest.mark.django_db
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


def test_files_are_kept_from_the_first_try_to_the_dossier(alice: Client, screen: str) -> None:
    sent = {"arrival-scans": [text_file("lettre.txt")], "pieces": [text_file("preuve.txt", b"P.")]}
    wrong = alice.post(screen, typed(courriel="nadia") | sent)
    assert [one.name for one in wrong.context["kept"]] == ["lettre.txt", "preuve.txt"]
    review = alice.post(screen, typed() | {"kept-file": kept(wrong)})
    assert [name for name, _size in review.context["files"]] == ["preuve.txt", "lettre.txt"]
    again = alice.post(screen, hidden(review) | {"step": "edit"})
    assert len(kept(again)) == 2
    alice.post(screen, typed() | {"kept-file": kept(again), "step": "file"})
    found = Dossier.objects.get().attachments.values_list("question", "original_name")
    assert set(found) == {("pieces", "preuve.txt"), ("", "lettre.txt")}
    assert not _aside()


def _aside() -> list[str]:
    storage = private_storage()
    return storage.listdir("pending")[1] if storage.exists("pending") else []


def test_a_file_that_is_unticked_or_unsound_is_not_filed(alice: Client, screen: str) -> None:
    sent = {"arrival-scans": [text_file("a.txt"), text_file("b.txt", b"B."), text_file("c.exe")]}
    wrong = alice.post(screen, typed() | sent)
    assert wrong.status_code == 422
    assert "c.exe" in wrong.context["entry"].arrival.errors["scans"][0]
    tokens = {one.name: one.token for one in wrong.context["kept"]}
    alice.post(screen, typed() | {"kept-file": [tokens["b.txt"]], "step": "file"})
    assert Dossier.objects.get().attachments.get().original_name == "b.txt"


def test_the_token_of_another_is_worth_nothing(
    alice: Client, screen: str, log_in: Callable[[str], Client]
) -> None:
    wrong = alice.post(screen, typed(courriel="nadia") | {"arrival-scans": [text_file()]})
    stolen = {"kept-file": kept(wrong), "step": "file"}
    answer = log_in("diane").post(screen, typed() | stolen)
    assert answer.status_code == 422
    assert GONE.replace("\u00a0", " ") in words(answer)
    assert not Dossier.objects.exists()


def test_files_of_more_than_an_hour_ago_are_asked_again(alice: Client, screen: str) -> None:
    wrong = alice.post(screen, typed(courriel="nadia") | {"arrival-scans": [text_file()]})
    with time_machine.travel(paris("2026-04-10 12:01"), tick=False):
        answer = alice.post(screen, typed() | {"kept-file": kept(wrong), "step": "file"})
    assert (answer.status_code, Dossier.objects.count()) == (422, 0)
    assert "Nadia Benali" in answer.content.decode()


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


def test_the_only_form_opens_by_itself_and_several_are_chosen_from(
    alice: Client, screen: str, world: World, other_world: World
) -> None:
    assert alice.get(reverse("entry"))["Location"] == screen
    form = world.page.form
    second = Form.objects.create(
        organisation=world.organisation, title="Fiche d’incident", slug="fiche", reference="FSEI"
    )
    current = form.current
    FormVersion.objects.create(
        form=second,
        number=1,
        reference="FSEI",
        title=second.title,
        definition=current.definition,
        digest=current.digest,
        effective_at=NOW,
    )
    page = alice.get(reverse("entry"))
    assert page.status_code == 200
    assert screen in page.content.decode()
    assert reverse("entry_form", args=[second.pk]) in page.content.decode()
    assert reverse("entry_form", args=[other_world.page.form_id]) not in page.content.decode()


def test_the_forms_of_others_do_not_exist(
    alice: Client, bob: Client, charlie: Client, screen: str, other_world: World
) -> None:
    theirs = reverse("entry_form", args=[other_world.page.form_id])
    for client, place in ((alice, theirs), (charlie, screen)):
        assert client.get(place).status_code == 404
        assert client.post(place, typed(step="file")).status_code == 404
    assert bob.post(screen, typed(step="file"))["Location"] == reverse("wagtailadmin_home")
    assert not Dossier.objects.exists()


def test_a_form_published_anew_meanwhile_is_finished_as_it_was_begun(
    alice: Client, screen: str, world: World
) -> None:
    begun = typed(**{"form-version": str(world.page.form.current.number)})
    ask_nothing_of_before(world)
    alice.post(screen, begun | {"step": "file"})
    dossier = Dossier.objects.get()
    assert (dossier.form_version.number, dossier.description) == (1, SAID["faits"])
    for forged in ("99", "-1", "un", "9" * 30):
        assert alice.post(screen, typed(**{"form-version": forged})).status_code == 200


def test_it_is_in_the_menu_and_on_the_queue_for_who_may(
    alice: Client, bob: Client, world: World
) -> None:
    queue = alice.get(reverse("dossiers:list")).content.decode()
    assert f'href="{reverse("entry")}"' in queue
    home = reverse("wagtailadmin_home")
    assert reverse("entry") in alice.get(home).content.decode()
    assert reverse("entry") not in bob.get(home).content.decode()


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
