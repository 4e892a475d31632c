"""What staff file for somebody: who may, under which rules, from which day the limits count."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.core import mail

from complaints import intake
from complaints.handling.clock import check_deadlines
from complaints.handling.deadlines import regrade
from complaints.handling.dispatch import send_waiting
from complaints.handling.entering import (
    EntryRefused,
    enter,
    for_staff,
    forms_open_to,
    missing_answers,
    offered,
    unanswered,
)
from complaints.handling.filing import Submission, file_dossier
from complaints.models import Dossier, Form, Letter, Procedure
from complaints.models.event import first_broken_event
from complaints.workflow.vocabulary import Channel, EventKind
from pages.timeline import public_facts
from tests import factories
from tests.complaints.handling.rules import limit, publish
from tests.factories import World, paris

CAME = paris("2026-04-03 16:00")  # a Friday, before Easter Monday
TYPED = paris("2026-04-08 10:00")


def phoned(world: World, **answers: Any) -> Submission:
    sent = factories.submission(world, deja=False, deja_le=None, deja_par=None, **answers)
    return replace(sent, channel=Channel.PHONE, received_at=CAME)


def entered(world: World, at: datetime = TYPED, **answers: Any) -> Dossier:
    return enter(world.user("alice"), phoned(world, **answers), at=at).dossier


def due(dossier: Dossier) -> dict[str, date | None]:
    return {line.key: line.due_on for line in dossier.deadlines.all()}


@pytest.mark.parametrize(
    ("login", "organisations"),
    [
        ("alice", {"connectsens"}),
        ("diane", {"connectsens"}),
        ("bob", set()),
        ("charlie", {"autre"}),
    ],
)
def test_the_forms_offered_are_those_of_whose_dossiers_one_sees(
    world: World, other_world: World, login: str, organisations: set[str]
) -> None:
    forms = forms_open_to(world.user(login))
    assert {form.organisation.slug for form in forms} == organisations


def test_the_form_of_another_is_no_offer(world: World, other_world: World) -> None:
    with pytest.raises(EntryRefused):
        offered(world.user("alice"), other_world.page.form_id)
    with pytest.raises(EntryRefused):
        enter(world.user("charlie"), phoned(world), at=TYPED)
    assert Dossier.objects.count() == 0


def test_what_is_not_published_is_not_offered(world: World) -> None:
    alice, forms = world.user("alice"), Form.objects.filter(organisation=world.organisation)
    forms.update(live=False)
    assert not forms_open_to(alice).exists()
    forms.update(live=True)
    Procedure.objects.filter(organisation=world.organisation).update(live=False)
    assert not forms_open_to(alice).exists()


def test_the_rules_are_those_of_the_page_that_asks_the_form(world: World) -> None:
    version = publish(world)
    offer = offered(world.user("alice"), world.page.form_id)
    assert (offer.procedure, offer.form) == (version, world.page.form.current)
    world.page.unpublish()
    assert offered(world.user("alice"), world.page.form_id).procedure == version


def test_it_is_under_the_name_of_who_types_and_says_who_noted_it(world: World) -> None:
    dossier = entered(world)
    event = dossier.events.get()
    assert (event.actor_label, event.at, dossier.transcribed_by) == ("Alice", TYPED, "Alice")
    assert event.data["received_at"] == CAME.isoformat()
    assert event.personal["transcribed_by"] == "Alice"
    assert "Alice" not in str(event.data)
    by_another = replace(phoned(world), transcribed_by="M. Roche")
    assert enter(world.user("alice"), by_another, at=TYPED).dossier.transcribed_by == "M. Roche"
    assert first_broken_event(dossier) is None


def test_time_limits_count_from_the_day_it_came(world: World) -> None:
    """Over a week-end and a holiday: from Friday 3 April, two worked days end on Wednesday 8th."""
    publish(
        world,
        time_limits=[
            limit(2, "jours_ouvres", key="accuse"),
            limit(10, key="reponse"),
            limit(1, "mois", key="droit", on_expiry="lapse", met_by=[]),
        ],
    )
    dossier = entered(world)
    assert due(dossier) == {
        "accuse": date(2026, 4, 8),
        "reponse": date(2026, 4, 13),
        "droit": date(2026, 5, 3),
    }
    assert {line.started_at for line in dossier.deadlines.all()} == {CAME}
    assert dossier.next_due_on == date(2026, 4, 8)


def test_what_was_already_late_when_it_was_typed_is_told_at_the_next_look(world: World) -> None:
    publish(world, time_limits=[limit(1, key="accuse")])
    dossier = entered(world)
    assert dossier.deadlines.get().next_check_at == TYPED
    check_deadlines(TYPED)
    assert dossier.deadlines.get().late_at == TYPED


def test_a_limit_that_applies_later_counts_from_the_day_it_came_too(world: World) -> None:
    levels = [{"key": "high", "label": "Forte"}]
    assess = {"key": "evaluer_ici", "label": "Évaluer", "deed": "assess", "to": ""}
    moves = [
        *world.page.version.definition["moves"],
        assess | {"sources": ["recueil"], "roles": ["moderator"]},
    ]
    grave = limit(5, key="grave", when={"severity": ["high"]})
    publish(world, time_limits=[grave], severities=levels, moves=moves)
    dossier = entered(world)
    dossier.severity = "high"
    changes = regrade(dossier, EventKind.ASSESSED, TYPED)
    assert changes == [{"limit": "grave", "is": "2026-04-08"}]


def test_what_comes_by_the_form_counts_from_its_own_instant(world: World) -> None:
    publish(world, time_limits=[limit(2, "jours_ouvres", key="accuse")])
    assert due(factories.file(world, at=TYPED).dossier) == {"accuse": date(2026, 4, 10)}


def test_the_receipt_and_the_page_say_the_day_it_came(world: World) -> None:
    dossier = entered(world)
    send_waiting()
    (receipt,) = (message for message in mail.outbox if "dora@exemple.example" in message.to)
    assert "a bien reçu votre réclamation le 03/04/2026.\n" in receipt.body
    assert "ce que vous nous avez dit au téléphone le 3 avril 2026" in receipt.body
    assert "CE QUE NOUS AVONS NOTÉ" in receipt.body
    assert "CE QUE VOUS AVEZ ÉCRIT" not in receipt.body
    (fact,) = public_facts(dossier.events.all())
    assert fact.at == CAME


def test_two_clicks_make_one_dossier(world: World) -> None:
    sent = phoned(world)
    first, second = (enter(world.user("alice"), sent, at=TYPED) for _ in range(2))
    assert first == second
    assert Dossier.objects.count() == 1


INCIDENT = {
    "nom": None, "courriel": None, "qualite": None, "structure": None, "reponse_par": None,
}  # fmt: skip


def test_a_sheet_without_complainant_has_neither_receipt_nor_acknowledgement(world: World) -> None:
    """IH-A7: the time limits that only write back do not start; what must be done is still due."""
    publish(
        world,
        time_limits=[
            limit(2, key="accuse", met_by=["acknowledged", "notice_given"]),
            limit(10, key="reponse"),
        ],
    )
    dossier = entered(world, **INCIDENT)
    assert [*due(dossier)] == ["reponse"]
    assert not Letter.objects.filter(dossier=dossier).exists()
    assert not dossier.notices.filter(letter__isnull=False).exists()
    # The team is told all the same.
    assert dossier.notices.count() == 2


def test_who_gave_a_name_is_owed_both(world: World) -> None:
    publish(world, time_limits=[limit(2, key="accuse", met_by=["acknowledged"])])
    dossier = entered(world, **INCIDENT | {"nom": "Dora Lemaire"})
    assert [*due(dossier)] == ["accuse"]
    assert dossier.letters.get().document == "receipt"


def test_an_adverse_event_has_no_complainant_whoever_reports_it(world: World) -> None:
    dossier = entered(world)
    assert dossier.has_somebody_to_answer
    dossier.kind = "adverse_event"
    assert not dossier.has_somebody_to_answer


def test_what_a_visitor_files_without_a_name_still_has_its_receipt(world: World) -> None:
    anonymous = factories.submission(world, **INCIDENT)
    dossier = file_dossier(anonymous, at=TYPED).dossier
    assert dossier.letters.count() == 1
    assert not dossier.transcribed_by


SECTIONS = [
    {
        "key": "vous",
        "title": "Vous",
        "fields": [
            {"key": "nom", "kind": "text", "label": "Votre nom", "required": True},
            {"key": "deja", "kind": "yes_no", "label": "Déjà dit ?", "required": True},
            {
                "key": "quand",
                "kind": "date",
                "label": "Quand ?",
                "required": True,
                "show_if": {"field": "deja", "is": [True]},
            },
            {"key": "courriel", "kind": "email", "label": "Courriel", "default": "a@exemple.fr"},
            {"key": "piece", "kind": "files", "label": "La preuve", "required": True},
            {"key": "accord", "kind": "consent", "label": "J’accepte", "required": True},
        ],
    }
]
DEFINITION = intake.parse({"sections": SECTIONS})


@pytest.mark.parametrize(
    ("answers", "files", "missing"),
    [
        ({}, set(), ["Votre nom", "Déjà dit ?", "La preuve", "J’accepte"]),
        ({"deja": True}, {"piece"}, ["Votre nom", "Quand ?", "J’accepte"]),
        ({"deja": False, "accord": False}, {"piece"}, ["Votre nom", "J’accepte"]),
        ({"nom": "D", "deja": False, "accord": True}, {"piece"}, []),
    ],
)
def test_what_lacks_is_what_is_required_of_a_visitor_and_shown(
    answers: dict[str, Any], files: set[str], missing: list[str]
) -> None:
    assert unanswered(DEFINITION, answers, files) == missing


def test_of_staff_nothing_is_required_and_a_wrong_answer_is_still_refused() -> None:
    form = intake.build_form(for_staff(DEFINITION))
    assert form({}).is_valid()
    assert form({"courriel": "pas une adresse"}).errors.keys() == {"courriel"}
    assert form().initial == {}
    assert form()["courriel"].value() is None
    # The visitor’s own form is another one.
    assert not intake.build_form(DEFINITION)({}).is_valid()


def test_a_dossier_says_what_lacks_with_the_words_of_its_form(world: World) -> None:
    whole = entered(world)
    assert missing_answers(whole) == []
    said = missing_answers(entered(world, objet=None, faits=None))
    asked = world.page.form.current.parsed().by_key
    assert said == [asked["objet"].label, asked["faits"].label]
    assert missing_answers(factories.file(world, objet=None).dossier) == []
