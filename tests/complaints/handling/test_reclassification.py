"""Another nature: its own limits count from their own start; the journal keeps both (CM-10)."""

from typing import Any

import pytest

from complaints.handling.moving import InvalidMove
from complaints.models import Dossier
from complaints.models.event import first_broken_event
from tests.complaints.handling.clocked import standing
from tests.complaints.handling.composed import do, file_with, letter
from tests.complaints.handling.rules import limit
from tests.factories import World

LIMITS = [
    limit(3, key="aleas", label="Prise en charge", when={"kind": ["disruption"]}),
    limit(
        30, key="reponse", label="Réponse", promise="Nous répondons", when={"kind": ["complaint"]}
    ),
]
TOLD = letter(
    "requalifie",
    "Ce dossier est maintenant : {nouvelle_nature}. {motif}\n{echeances}",
    "De {nature} à {nouvelle_nature}",
)


def disruption(world: World, *letters: dict[str, Any], to: str = "") -> Dossier:
    """Filed as a complaint by its form, it is an aléa until someone says otherwise."""
    dossier = file_with(
        world, "reclassify", *letters, to=to, kinds=["complaint", "disruption"], time_limits=LIMITS
    )
    return do(world, dossier, kind="disruption", reason="Une panne du réseau.")


def test_the_limits_of_the_new_nature_count_from_the_reception(world: Any) -> None:
    incident = disruption(world)
    assert standing(incident) == {
        "reponse": ("replaced", "2026-04-29"),
        "aleas": ("running", "2026-04-02"),
    }
    complaint = do(world, incident, kind="complaint", reason="Une réclamation, après lecture.")
    assert complaint.kind == "complaint"
    assert complaint.deadlines.filter(key="reponse", state="running").get().due_on.day == 29
    assert standing(complaint)["aleas"] == ("replaced", "2026-04-02")
    assert str(complaint.next_due_on) == "2026-04-29"


def test_the_journal_keeps_both_natures_why_and_each_date(world: Any) -> None:
    event = disruption(world).events.get(kind="reclassified")
    assert event.data == {
        "nature": "disruption",
        "before": {"nature": "complaint"},
        "deadlines": [
            {"limit": "reponse", "was": "2026-04-29"},
            {"limit": "aleas", "is": "2026-04-02"},
        ],
        "letter": "",
    }
    assert event.personal == {"reason": "Une panne du réseau."}
    assert first_broken_event(event.dossier) is None


def test_the_letter_tells_the_new_nature_and_its_dates(world: Any) -> None:
    dossier = do(world, disruption(world, TOLD), kind="complaint", reason="Le contrat en parle.")
    sent = dossier.letters.filter(document="letter").last()
    assert sent.subject == "De aléa à réclamation"
    assert "est maintenant : réclamation. Le contrat en parle." in sent.body
    assert "– Nous répondons au plus tard le mercredi 29 avril 2026" in sent.body


def test_it_may_lead_to_another_stage(world: Any) -> None:
    assert disruption(world, to="evaluation").stage == "evaluation"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "disruption", "reason": "Encore."}, "kind"),  # it is one already
        ({"kind": "grievance", "reason": "Ailleurs."}, "kind"),  # the procedure knows none
        ({"kind": "complaint", "reason": " "}, "reason"),
    ],
)
def test_only_another_nature_of_the_procedure_and_with_a_reason(
    world: Any, data: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidMove) as refused:
        do(world, disruption(world), **data)
    assert list(refused.value.form.errors) == [field]
