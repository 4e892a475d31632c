"""The sum of a browser: small, checked at once, spent once, and never the only way in."""

from itertools import count

import pytest

from pages import guard
from pages.challenges import PARTS
from pages.guard import STALE, UNPROVED_LIMIT
from tests.pages.guarded import Sender, after, guarded, proof_of

PROVED = guarded(proof_of_work=True)


@pytest.fixture(autouse=True)
def _an_easier_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.challenges.BITS", 6)


def test_a_proof_lets_in_without_a_wait() -> None:
    sender = Sender(PROVED)
    sender.prove(sender.look())
    assert sender.send(after(0)) == ""


def test_the_minimum_time_holds_beside_the_proof() -> None:
    sender = Sender(guarded(proof_of_work=True, minimum_seconds=3))
    sender.prove(sender.look())
    said = sender.send(after(1))
    assert said
    assert "JavaScript" not in said
    assert sender.send(after(3)) == ""


WRONG = ["", "1", "x", ".".join(["0"] * PARTS), ".".join(["9" * 9] * PARTS), "1." * 100_000]


@pytest.mark.parametrize("proof", WRONG, ids=range(len(WRONG)))
def test_what_proves_nothing_waits_longer_and_is_told_why(proof: str) -> None:
    sender = Sender(PROVED)
    sender.look()
    said = sender.send(after(5), **{guard.PROOF: proof})
    assert "JavaScript" in said
    assert "encore 15\u00a0secondes" in said
    assert sender.send(after(20), **{guard.PROOF: proof}) == ""


def test_a_proof_holds_to_its_last_number_and_to_its_own_page() -> None:
    sender = Sender(PROVED)
    sender.prove(sender.look())
    proof = sender.posted[guard.PROOF]
    sender.look()
    assert "JavaScript" in sender.send(after(1), **{guard.PROOF: proof})
    shown = guard.challenge(PROVED, after(0)).shown
    numbers = proof_of(shown).split(".")
    assert shown.proved_by(".".join(numbers))
    wrong = next(str(n) for n in count() if not shown._holds(PARTS - 1, str(n)))
    assert not shown.proved_by(".".join([*numbers[:-1], wrong]))
    assert not shown.proved_by(".".join(numbers[1:]))
    assert not shown.proved_by(".".join(reversed(numbers)))


def test_a_page_is_spent_once() -> None:
    first = Sender(PROVED)
    first.prove(first.look())
    assert first.send(after(1)) == ""
    replayed = Sender(PROVED, address="198.51.100.9", posted=first.posted)
    assert replayed.send(after(2)) == STALE
    again = replayed.carry(guard.challenge(PROVED, after(2), replayed.request()))
    replayed.prove(again)
    assert replayed.send(after(3)) == ""


def test_without_a_script_a_page_is_spent_once_too() -> None:
    first = Sender(PROVED)
    first.look()
    assert first.send(after(25)) == ""
    assert Sender(PROVED, posted=first.posted).send(after(25)) == STALE


def test_two_clicks_at_once_are_one_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is asked before the first has been remembered."""
    sender = Sender(PROVED)
    sender.prove(sender.look())
    monkeypatch.setattr("pages.rates.left", lambda scope, name: None)
    assert [sender.send(after(1)), sender.send(after(1))] == ["", ""]


def test_a_sum_is_not_made_again_when_its_page_comes_back() -> None:
    sender = Sender(guarded(proof_of_work=True, minimum_seconds=3))
    sender.prove(sender.look())
    proof = sender.posted[guard.PROOF]
    assert sender.send(after(1))
    again = guard.challenge(sender.form, after(1), sender.request())
    assert (again.token, again.proof) == (sender.posted[guard.TOKEN], proof)
    wrong = sender.request(**{guard.PROOF: "0"})
    assert guard.challenge(sender.form, after(1), wrong).proof == ""


def test_few_posts_an_hour_prove_nothing_and_the_others_go_on() -> None:
    form = guarded(proof_of_work=True, hourly_limit=30)
    school = [Sender(form) for _ in range(UNPROVED_LIMIT + 2)]
    for sender in school:
        sender.look()
    said = [sender.send(after(20)) for sender in school[:-1]]
    assert said[:-1] == [""] * UNPROVED_LIMIT
    assert said[-1].startswith("Sans JavaScript")
    assert "à partir de 13\u00a0h" in said[-1]
    school[-1].prove(school[-1].look())
    assert school[-1].send(after(20)) == ""


def test_a_stricter_rate_of_the_form_holds_without_a_proof() -> None:
    form = guarded(proof_of_work=True, hourly_limit=2)
    senders = [Sender(form) for _ in range(3)]
    for sender in senders:
        sender.look()
    assert [bool(sender.send(after(20))) for sender in senders] == [False, False, True]


def test_a_page_shown_before_the_sum_was_asked_owes_none() -> None:
    sender = Sender(guarded())
    sender.look()
    sender.form = PROVED
    assert sender.send(after(1)) == ""
