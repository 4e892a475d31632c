"""Two tabs, two devices, posts that arrive late: no word covers a newer one unseen."""

from typing import Any

import pytest
from django.http import HttpResponse, QueryDict
from django.test import Client

from complaints.handling.drafts import resume_code
from complaints.models import Dossier, Draft, DraftFile, Form
from pages.filling import Filling
from pages.turns import Order, Turn, last_page
from tests.pages.conftest import Visitor, fields, photo, words
from tests.pages.stepping import RECLAMATION, begin, kept, marks, press, to_review


def opened(stepped: Form, visitor: Visitor, stranger: Visitor) -> str:
    """The second step, open on two devices."""
    second = begin(visitor)
    stranger.post("/reprendre/", {"code": resume_code(Draft.objects.get().key)})
    return second


def test_a_post_is_next_late_or_from_elsewhere() -> None:
    typed = Turn("b", "a", 5).mark("vous")
    assert last_page(typed, "vous") == "b"
    assert last_page(typed, "suite") == ""
    cases = [
        (Turn("b", "a", 6), Order.NEXT),
        (Turn("b", "a", 4), Order.LATE),
        (Turn("b", "a", 0), Order.NEXT),  # no script
        (Turn("c", "b", 0), Order.NEXT),
        (Turn("c", "a", 9), Order.ELSEWHERE),
        (Turn("", "", 0), Order.NEXT),  # a program
    ]
    assert [turn.order(typed, "vous") for turn, _ in cases] == [order for _, order in cases]
    assert Turn("c", "", 0).order({}, "vous") is Order.NEXT


def test_a_forged_number_is_none() -> None:
    for forged in ("x", "²", "9" * 40, "-1"):
        assert Turn.of(QueryDict(f"draft-turn={forged}&draft-page=p")).number == 0


def test_a_page_left_blank_elsewhere_does_not_blank_what_was_written(
    stepped: Form, visitor: Visitor, stranger: Visitor
) -> None:
    second = opened(stepped, visitor, stranger)
    blank, mine = stranger.get(second), visitor.get(second)
    assert press(visitor, second, mine, **RECLAMATION).status_code == 303
    response = press(stranger, second, blank)
    assert response.status_code == 409
    assert "changé ailleurs" in words(response)
    assert RECLAMATION["faits"] in words(response)
    assert kept("faits") == [RECLAMATION["faits"]]


def test_the_words_of_the_second_device_are_kept_once_the_others_were_read(
    stepped: Form, visitor: Visitor, stranger: Visitor
) -> None:
    second = opened(stepped, visitor, stranger)
    old, mine = stranger.get(second), visitor.get(second)
    press(visitor, second, mine, **RECLAMATION)
    other = RECLAMATION | {"faits": "Une autre version"}
    asked = press(stranger, second, old, **other)
    assert "Une autre version</textarea>" in asked.content.decode()
    assert press(stranger, second, asked, **other).status_code == 303
    assert kept("faits") == ["Une autre version"]


def test_the_same_words_elsewhere_trouble_nobody(
    stepped: Form, visitor: Visitor, stranger: Visitor
) -> None:
    second = opened(stepped, visitor, stranger)
    old, mine = stranger.get(second), visitor.get(second)
    press(visitor, second, mine, **RECLAMATION)
    assert press(stranger, second, old, **RECLAMATION).status_code == 303


def test_the_back_button_then_a_correction_is_no_other_page(
    stepped: Form, visitor: Visitor
) -> None:
    second = begin(visitor)
    page = visitor.get(second)
    third = press(visitor, second, page, **RECLAMATION)["Location"]
    visitor.get(third)
    corrected = press(visitor, second, page, **(RECLAMATION | {"faits": "Corrigé"}))
    assert corrected.status_code == 303
    assert kept("faits") == ["Corrigé"]


def test_the_answers_of_other_steps_are_not_touched_by_a_late_page(
    stepped: Form, visitor: Visitor, stranger: Visitor
) -> None:
    second = opened(stepped, visitor, stranger)
    first = second.replace("reclamation", "vous")
    page = visitor.get(second)
    press(stranger, first, stranger.get(first), "save", nom="Autre nom")
    press(visitor, second, page, **RECLAMATION)
    assert kept("nom") == ["Autre nom"]
    assert kept("faits") == [RECLAMATION["faits"]]


def automatic(visitor: Visitor, address: str, page: HttpResponse, turn: int, **typed: Any) -> Any:
    typed = marks(page) | typed | {"action": "auto", "draft-turn": str(turn)}
    return visitor.post(address, typed).json()


def test_what_a_script_sent_earlier_and_comes_later_covers_nothing(
    stepped: Form, visitor: Visitor
) -> None:
    second = begin(visitor)
    page = visitor.get(second)
    assert automatic(visitor, second, page, 1000, faits="Un")["saved"]
    assert automatic(visitor, second, page, 3000, faits="Un deux trois")["saved"]
    assert automatic(visitor, second, page, 2000, faits="Un deux")["saved"] == ""
    assert kept("faits") == ["Un deux trois"]
    sent = marks(page) | RECLAMATION | {"action": "next", "draft-turn": "5000"}
    assert visitor.post(second, sent).status_code == 303
    assert automatic(visitor, second, page, 4000, faits="Un deux")["saved"] == ""
    assert kept("faits") == [RECLAMATION["faits"]]


def test_a_script_is_told_that_the_draft_is_written_elsewhere(
    stepped: Form, visitor: Visitor, stranger: Visitor
) -> None:
    second = opened(stepped, visitor, stranger)
    old, mine = stranger.get(second), visitor.get(second)
    press(visitor, second, mine, **RECLAMATION)
    assert automatic(stranger, second, old, 1, faits="Vieux") == {"saved": "", "elsewhere": True}
    assert kept("faits") == [RECLAMATION["faits"]]


def test_a_script_takes_no_file_back(stepped: Form, visitor: Visitor) -> None:
    begin(visitor)
    address = f"/depot/{Draft.objects.get().key}/etape/pieces/"
    visitor.post(address, {"action": "save", "pieces": photo()})
    page = visitor.get(address)
    automatic(visitor, address, page, 1, **{"shown-file": fields(page, "shown-file")})
    assert DraftFile.objects.count() == 1


def test_what_is_sent_is_what_was_read(stepped: Form, visitor: Visitor) -> None:
    second = begin(visitor)
    review = to_review(visitor, second)
    read = visitor.get(review)
    visitor.post(second, RECLAMATION | {"faits": "Changé dans un autre onglet", "action": "save"})
    response = press(visitor, review, read)
    assert response.status_code == 409
    assert "a été changé depuis que vous l’avez relu" in words(response)
    assert "Changé dans un autre onglet" in words(response)
    assert not Dossier.objects.exists()
    assert press(visitor, review, response).status_code == 303
    assert Dossier.objects.get().description == "Changé dans un autre onglet"


def test_what_a_script_keeps_after_the_sending_makes_no_draft(
    stepped: Form, visitor: Visitor
) -> None:
    second = begin(visitor)
    page = visitor.get(second)
    review = to_review(visitor, second)
    visitor.post(review)
    assert automatic(visitor, second, page, 9, faits="Encore")["saved"] == ""
    lost = Visitor(client=Client())
    assert automatic(lost, second, page, 9, faits="Encore")["saved"] == ""
    assert not Draft.objects.exists()
    assert Dossier.objects.count() == 1


def test_two_steps_written_at_the_same_moment_are_both_kept(
    stepped: Form, visitor: Visitor, stranger: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other device writes after this post has read the draft, and before it writes it."""
    second = opened(stepped, visitor, stranger)
    first, read = second.replace("reclamation", "vous"), Filling.read

    def read_slowly(self: Filling, *args: Any, **options: bool) -> None:
        read(self, *args, **options)
        monkeypatch.setattr(Filling, "read", read)
        assert stranger.post(first, {"nom": "Autre nom", "action": "save"}).status_code == 303

    page = visitor.get(second)
    monkeypatch.setattr(Filling, "read", read_slowly)
    assert press(visitor, second, page, **RECLAMATION).status_code == 303
    assert (kept("nom"), kept("faits")) == (["Autre nom"], [RECLAMATION["faits"]])
