"""Each mark an editor may write stands for something, sooner or later."""

from typing import Any

import pytest

from complaints.letters.merge import FIELDS, facts_of, for_third_party
from complaints.models import Dossier
from complaints.workflow.marks import FILLED_BY
from tests import factories
from tests.factories import paris

AT = paris("2026-03-30 09:00")


@pytest.fixture
def dossier(world: Any) -> Dossier:
    return factories.file(world, at=AT).dossier


def test_every_mark_is_filled_by_the_dossier_or_by_a_deed(dossier: Dossier) -> None:
    assert facts_of(dossier, AT).keys() | FILLED_BY.keys() == FIELDS.keys()


def test_the_nature_is_a_word_in_a_sentence(dossier: Dossier) -> None:
    assert facts_of(dossier, AT)["nature"] == "réclamation"


@pytest.mark.parametrize(
    ("named", "blank"),
    [(False, {"nom", "decision", "suivi", "echeances"}), (True, {"suivi", "echeances"})],
)
def test_what_concerns_the_complainant_alone_is_blank_for_others(
    dossier: Dossier, named: bool, blank: set[str]
) -> None:
    facts = dict.fromkeys(FIELDS, "dit")
    told = for_third_party(facts, named=named)
    assert {name for name, fact in told.items() if not fact} == blank


def test_a_fact_does_not_turn_round_the_sentence_it_is_put_in(world: Any) -> None:
    dossier = factories.file(
        world, at=AT, objet="Facture \u202efdp\u2066", nom="\u2067Dora"
    ).dossier
    facts = facts_of(dossier, AT)
    assert (facts["objet"], facts["nom"]) == ("Facture fdp", "Dora")
    assert dossier.subject == "Facture \u202efdp\u2066"
