"""A day brought nearer, never farther; a limit prolonged with reasons and a letter, and no more."""

from datetime import date
from typing import Any

import pytest

from complaints.handling.clock import check_deadlines
from complaints.handling.moving import InvalidMove, blank_form
from complaints.models import Deadline, Dossier
from complaints.workflow.vocabulary import EventKind
from tests import factories
from tests.complaints.handling.clocked import FREE, file_under, only
from tests.complaints.handling.rules import limit
from tests.factories import World, paris

PAUSED = {"pauses_on": ["information_requested"], "resumes_on": ["information_received"]}
ONE_MONTH = {"allowed": True, "times": 1, "amount": 1, "unit": "mois"}
REASON = "l’intervenant est absent jusqu’au 4 mai."


def fix(world: World, dossier: Dossier, due_on: str, at: str, deadline: str = "") -> Dossier:
    data = {"deadline": deadline or str(dossier.deadlines.get().pk), "due_on": due_on, "reason": ""}
    return factories.play(world, dossier, ("fixer", data), at=paris(at))


def prolong(world: World, dossier: Dossier, due_on: str, at: str, **changes: Any) -> Dossier:
    data = {"deadline": str(only(dossier).pk), "due_on": due_on, "reason": REASON} | changes
    return factories.play(world, dossier, ("prolonger", data), at=paris(at))


def refused(world: World, dossier: Dossier, move: str, due_on: str, at: str, **more: Any) -> dict:
    """The errors of the form."""
    data = {"deadline": str(only(dossier).pk), "due_on": due_on, "reason": REASON} | more
    with pytest.raises(InvalidMove) as caught:
        factories.play(world, dossier, (move, data), at=paris(at))
    assert only(dossier).inputs["moved"] == []
    return {
        name: [e.replace("\u00a0", " ") for e in es]
        for name, es in caught.value.form.errors.items()
    }


# Nearer


def test_a_nearer_day_is_what_the_clock_watches(world: Any) -> None:
    dossier = fix(world, file_under(world, limit(30)), "2026-04-10", "2026-03-31 09:00")
    assert only(dossier).due_on == dossier.next_due_on == date(2026, 4, 10)
    check_deadlines(paris("2026-04-11 00:00"))
    assert only(dossier).late_at == paris("2026-04-11 00:00")


def test_a_nearer_day_says_where_it_comes_from(world: Any) -> None:
    dossier = fix(world, file_under(world, limit(30)), "2026-04-10", "2026-03-31 09:00")
    assert "nous avons fixé une date plus proche" in only(dossier).sentence
    event = dossier.events.get(kind=EventKind.DEADLINE_SET)
    assert (event.data["was_on"], event.data["due_on"]) == ("2026-04-29", "2026-04-10")


@pytest.mark.parametrize("day", ["2026-04-29", "2026-05-20"])
def test_a_day_set_by_the_team_never_lengthens(world: Any, day: str) -> None:
    errors = refused(world, file_under(world, limit(30)), "fixer", day, "2026-03-31 09:00")
    assert errors == {
        "due_on": [
            "Choisissez une date avant le 29 avril 2026 : une date fixée par l’équipe rapproche"
            " l’échéance, elle ne l’allonge jamais."
        ]
    }


def test_a_day_already_over_is_refused(world: Any) -> None:
    errors = refused(world, file_under(world, limit(30)), "fixer", "2026-03-30", "2026-03-31 09:00")
    assert errors == {"due_on": ["Cette date est passée."]}


def test_brought_nearer_twice_it_never_goes_back(world: Any) -> None:
    dossier = fix(world, file_under(world, limit(30)), "2026-04-10", "2026-03-31 09:00")
    dossier = fix(world, dossier, "2026-04-08", "2026-04-01 09:00")
    assert only(dossier).due_on == date(2026, 4, 8)
    with pytest.raises(InvalidMove):
        fix(world, dossier, "2026-04-10", "2026-04-01 09:00")


def test_a_suspension_lifts_the_nearer_day(world: Any) -> None:
    dossier = fix(world, file_under(world, limit(30, **PAUSED)), "2026-04-03", "2026-03-31 09:00")
    dossier = factories.play(world, dossier, "demander_complement", at=paris("2026-04-01 09:00"))
    answer = ("enregistrer_complement", {"answer": "Voici."})
    dossier = factories.play(world, dossier, answer, at=paris("2026-04-11 09:00"))
    assert only(dossier).due_on == date(2026, 5, 9)


def test_neither_a_right_nor_what_is_due_today_can_be_brought_nearer(world: Any) -> None:
    right = limit(30, key="droit", on_expiry="lapse", met_by=[])
    dossier = file_under(world, limit(30), right)
    form = blank_form(dossier, "fixer", actor=world.staff("alice"), at=paris("2026-03-31 09:00"))
    duty = dossier.deadlines.get(key="essai")
    assert form.fields["deadline"].choices == [(str(duty.pk), "Essai, pour le 29 avril 2026")]
    form = blank_form(dossier, "fixer", actor=world.staff("alice"), at=paris("2026-04-29 09:00"))
    assert form.fields["deadline"].choices == []


def test_the_time_that_a_complainant_has_before_the_closure_is_not_shortened(world: Any) -> None:
    silence = limit(30, key="silence", on_expiry="close", met_by=["information_received"])
    dossier = file_under(world, silence, checked=False)
    form = blank_form(dossier, "fixer", actor=world.staff("alice"), at=paris("2026-03-31 09:00"))
    assert form.fields["deadline"].choices == []


def test_a_deadline_of_another_dossier_is_no_choice(world: Any) -> None:
    other, dossier = file_under(world, limit(30)), file_under(world, limit(30))
    with pytest.raises(InvalidMove) as caught:
        fix(world, dossier, "2026-04-10", "2026-03-31 09:00", str(only(other).pk))
    assert "deadline" in caught.value.form.errors
    assert only(other).due_on == date(2026, 4, 29)


# Farther


def test_a_prolonged_limit_holds_until_its_new_day(world: Any) -> None:
    dossier = prolong(world, file_under(world, FREE), "2026-05-15", "2026-04-20 09:00")
    assert only(dossier).due_on == dossier.next_due_on == date(2026, 5, 15)
    assert check_deadlines(paris("2026-05-15 23:59"))["late"] == 0
    assert check_deadlines(paris("2026-05-16 00:00"))["late"] == 1


def test_the_complainant_gets_a_numbered_letter_with_the_new_day_and_the_reason(world: Any) -> None:
    dossier = prolong(world, file_under(world, FREE), "2026-05-15", "2026-04-20 09:00")
    letter = dossier.letters.get(template="prolongation")
    assert letter.subject == "Nouvelle échéance\u00a0: 15 mai 2026"
    assert f"«\u00a0Réponse\u00a0» est porté au 15 mai 2026, car {REASON}" in letter.body
    event = dossier.events.get(kind=EventKind.DELAY_NOTIFIED)
    assert event.data["letter"] == letter.number
    assert (event.data["was_on"], event.data["due_on"]) == ("2026-04-29", "2026-05-15")
    assert event.personal == {"reason": REASON}
    assert "prolongé et vous avons écrit pourquoi" in only(dossier).sentence


def test_an_extension_needs_a_reason(world: Any) -> None:
    errors = refused(
        world, file_under(world, FREE), "prolonger", "2026-05-15", "2026-04-20 09:00", reason=""
    )
    assert list(errors) == ["reason"]


def test_an_extension_needs_a_letter_that_announces_the_day(world: Any) -> None:
    silent = {"subject": "Votre dossier", "body": "Un peu de patience."}
    dossier = file_under(world, FREE)
    errors = refused(world, dossier, "prolonger", "2026-05-15", "2026-04-20 09:00", **silent)
    assert errors == {
        "body": [
            "Le courrier doit annoncer la nouvelle échéance :"
            " écrivez {nouvelle_date} ou « 15 mai 2026 »."
        ]
    }
    own_words = silent | {"body": "Nous répondrons le 15 mai 2026."}
    assert prolong(world, dossier, "2026-05-15", "2026-04-20 09:00", **own_words)


@pytest.mark.parametrize("day", ["2026-04-29", "2026-04-20"])
def test_an_extension_leads_to_a_later_day(world: Any, day: str) -> None:
    errors = refused(world, file_under(world, FREE), "prolonger", day, "2026-04-20 09:00")
    assert errors == {
        "due_on": ["Choisissez une date après le 29 avril 2026, l’échéance actuelle."]
    }


def test_an_extension_stops_at_what_the_procedure_allows(world: Any) -> None:
    """IH-28: one month, once."""
    dossier = file_under(world, limit(1, "mois", extension=ONE_MONTH))
    assert only(dossier).due_on == date(2026, 4, 30)
    errors = refused(world, dossier, "prolonger", "2026-05-31", "2026-04-20 09:00")
    assert errors == {
        "due_on": ["La procédure permet de prolonger jusqu’au 30 mai 2026, pas au-delà."]
    }
    dossier = prolong(world, dossier, "2026-05-30", "2026-04-20 09:00")
    at = paris("2026-05-20 09:00")
    again = blank_form(dossier, "prolonger", actor=world.staff("alice"), at=at)
    assert again.fields["deadline"].choices == []


TWO_MONTHS_IN_ALL = {"allowed": True, "amount": 2, "unit": "mois", "from_start": True}


@pytest.mark.parametrize(
    ("received", "limit_", "latest"),
    [
        ("2026-01-31 09:00", limit(1, "mois", extension=TWO_MONTHS_IN_ALL), "31 mars 2026"),
        ("2026-01-31 09:00", limit(1, "mois", extension=ONE_MONTH), "28 mars 2026"),
        ("2026-03-30 09:00", limit(1, "mois", extension=TWO_MONTHS_IN_ALL), "30 mai 2026"),
    ],
)
def test_a_whole_length_is_counted_in_one_step_from_the_start(
    world: Any, received: str, limit_: dict[str, Any], latest: str
) -> None:
    """CY-12, IH-28: a month and one more, received on 31 January, reach 31 March (R4)."""
    dossier = file_under(world, limit_, at=received)
    at = f"{only(dossier).due_on.isoformat()} 09:00"
    errors = refused(world, dossier, "prolonger", "2026-07-31", at)
    assert errors == {
        "due_on": [f"La procédure permet de prolonger jusqu’au {latest}, pas au-delà."]
    }
    assert prolong(world, dossier, "2026-03-28" if "mars" in latest else "2026-05-30", at)


def test_a_whole_length_counts_the_days_of_a_suspension_too(world: Any) -> None:
    whole = limit(1, "mois", extension=TWO_MONTHS_IN_ALL, **PAUSED)
    dossier = file_under(world, whole)
    dossier = factories.play(world, dossier, "demander_complement", at=paris("2026-04-01 09:00"))
    answer = ("enregistrer_complement", {"answer": "Voici."})
    dossier = factories.play(world, dossier, answer, at=paris("2026-04-11 09:00"))
    errors = refused(world, dossier, "prolonger", "2026-07-31", "2026-04-20 09:00")
    assert errors == {
        "due_on": ["La procédure permet de prolonger jusqu’au 9 juin 2026, pas au-delà."]
    }


def test_an_extension_in_worked_days_counts_the_week_of_the_organisation(world: Any) -> None:
    """Tuesday to Saturday; 1 May is a holiday."""
    world.organisation.working_week = "0111110"
    world.organisation.save()
    two_days = {"allowed": True, "amount": 2, "unit": "jours_ouvres"}
    dossier = file_under(world, limit(30, extension=two_days))
    errors = refused(world, dossier, "prolonger", "2026-05-08", "2026-04-20 09:00")
    assert errors == {
        "due_on": ["La procédure permet de prolonger jusqu’au 2 mai 2026, pas au-delà."]
    }


def test_a_ceiling_past_the_known_holidays_is_the_end_of_the_calendar(world: Any) -> None:
    fourteen_years = {"allowed": True, "amount": 3660, "unit": "jours_ouvres"}
    dossier = file_under(world, limit(30, extension=fourteen_years))
    errors = refused(world, dossier, "prolonger", "2060-05-08", "2026-04-20 09:00")
    assert errors == {
        "due_on": ["La procédure permet de prolonger jusqu’au 31 décembre 2038, pas au-delà."]
    }


@pytest.mark.parametrize("day", ["2201-01-01", "9999-12-31"])
def test_a_day_that_no_calendar_can_hold_is_refused(world: Any, day: str) -> None:
    errors = refused(world, file_under(world, FREE), "prolonger", day, "2026-04-20 09:00")
    assert errors == {"due_on": ["Cette date est trop lointaine : l’année 2200 au plus."]}


def test_a_reason_in_the_subject_stays_on_one_line_and_short(world: Any) -> None:
    dossier = prolong(
        world, file_under(world, FREE), "2026-05-15", "2026-04-20 09:00",
        subject="Report : {motif}", reason="L’intervenant est absent.\r\n" * 20,
    )  # fmt: skip
    subject = dossier.letters.get(template="prolongation").subject
    assert subject.startswith("Report : L’intervenant est absent. L’intervenant")
    assert len(subject) == 200


def test_as_often_as_needed_where_the_procedure_sets_no_number(world: Any) -> None:
    dossier = prolong(world, file_under(world, FREE), "2026-05-15", "2026-04-20 09:00")
    dossier = prolong(world, dossier, "2026-06-15", "2026-05-10 09:00")
    assert only(dossier).due_on == date(2026, 6, 15)


def test_what_is_over_is_late_and_cannot_be_prolonged(world: Any) -> None:
    """Even before the clock has seen it."""
    dossier = file_under(world, FREE)
    form = blank_form(
        dossier, "prolonger", actor=world.staff("alice"), at=paris("2026-04-30 00:00")
    )
    assert form.fields["deadline"].choices == []


def test_a_limit_that_the_procedure_does_not_let_prolong_is_no_choice(world: Any) -> None:
    at = paris("2026-04-20 09:00")
    form = blank_form(file_under(world, limit(30)), "prolonger", actor=world.staff("alice"), at=at)
    assert form.fields["deadline"].choices == []


def test_with_nothing_to_choose_the_form_says_so(world: Any) -> None:
    dossier = file_under(world, limit(30))
    with pytest.raises(InvalidMove) as caught:
        factories.play(
            world, dossier, ("prolonger", {"due_on": "2026-05-15"}), at=paris("2026-04-20 09:00")
        )
    assert caught.value.form.non_field_errors() == [
        "Aucun délai de ce dossier ne peut être changé ainsi."
    ]


def test_prolonging_passes_over_the_nearer_day_of_the_team(world: Any) -> None:
    dossier = fix(world, file_under(world, FREE), "2026-04-10", "2026-03-31 09:00")
    with pytest.raises(InvalidMove):
        prolong(world, dossier, "2026-04-20", "2026-04-01 09:00")  # the promise was the 29th
    dossier = prolong(world, dossier, "2026-05-15", "2026-04-01 09:00")
    assert [move["kind"] for move in only(dossier).inputs["moved"]] == ["prolongation"]
    assert only(dossier).due_on == date(2026, 5, 15)


def test_a_suspension_after_the_extension_keeps_the_announced_day_at_least(world: Any) -> None:
    dossier = prolong(world, file_under(world, FREE | PAUSED), "2026-05-15", "2026-04-10 09:00")
    dossier = factories.play(world, dossier, "demander_complement", at=paris("2026-04-12 09:00"))
    assert only(dossier).state == Deadline.State.PAUSED
    answer = ("enregistrer_complement", {"answer": "Voici."})
    dossier = factories.play(world, dossier, answer, at=paris("2026-04-15 09:00"))
    assert only(dossier).due_on == date(2026, 5, 15)


def test_an_extension_in_appeal_is_an_extension_of_the_appeal(world: Any) -> None:
    from copy import deepcopy

    from tests.complaints.handling.clocked import EXTEND, LETTER
    from tests.complaints.handling.rules import publish

    rules = deepcopy(world.page.version.definition)
    stages = [s | {"phase": "appeal"} if s["key"] == "registre" else s for s in rules["stages"]]
    publish(
        world, stages=stages, time_limits=[FREE],
        checked=False, moves=[*rules["moves"], EXTEND], letters=[*rules["letters"], LETTER],
    )  # fmt: skip
    dossier = factories.file(world, at=paris("2026-03-30 09:00")).dossier
    dossier = factories.play(world, dossier, "inscrire", at=paris("2026-03-31 09:00"))
    dossier = prolong(world, dossier, "2026-05-15", "2026-04-20 09:00")
    assert dossier.events.filter(kind=EventKind.APPEAL_EXTENDED).exists()


def test_an_announced_extension_meets_the_limit_that_asked_for_it(world: Any) -> None:
    """CY-12: the complainant is told in writing within five days."""
    told = limit(25, key="annonce", label="Annonce", met_by=["delay_notified"])
    dossier = file_under(world, FREE, told)
    data = {
        "deadline": str(dossier.deadlines.get(key="libre").pk),
        "due_on": "2026-05-15",
        "reason": REASON,
    }
    dossier = factories.play(world, dossier, ("prolonger", data), at=paris("2026-04-20 09:00"))
    assert dossier.deadlines.get(key="annonce").state == Deadline.State.MET
