"""What was understood, what was found, the cause; the complainant may read the first (CY-08)."""

from typing import Any

import pytest

from complaints.handling.moving import InvalidMove, blank_form
from tests.complaints.handling.composed import do, file_with, letter
from tests.factories import paris

REFORMULATION = letter("reformulation", "Bonjour {nom},\n\nNous comprenons que {reformulation}")
FOUND = {
    "understood": "L’attestation manque.",
    "analysis": "Elle n’a jamais été éditée.",
    "root_cause": "Personne n’en est chargé.",
}


def test_the_dossier_keeps_the_analysis_and_the_journal_all_of_it(world: Any) -> None:
    done = do(world, file_with(world, "analyse"), **FOUND)
    assert (done.analysis, done.root_cause) == (FOUND["analysis"], FOUND["root_cause"])
    event = done.events.get(kind="analysed")
    assert (event.personal, event.data) == (FOUND, {"letter": ""})


def test_what_was_understood_is_sent_to_the_complainant(world: Any) -> None:
    dossier = file_with(world, "analyse", REFORMULATION)
    done = do(world, dossier, understood="l’attestation manque.")
    sent = done.letters.get(document="letter")
    assert sent.body == "Bonjour Dora Lemaire,\n\nNous comprenons que l’attestation manque."
    assert sent.to_complainant
    assert done.events.get(kind="analysed").data == {"letter": sent.number}


@pytest.mark.parametrize(
    ("letters", "data", "field"),
    [
        ([], {"understood": "", "analysis": " ", "root_cause": ""}, "analysis"),
        ([REFORMULATION], {"analysis": "Jamais éditée."}, "understood"),
    ],
)
def test_an_empty_analysis_and_a_letter_without_its_words_are_refused(
    world: Any, letters: list[Any], data: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidMove) as refused:
        do(world, file_with(world, "analyse", *letters), **data)
    assert list(refused.value.form.errors) == [field]


def test_an_analysis_is_gone_on_with_where_it_was_left(world: Any) -> None:
    done = do(world, file_with(world, "analyse"), **FOUND)
    at = paris("2026-04-02 09:00")
    form = blank_form(done, "faire", actor=world.staff("alice"), at=at)
    assert form["analysis"].value() == FOUND["analysis"]
    again = do(world, done, understood="", root_cause="Le modèle est perdu.")
    assert (again.analysis, again.root_cause) == (FOUND["analysis"], "Le modèle est perdu.")
