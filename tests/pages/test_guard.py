"""The guard's rules: a box left empty, a page looked at for a while, and no dead end."""

import logging
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.template.loader import render_to_string

from complaints.intake.definition import PARTS
from pages import guard
from pages.challenges import BITS
from pages.guard import FILLED, MORE, NOTHING_LOST, STALE
from tests.pages.guarded import ALL, NOON, OPEN, Sender, after, guarded

TRAPPED = guarded(honeypot=True)
SLOW = guarded(minimum_seconds=3)
LATER = 60


@pytest.fixture(autouse=True)
def _an_easier_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.challenges.BITS", 4)


def shown(challenge: guard.Challenge) -> str:
    return render_to_string("pages/guard.html", {"challenge": challenge})


def test_a_form_without_protection_asks_nothing() -> None:
    assert Sender(guarded()).send(NOON) == ""


def test_a_person_goes_through_all_of_them() -> None:
    sender = Sender(guarded(**ALL))
    sender.prove(sender.look())
    assert sender.send(after(3)) == ""


# A box left empty


def test_a_filled_box_is_refused_and_then_shown_to_be_emptied() -> None:
    sender = Sender(TRAPPED)
    assert "aria-hidden" in shown(sender.look())
    assert sender.send(after(LATER), **{guard.TRAP: 'https://exemple.example/"><b>'}) == FILLED
    request = sender.request(**{guard.TRAP: 'https://exemple.example/"><b>'})
    again = sender.carry(guard.challenge(TRAPPED, after(LATER), request))
    page = shown(again)
    assert "visually-hidden" not in page
    assert "aria-hidden" not in page
    assert 'value="https://exemple.example/&quot;&gt;&lt;b&gt;"' in page
    assert sender.send(after(LATER + 1)) == FILLED
    assert sender.send(after(LATER + 2), **{guard.TRAP: "  "}) == ""


def test_no_browser_nor_vault_is_asked_to_fill_the_box() -> None:
    page = shown(Sender(TRAPPED).look())
    for mark in ("off", "1p-ignore", "lpignore", "bwignore", 'form-type="other"'):
        assert mark in page.partition("site-web")[2]


def test_an_unswitched_box_is_neither_shown_nor_read() -> None:
    sender = Sender(SLOW)
    assert guard.TRAP not in shown(sender.look())
    assert sender.send(after(LATER), **{guard.TRAP: "x"}) == ""
    request = sender.request(**{guard.TRAP: "x"})
    assert guard.TRAP not in shown(guard.challenge(SLOW, after(LATER), request))


def test_a_box_filled_later_is_seen_even_in_a_draft_that_was_let_in() -> None:
    sender = Sender(guarded(honeypot=True, minimum_seconds=3))
    sender.look()
    assert sender.send(after(5)) == ""
    assert sender.send(after(6), **{guard.TRAP: "x"}) == FILLED


def test_no_question_can_post_under_a_name_of_the_guard() -> None:
    ends = {part.key for parts in PARTS.values() for part in parts}
    for name in guard.INPUTS:
        assert "-" in name
        assert name.rpartition("-")[2] not in ends


# A page looked at for a while


@pytest.mark.parametrize(
    ("seconds", "passes"), [(0, False), (2.99, False), (3, True), (LATER, True)]
)
def test_a_post_comes_some_time_after_its_page(seconds: float, passes: bool) -> None:
    sender = Sender(SLOW)
    sender.look()
    assert (sender.send(after(seconds)) == "") is passes


def test_who_was_too_fast_waits_and_passes_with_the_same_page() -> None:
    sender = Sender(guarded(minimum_seconds=30))
    sender.look()
    said = sender.send(after(9.5))
    assert "encore 21\u00a0secondes" in said
    assert NOTHING_LOST in said
    assert "quelques secondes" in sender.send(after(26))
    sender.carry(guard.challenge(sender.form, after(26), sender.request()))
    assert sender.send(after(30)) == ""


@pytest.mark.parametrize("token", ["", "x", "7.0.aa.0:forged", "é:è\x00", ":" * 1000, "٣.٣.a.٣:x"])
def test_a_missing_or_forged_word_is_worth_a_new_page(token: str) -> None:
    sender = Sender(SLOW, posted={guard.TOKEN: token} if token else {})
    assert sender.send(after(LATER)) == STALE
    sender.carry(guard.challenge(SLOW, after(LATER), sender.request()))
    assert sender.send(after(LATER + 3)) == ""


def test_a_word_is_good_for_its_form_alone() -> None:
    sender = Sender(guarded(8, **OPEN | {"minimum_seconds": 3}))
    sender.posted = {guard.TOKEN: guard.challenge(SLOW, NOON).token}
    assert sender.send(after(LATER)) == STALE


def test_the_word_of_a_form_not_yet_saved_is_refused_and_no_more() -> None:
    unsaved = guard.challenge(guarded(None), NOON)
    sender = Sender(SLOW, posted={guard.TOKEN: unsaved.token})
    assert sender.send(after(LATER)) == STALE


def test_a_page_two_days_old_gives_its_place_to_a_new_one() -> None:
    sender = Sender(SLOW)
    sender.look()
    assert sender.send(after(48 * 3600)) == ""
    late = Sender(SLOW)
    late.look()
    assert late.send(after(48 * 3600 + 1)) == STALE
    late.carry(guard.challenge(SLOW, after(48 * 3600 + 1), late.request()))
    assert late.send(after(48 * 3600 + 5)) == ""


def test_a_clock_put_back_punishes_nobody() -> None:
    sender = Sender(SLOW)
    sender.look(after(3600))
    assert sender.send(NOON) == ""


def test_a_page_outlives_a_change_of_secret(settings: LazySettings) -> None:
    sender = Sender(SLOW)
    sender.look()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "newer", [settings.SECRET_KEY]
    assert sender.send(after(LATER)) == ""
    settings.SECRET_KEY_FALLBACKS = []
    assert Sender(SLOW, posted=sender.posted).send(after(LATER)) == STALE


# A draft that was let in


def test_what_was_let_in_is_not_questioned_when_sent_again_or_at_last() -> None:
    form = guarded(**ALL)
    sender = Sender(form)
    sender.prove(sender.look())
    assert sender.send(after(5)) == ""
    sender.look(after(6))  # the review: another page, sent at once, its sum not made
    assert sender.send(after(6.5)) == ""
    sender.posted = {}
    request = sender.request(**{guard.DRAFT: ""})
    assert guard.refusal(form, request, after(7), draft=sender.draft) == ""
    assert guard.refusal(form, request, after(7)) == STALE


def test_a_draft_opens_the_door_for_a_few_posts_then_shows_a_page_again() -> None:
    sender = Sender(guarded(minimum_seconds=3, proof_of_work=True))
    sender.prove(sender.look())
    assert [sender.send(after(5)) for _ in range(MORE + 1)] == [""] * (MORE + 1)
    assert sender.send(after(5)) == STALE
    sender.prove(sender.carry(guard.challenge(sender.form, after(6), sender.request())))
    assert sender.send(after(10)) == ""


def test_a_draft_let_in_by_one_form_is_unknown_to_another() -> None:
    sender = Sender(SLOW)
    sender.look()
    assert sender.send(after(5)) == ""
    elsewhere = Sender(guarded(8, minimum_seconds=3), draft=sender.draft)
    assert elsewhere.send(after(5)) == STALE


# What the page carries


def test_what_the_page_carries_is_new_each_time_and_the_same_for_whoever_looks() -> None:
    first, second = (guard.challenge(guarded(**ALL), NOON) for _ in range(2))
    assert first.token != second.token
    page = shown(first)
    assert page.replace(first.token, "").replace(first.shown.nonce, "") == shown(second).replace(
        second.token, ""
    ).replace(second.shown.nonce, "")


@pytest.mark.parametrize("switched", [{}, {"honeypot": True}, {"proof_of_work": True}, ALL])
def test_the_page_holds_what_its_form_asks_and_nothing_inline(switched: dict[str, Any]) -> None:
    form = guarded(**switched)
    page = shown(guard.challenge(form, NOON))
    assert ("Laissez cette case vide" in page) is form.honeypot
    assert ("guard.js" in page) is form.proof_of_work
    assert (guard.PROOF in page) is form.proof_of_work
    assert " style=" not in page
    assert "</script>" not in page.replace("defer></script>", "")


def test_a_refusal_says_nothing_of_the_person_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "pages.guard")
    sender = Sender(TRAPPED)
    sender.send(NOON, **{guard.TRAP: "https://exemple.example/"})
    assert FILLED in caplog.text
    assert sender.address not in caplog.text
    assert sender.draft not in caplog.text
    assert "exemple" not in caplog.text


def test_the_real_sum_is_twelve_bits_sixteen_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    page = shown(guard.challenge(guarded(proof_of_work=True), NOON))
    assert 'data-bits="12"' in page
    assert 'data-parts="16"' in page
    assert BITS == 12


def test_an_unknown_draft_named_by_nobody_is_questioned_each_time() -> None:
    sender = Sender(SLOW, draft="")
    sender.look()
    assert sender.send(after(5)) == ""
    assert sender.send(after(5), **{guard.TOKEN: ""}) == STALE
    assert guard.refusal(SLOW, sender.request(), after(5), draft=uuid4()) == ""
