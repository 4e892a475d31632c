"""The notice: a letter, a fact, and which limits it meets is the procedure's choice (IH-A1)."""

from typing import Any

import pytest

from tests import factories
from tests.complaints.handling.composed import RECEIVED, do, file_with, letter
from tests.complaints.handling.rules import limit

NOTICE = letter(
    "avis_reception", "Reçu le {date_reception}.\n\nVoici ce qui vous est annoncé :\n{echeances}"
)
ANSWER = limit(45, key="reponse", label="Réponse", promise="Nous devons vous répondre")


def limits(**met_by: list[str]) -> list[dict[str, Any]]:
    """IH-A1: five worked days to acknowledge, ten days to give notice."""
    return [
        limit(5, "jours_ouvres", key="accuse", label="Accusé", met_by=met_by["accuse"]),
        limit(10, key="avis", label="Avis", promise="Vous aurez un avis", met_by=met_by["avis"]),
        ANSWER,
    ]


def test_it_gives_the_day_of_the_receipt_and_what_is_promised_but_itself(world: Any) -> None:
    """IH-20."""
    rules = limits(accuse=["acknowledged"], avis=["notice_given"])
    done = do(world, file_with(world, "give_notice", NOTICE, time_limits=rules))
    body = done.letters.get(document="letter").body
    assert "Reçu le 30 mars 2026." in body
    assert "– Nous devons vous répondre au plus tard le jeudi 14 mai 2026" in body
    assert "Vous aurez un avis" not in body
    assert done.events.get(kind="notice_given").data == {"letter": "C-2026-0001"}


@pytest.mark.parametrize(
    ("button", "accuse", "avis", "met"),
    [
        ("faire", ["acknowledged"], ["notice_given"], {"avis"}),
        ("accuser", ["acknowledged"], ["notice_given"], {"accuse"}),
        ("faire", ["acknowledged", "notice_given"], ["notice_given"], {"accuse", "avis"}),
        ("accuser", ["acknowledged"], ["notice_given", "acknowledged"], {"accuse", "avis"}),
    ],
)
def test_one_letter_is_enough_for_both_only_where_the_procedure_says_so(
    world: Any, button: str, accuse: list[str], avis: list[str], met: set[str]
) -> None:
    rules = limits(accuse=accuse, avis=avis)
    dossier = file_with(world, "give_notice", NOTICE, time_limits=rules)
    factories.play(world, dossier, button, at=RECEIVED)
    assert set(dossier.deadlines.filter(state="met").values_list("key", flat=True)) == met
    assert dossier.letters.filter(document="letter").count() == 1


def test_an_answer_that_comes_first_makes_the_acknowledgement_needless(world: Any) -> None:
    """CY-07, CM-A3."""
    waived = ["acknowledged", "response_sent"]
    rules = [limit(3, "jours_ouvrables", key="accuse", label="Accusé", met_by=waived), ANSWER]
    reply = letter("aussitot", "Voici notre réponse.")
    dossier = file_with(world, "respond", reply, time_limits=rules)
    done = do(world, dossier, resolution="Expliqué.")
    deadline = done.deadlines.get(key="accuse")
    assert (deadline.state, deadline.met_by.kind) == ("met", "response_sent")
    assert not done.events.filter(kind="acknowledged").exists()
