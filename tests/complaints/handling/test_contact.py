"""The call log: with whom, how, when, what was said; what was agreed to counts (CY-06, CY-09)."""

from datetime import date, time
from typing import Any

import pytest

from complaints.handling.moving import InvalidMove, blank_form
from complaints.models import Dossier
from tests.complaints.handling.composed import do, file_with
from tests.factories import paris

CALL = {
    "person": "Dora Lemaire",
    "channel": "phone",
    "on": date(2026, 3, 31),
    "hour": time(14, 5),
    "said": "Elle attend l’attestation pour son employeur.",
}


@pytest.fixture
def dossier(world: Any) -> Dossier:
    return file_with(world, "log_contact")


def test_a_call_is_a_line_of_the_journal_and_its_words_can_be_erased(
    world: Any, dossier: Dossier
) -> None:
    event = do(world, dossier, **CALL).events.get(kind="contact_logged")
    assert event.data == {"channel": "phone", "on": "2026-03-31", "hour": "14:05"}
    assert event.personal == {"person": "Dora Lemaire", "text": CALL["said"]}
    assert (event.actor_label, event.at) == ("Alice", paris("2026-04-01 09:00"))


def test_the_hour_is_not_asked_for_and_the_day_is_today(world: Any, dossier: Dossier) -> None:
    done = do(world, dossier, channel="oral", said="Vue à l’accueil.")
    event = done.events.get(kind="contact_logged")
    assert (event.data["on"], event.data["hour"]) == ("2026-04-01", "")
    assert event.personal["person"] == "Dora Lemaire"


@pytest.mark.parametrize(
    ("when", "field", "sentence"),
    [
        ({"on": date(2026, 4, 2)}, "on", "Ce jour n’est pas encore venu."),
        (
            {"on": date(2026, 4, 1), "hour": time(9, 1)},
            "hour",
            "Cette heure n’est pas encore venue.",
        ),
    ],
)
def test_nobody_was_called_tomorrow(
    world: Any, dossier: Dossier, when: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(InvalidMove) as refused:
        do(world, dossier, **CALL | when)
    assert refused.value.form.errors == {field: [sentence]}


def test_being_named_is_agreed_to_and_taken_back_in_writing(world: Any, dossier: Dossier) -> None:
    """IH-31: a recorded consent."""

    def agreed(answer: str) -> bool:
        after = do(world, dossier, **CALL | {"consent": answer})
        return after.parties.get(role="complainant").consents_to_disclosure

    assert [agreed(answer) for answer in ("", "yes", "", "no")] == [False, True, True, False]
    said = [event.data.get("consent") for event in dossier.events.filter(kind="contact_logged")]
    assert said == [None, "yes", None, "no"]


def test_without_a_complainant_nobody_is_asked_to_be_named(world: Any, dossier: Dossier) -> None:
    dossier.parties.all().delete()
    at = paris("2026-04-01 09:00")
    form = blank_form(dossier, "faire", actor=world.staff("alice"), at=at)
    assert "consent" not in form.fields
    assert form.initial.get("person") is None
