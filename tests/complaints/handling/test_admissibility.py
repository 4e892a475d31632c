"""A complaint or not, with reasons (CS-04, CS-16)."""

from typing import Any

import pytest

from complaints.handling.criteria import age_of_facts
from complaints.handling.moving import InvalidMove, blank_form
from complaints.models import Dossier, Organisation
from tests import factories
from tests.complaints.handling.conftest import FILED_AT
from tests.complaints.handling.rules import publish

REFUSAL = ("hors_reclamation", {"reason": "C’est une demande d’information."})


def test_declaring_it_admissible_notes_the_breaches_for_the_register(
    world: Any, registered: Dossier
) -> None:
    move = ("recevable", {"breaches": "Envoi non suivi."})
    taken = factories.play(world, registered, move, at=FILED_AT)
    assert (taken.stage, taken.breaches) == ("evaluation", "Envoi non suivi.")
    event = taken.events.get(kind="declared_admissible")
    assert (event.personal, event.data) == ({"breaches": "Envoi non suivi."}, {"letter": ""})


def test_refusing_closes_it_with_a_letter_and_its_reason(world: Any, dossier: Dossier) -> None:
    refused = factories.play(world, dossier, REFUSAL, at=FILED_AT)
    assert (refused.stage, refused.phase, refused.closed_at) == (
        "hors_reclamation",
        "closed",
        FILED_AT,
    )
    assert refused.decision == "C’est une demande d’information."
    assert [event.kind for event in refused.events.order_by("number")] == [
        "received",
        "declared_inadmissible",
        "closed",
    ]
    assert refused.letters.get(document="letter").notices.count() == 1


def test_the_letter_says_the_reason_where_it_asks_for_it(world: Any, dossier: Dossier) -> None:
    letter = {"subject": "Votre demande", "body": "Voici pourquoi : {motif}"}
    refused = factories.play(world, dossier, (REFUSAL[0], REFUSAL[1] | letter), at=FILED_AT)
    sent = refused.letters.get(document="letter")
    assert sent.body == "Voici pourquoi : C’est une demande d’information."


def test_a_refusal_answers_what_was_due(world: Any, dossier: Dossier) -> None:
    refused = factories.play(world, dossier, REFUSAL, at=FILED_AT)
    duties = refused.deadlines.filter(is_duty=True)
    assert set(duties.values_list("state", flat=True)) == {"met"}


def test_a_refusal_without_reason_is_refused(world: Any, dossier: Dossier) -> None:
    with pytest.raises(InvalidMove, match="reason"):
        factories.play(world, dossier, ("hors_reclamation", {"reason": " "}), at=FILED_AT)


CRITERIA = [
    {"key": "recents", "label": "Les faits sont récents", "amount": 2, "unit": "mois"},
    {"key": "precis", "label": "La demande est précise"},
]
BOTH = {"criteria": ["recents", "precis"], "breaches": ""}


@pytest.fixture
def judged(world: Any) -> Dossier:
    """Registered under a procedure with criteria, one of which is about the age of the facts."""
    publish(world, criteria=CRITERIA)
    filed = factories.file(world, at=FILED_AT).dossier
    return factories.play(world, filed, "inscrire", at=FILED_AT)


def happened(dossier: Dossier, day: str | None) -> Dossier:
    Dossier.objects.filter(pk=dossier.pk).update(facts_on=day)
    return Dossier.objects.get(pk=dossier.pk)


def form_of(world: Any, dossier: Dossier, move: str) -> Any:
    return blank_form(dossier, move, actor=world.staff("alice"), at=FILED_AT)


RECENT = (
    "Les faits datent du 31 janvier 2026\u00a0; la réclamation a été reçue le 30 mars 2026,"
    " moins de 2 mois après."
)
OLD = (
    "Les faits datent du 30 janvier 2026\u00a0; la réclamation a été reçue le 30 mars 2026,"
    " 2 mois ou plus après."
)
UNKNOWN = "La date des faits n’est pas connue\u00a0: à vous d’en juger."
UNLIKELY = "Les faits datés du 2 avril 2026 suivraient la réclamation\u00a0: à vous d’en juger."


@pytest.mark.parametrize(
    ("facts_on", "said", "recent"),
    [
        ("2026-01-31", RECENT, True),
        ("2026-01-30", OLD, False),
        (None, UNKNOWN, None),
        ("2026-04-02", UNLIKELY, None),
    ],
)
def test_the_age_of_the_facts_is_counted_said_and_ticked(
    world: Any, judged: Dossier, facts_on: str | None, said: str, recent: bool | None
) -> None:
    """IH-22, IH-A12: less than two months old on the day of the receipt, not of the decision."""
    dossier = happened(judged, facts_on)
    for move, ticked_when in (("recevable", True), (REFUSAL[0], False)):
        form = form_of(world, dossier, move)
        assert said in form.fields["criteria"].help_text
        assert form.initial["criteria"] == (["recents"] if recent is ticked_when else [])


@pytest.mark.parametrize(
    ("unit", "facts_on", "recent"),
    [
        ("jours_ouvres", "2026-03-16", False),  # ten worked days later: the day of the receipt
        ("jours_ouvres", "2026-03-17", True),
        ("jours_calendaires", "2026-03-20", False),
        ("jours_calendaires", "2026-03-21", True),
    ],
)
def test_an_age_in_days_is_counted_as_any_time_limit(
    world: Any, unit: str, facts_on: str, recent: bool
) -> None:
    publish(world, criteria=[CRITERIA[0] | {"amount": 10, "unit": unit}])
    dossier = happened(factories.file(world, at=FILED_AT).dossier, facts_on)
    assert age_of_facts(dossier.rules.criteria[0], dossier).recent is recent


def test_all_the_criteria_or_a_reason_for_the_exception(world: Any, judged: Dossier) -> None:
    with pytest.raises(InvalidMove) as refused:
        factories.play(world, judged, ("recevable", BOTH | {"criteria": ["precis"]}), at=FILED_AT)
    assert list(refused.value.form.errors) == ["exception"]
    taken = factories.play(world, judged, ("recevable", BOTH), at=FILED_AT)
    event = taken.events.get(kind="declared_admissible")
    assert event.data == {"letter": "", "met": ["recents", "precis"], "unmet": []}
    assert event.personal == {"breaches": ""}


def test_a_person_may_take_it_up_all_the_same_and_says_why(world: Any, judged: Dossier) -> None:
    why = {"criteria": ["precis"], "exception": "Les faits durent encore."}
    taken = factories.play(world, judged, ("recevable", BOTH | why), at=FILED_AT)
    event = taken.events.get(kind="declared_admissible")
    assert (event.data["met"], event.data["unmet"]) == (["precis"], ["recents"])
    assert event.personal["exception"] == "Les faits durent encore."


def test_a_refusal_follows_from_a_criterion_that_is_not_met(world: Any, judged: Dossier) -> None:
    with pytest.raises(InvalidMove, match="criteria"):
        factories.play(world, judged, REFUSAL, at=FILED_AT)
    refusal = (REFUSAL[0], REFUSAL[1] | {"criteria": ["precis"]})
    refused = factories.play(world, judged, refusal, at=FILED_AT)
    event = refused.events.get(kind="declared_inadmissible")
    assert (event.data["met"], event.data["unmet"]) == (["recents"], ["precis"])


def test_what_the_counting_does_not_know_is_left_to_the_person(world: Any, judged: Dossier) -> None:
    Organisation.objects.update(time_zone="Europe/Nulle-Part")
    form = form_of(world, happened(judged, "2026-03-01"), "recevable")
    assert "n’a pas pu être compté" in form.fields["criteria"].help_text
    assert form.initial["criteria"] == []


def judge(world: Any, dossier: Dossier, **typed: Any) -> Dossier:
    return factories.play(world, dossier, ("recevable", BOTH | typed), at=FILED_AT)


def judged_wrong(world: Any, dossier: Dossier, **typed: Any) -> dict[str, list[str]]:
    with pytest.raises(InvalidMove) as refused:
        judge(world, dossier, **typed)
    return dict(refused.value.form.errors)


def test_the_day_of_the_facts_is_asked_where_a_criterion_counts_from_it(
    world: Any, judged: Dossier
) -> None:
    form = form_of(world, happened(judged, "2026-03-01"), "recevable")
    assert next(iter(form.fields)) == "facts_on"
    assert str(form.initial["facts_on"]) == "2026-03-01"
    publish(world, criteria=CRITERIA[1:])
    ageless = factories.play(
        world, factories.file(world, at=FILED_AT).dossier, "inscrire", at=FILED_AT
    )
    assert "facts_on" not in form_of(world, ageless, "recevable").fields
    assert "facts_on" not in form_of(world, ageless, REFUSAL[0]).fields


@pytest.mark.parametrize("move", ["recevable", REFUSAL[0]])
def test_the_day_that_staff_give_is_kept_on_the_dossier_and_in_the_event(
    world: Any, judged: Dossier, move: str
) -> None:
    old = {"recevable": "2026-03-01", REFUSAL[0]: "2026-01-02"}[move]
    said = {"recevable": BOTH, REFUSAL[0]: REFUSAL[1] | {"criteria": ["recents"]}}[move]
    done = factories.play(world, judged, (move, said | {"facts_on": old}), at=FILED_AT)
    assert str(done.facts_on) == old
    assert done.events.get(kind__startswith="declared").data["facts_on"] == old


def test_facts_do_not_follow_the_complaint_about_them(world: Any, judged: Dossier) -> None:
    """FILED_AT is 30 March in Paris."""
    assert judged_wrong(world, judged, facts_on="2026-03-31") == {
        "facts_on": ["Les faits ne peuvent pas être postérieurs à la réclamation."]
    }
    assert str(judge(world, judged, facts_on="2026-03-30").facts_on) == "2026-03-30"


def test_a_box_says_what_the_day_that_was_just_given_says(world: Any, judged: Dossier) -> None:
    errors = judged_wrong(world, judged, facts_on="2026-01-30")
    assert errors == {"criteria": [f"{OLD} Décochez «\u00a0Les faits sont récents\u00a0»."]}
    errors = judged_wrong(world, judged, facts_on="2026-01-31", criteria=["precis"], exception="X")
    assert errors == {"criteria": [f"{RECENT} Cochez «\u00a0Les faits sont récents\u00a0»."]}
    why = {"criteria": ["precis"], "exception": "Les faits durent encore."}
    assert str(judge(world, judged, facts_on="2026-01-30", **why).facts_on) == "2026-01-30"


def test_an_empty_day_forgets_nothing(world: Any, judged: Dossier) -> None:
    taken = judge(world, happened(judged, "2026-03-01"), facts_on="")
    assert str(taken.facts_on) == "2026-03-01"
    assert "facts_on" not in taken.events.get(kind="declared_admissible").data
