"""A draft that is closed, sent, erased or purged while its author writes: no word goes with it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from complaints.handling import drafts
from complaints.handling.drafts import purge_drafts
from complaints.models import Dossier, Draft, Form
from pages.filling import Filling
from tests.factories import World, let_in
from tests.pages.conftest import Visitor, words
from tests.pages.stepping import RECLAMATION, begin, kept, marks, press, to_review, turn

WRITTEN = RECLAMATION["faits"]


def test_a_page_left_open_for_a_day_is_still_taken(stepped: Form, visitor: Visitor) -> None:
    second = begin(visitor)
    page = visitor.get(second)
    with time_machine.travel(timezone.now() + timedelta(hours=13)):
        assert visitor.get(second)["Location"] == "/reprendre/?ferme"
        assert "se referme après une demi-journée" in words(visitor.get("/reprendre/?ferme"))
        response = press(visitor, second, page, **RECLAMATION)
        assert response.status_code == 303
        assert visitor.get(response["Location"]).status_code == 200
    assert kept("faits") == [WRITTEN]


def test_a_browser_that_lost_its_cookies_goes_on_with_its_page(
    stepped: Form, visitor: Visitor
) -> None:
    second = begin(visitor)
    page = visitor.get(second)
    visitor.client = Client()
    assert press(visitor, second, page, **RECLAMATION).status_code == 303
    assert kept("faits") == [WRITTEN]


def test_the_code_of_another_draft_opens_nothing(
    stepped: Form, visitor: Visitor, stranger: Visitor
) -> None:
    second = begin(visitor)
    theirs = begin(stranger)
    forged = marks(stranger.get(theirs)) | {"action": "next"} | RECLAMATION
    response = stranger.post(second, forged)
    assert response.status_code == 409
    assert not any("faits" in draft.typed for draft in Draft.objects.all())


def test_words_sent_to_a_purged_draft_begin_another(
    world: World, stepped: Form, visitor: Visitor
) -> None:
    second = begin(visitor)
    page = visitor.get(second)
    purge_drafts(timezone.now() + timedelta(days=world.organisation.draft_days + 2))
    response = press(visitor, second, page, **RECLAMATION)
    assert response.status_code == 409
    assert "Ce brouillon n’existe plus" in words(response)
    assert "alert-danger" not in response.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        carried = {"faits": WRITTEN}
        again = press(visitor, "/", response, nom="Dora", **carried, qualite="trainee")
        assert again.status_code in (303, 422)
    assert kept("faits") == [WRITTEN]


def test_the_page_carries_along_the_words_of_the_other_steps(
    stepped: Form, visitor: Visitor
) -> None:
    second = begin(visitor)
    page = visitor.get(second)
    drafts.erase(Draft.objects.get())
    html = press(visitor, second, page, **RECLAMATION).content.decode()
    assert f'<textarea name="faits" hidden>\n{WRITTEN}</textarea>' in html


def test_a_draft_erased_between_its_reading_and_its_writing(
    stepped: Form, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = begin(visitor)
    page = visitor.get(second)
    read = Filling.read

    def read_late(self: Filling, *args: object, **options: bool) -> None:
        read(self, *args, **options)
        Draft.objects.all().delete()

    monkeypatch.setattr(Filling, "read", read_late)
    response = press(visitor, second, page, **RECLAMATION)
    assert response.status_code == 409
    assert WRITTEN in response.content.decode()
    assert not Draft.objects.exists()


def test_a_draft_that_is_gone_is_never_written_again(stepped: Form, visitor: Visitor) -> None:
    begin(visitor)
    draft = Draft.objects.get()
    Draft.objects.all().delete()
    with pytest.raises(drafts.Gone):
        drafts.locked(draft)
    assert not Draft.objects.exists()


def test_an_answer_lost_on_the_way_is_asked_again_and_gives_the_receipt(
    stepped: Form, visitor: Visitor
) -> None:
    """The dossier is filed and its cookie never came: the same page, sent again, finds it."""
    review = to_review(visitor, begin(visitor))
    page = visitor.get(review)
    before = {name: morsel.value for name, morsel in visitor.client.cookies.items()}
    assert press(visitor, review, page).status_code == 303
    visitor.client.cookies.load(before)
    response = press(visitor, review, page)
    dossier = Dossier.objects.get()
    assert response["Location"] == f"/recu/{dossier.reference}/"
    assert "Notez votre code de suivi" in words(visitor.get(response["Location"]))


def test_that_page_opens_the_receipt_to_nobody_the_next_day(
    stepped: Form, visitor: Visitor, stranger: Visitor
) -> None:
    review = to_review(visitor, begin(visitor))
    page = visitor.get(review)
    press(visitor, review, page)
    with time_machine.travel(timezone.now() + timedelta(hours=13)):
        assert press(stranger, review, page)["Location"] == "/reprendre/?ferme"


def test_what_is_changed_after_the_sending_is_not_lost(stepped: Form, visitor: Visitor) -> None:
    second = begin(visitor)
    page = visitor.get(second)
    visitor.post(to_review(visitor, second))
    dossier = Dossier.objects.get()
    same = press(visitor, second, page, **RECLAMATION)
    assert same["Location"] == f"/recu/{dossier.reference}/"
    more = press(visitor, second, page, **(RECLAMATION | {"faits": "Et ce n’est pas tout"}))
    assert more.status_code == 409
    assert f"c’est le dossier {dossier.reference}" in words(more)
    assert "Et ce n’est pas tout" in more.content.decode()
    assert dossier.answers["faits"] == WRITTEN


def test_what_is_changed_on_the_first_page_after_the_sending_is_not_lost(
    visitor: Visitor,
) -> None:
    page = visitor.get("/")
    read = marks(page) | let_in()
    visitor.post(visitor.file(action="review", **read)["Location"])
    again = visitor.file(action="review", **read)
    assert again["Location"].startswith("/recu/")
    more = visitor.file(action="review", faits="Autre chose", **marks(page))
    assert more.status_code == 409
    assert "Autre chose</textarea>" in more.content.decode()
    assert marks(more)["submission-key"] != marks(page)["submission-key"]
    assert Dossier.objects.count() == 1


def test_a_form_that_closes_meanwhile_gives_the_words_back(world: World, visitor: Visitor) -> None:
    type(world.page).objects.filter(pk=world.page.pk).update(form=None)
    response = visitor.post("/", {"submission-key": "x", "faits": "Mes mots", "deja": "yes"})
    assert response.status_code == 409
    assert "Mes mots</textarea>" in response.content.decode()


def test_a_page_that_closes_meanwhile_gives_the_words_back(world: World, visitor: Visitor) -> None:
    page = visitor.get("/")
    world.page.unpublish()
    response = visitor.file(action="review", faits="Mes mots", **marks(page))
    assert response.status_code == 404
    assert "Que s’est-il passé ? Mes mots" in words(response)
    assert response["Cache-Control"] == "private, no-store"


def test_a_step_of_a_draft_that_is_gone_on_a_page_that_is_closed(
    world: World, stepped: Form, visitor: Visitor
) -> None:
    second = begin(visitor)
    page = visitor.get(second)
    drafts.erase(Draft.objects.get())
    world.page.unpublish()
    response = press(visitor, second, page, **RECLAMATION)
    assert response.status_code == 409
    assert WRITTEN in words(response)


def test_a_draft_goes_on_while_its_page_is_closed_and_says_so_at_the_end(
    world: World, stepped: Form, visitor: Visitor
) -> None:
    second = begin(visitor)
    world.page.unpublish()
    review = to_review(visitor, second)
    response = visitor.post(review)
    assert response.status_code == 409
    assert "Votre brouillon est gardé" in words(response)
    assert turn(visitor, second, "save", faits="Encore")
    assert kept("faits") == ["Encore"]
