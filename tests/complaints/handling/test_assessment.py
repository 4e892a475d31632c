"""Grading, grading again, flagging as complex: dates count from their start; the journal says."""

from datetime import date
from typing import Any

import pytest

from complaints.handling.clock import check_deadlines
from complaints.handling.moving import InvalidMove, blank_form
from complaints.models import Deadline
from complaints.models.event import first_broken_event
from complaints.workflow.vocabulary import EventKind
from tests import factories
from tests.complaints.handling.clocked import (
    ASSESS,
    COMPLEX,
    GRADE,
    GRAVE,
    OTHERS,
    UNGRADED,
    file_under,
    grade,
    standing,
)
from tests.complaints.handling.rules import limit, publish, with_item
from tests.factories import paris

IHRM = (GRADE, UNGRADED, GRAVE, OTHERS)


def test_until_it_is_graded_the_team_works_for_the_nearest_day(world: Any) -> None:
    """IH-A3, IH-A4."""
    dossier = file_under(world, *IHRM)
    assert standing(dossier) == {
        "evaluer": ("running", "2026-04-02"),
        "reponse_prudente": ("running", "2026-04-09"),
    }
    assert not dossier.deadlines.filter(internal=False).exists()


def test_a_dossier_nobody_graded_is_late_to_be_graded(world: Any) -> None:
    dossier = file_under(world, *IHRM)
    check_deadlines(paris("2026-04-03 00:00"))
    missed = dossier.events.get(kind=EventKind.DEADLINE_MISSED)
    assert missed.data["limit"] == "evaluer"


@pytest.mark.parametrize(
    ("severity", "key", "due_on"),
    [("high", "reponse_forte", "2026-04-09"), ("low", "reponse", "2026-05-14")],
)
def test_grading_counts_from_the_reception(
    world: Any, severity: str, key: str, due_on: str
) -> None:
    dossier = grade(world, file_under(world, *IHRM), severity, "2026-04-01 15:00")
    found = standing(dossier)
    assert found.pop("evaluer") == ("met", "2026-04-02")
    assert found.pop("reponse_prudente") == ("replaced", "2026-04-09")
    assert found == {key: ("running", due_on)}
    assert dossier.deadlines.get(key=key).started_at == paris("2026-03-30 09:00")
    assert dossier.next_due_on == date.fromisoformat(due_on)


def test_grading_again_counts_from_the_reception_once_more(world: Any) -> None:
    dossier = grade(world, file_under(world, *IHRM), "low", "2026-04-01 15:00")
    dossier = grade(world, dossier, "high", "2026-04-07 15:00")
    assert standing(dossier)["reponse"] == ("replaced", "2026-05-14")
    assert standing(dossier)["reponse_forte"] == ("running", "2026-04-09")
    dossier = grade(world, dossier, "medium", "2026-04-08 15:00")
    states = dossier.deadlines.filter(key="reponse").values_list("state", flat=True)
    assert sorted(states) == ["replaced", "running"]


def test_graded_too_late_it_is_late_at_the_next_scan(world: Any) -> None:
    dossier = grade(world, file_under(world, *IHRM), "low", "2026-04-01 15:00")
    dossier = grade(world, dossier, "high", "2026-04-20 15:00")
    deadline = dossier.deadlines.get(key="reponse_forte")
    assert deadline.next_check_at == paris("2026-04-20 15:00")
    check_deadlines(paris("2026-04-20 15:05"))
    deadline.refresh_from_db()
    assert deadline.late_at == paris("2026-04-20 15:05")


def test_the_journal_keeps_both_grades_and_each_date_that_changed(world: Any) -> None:
    dossier = grade(world, file_under(world, *IHRM), "low", "2026-04-01 15:00")
    dossier = grade(world, dossier, "high", "2026-04-07 15:00", reason="Le formateur a été blessé.")
    event = dossier.events.filter(kind=EventKind.ASSESSED).last()
    assert event.data["before"] == {"severity": "low", "complexity": "simple"}
    assert (event.data["severity"], event.personal["reason"]) == (
        "high",
        "Le formateur a été blessé.",
    )
    assert event.data["deadlines"] == [
        {"limit": "reponse", "was": "2026-05-14"},
        {"limit": "reponse_forte", "is": "2026-04-09"},
    ]
    assert first_broken_event(dossier) is None


def test_the_pauses_that_already_were_are_counted_in_the_new_date(world: Any) -> None:
    paused = {"pauses_on": ["information_requested"], "resumes_on": ["information_received"]}
    dossier = file_under(world, OTHERS, GRAVE | paused)
    dossier = grade(world, dossier, "low", "2026-03-31 09:00")
    dossier = factories.play(world, dossier, "demander_complement", at=paris("2026-04-01 09:00"))
    answer = ("enregistrer_complement", {"answer": "Voici."})
    dossier = factories.play(world, dossier, answer, at=paris("2026-04-06 09:00"))
    dossier = grade(world, dossier, "high", "2026-04-07 09:00")
    deadline = dossier.deadlines.get(key="reponse_forte")
    assert deadline.inputs["pauses"] == [["2026-04-01", "2026-04-06"]]
    assert deadline.due_on == date(2026, 4, 14)


def test_what_was_already_answered_is_not_due_again(world: Any) -> None:
    acknowledge = limit(5, key="accuse", met_by=["acknowledged"], when={"severity": ["high"]})
    dossier = factories.play(
        world, file_under(world, acknowledge), "accuser", at=paris("2026-03-31 09:00")
    )
    dossier = grade(world, dossier, "high", "2026-04-01 09:00")
    assert standing(dossier) == {}


def test_a_right_already_over_does_not_end_twice(world: Any) -> None:
    right = limit(10, key="droit", on_expiry="lapse", when={"severity": ["high", "low"]})
    dossier = grade(world, file_under(world, right), "high", "2026-03-31 09:00")
    check_deadlines(paris("2026-04-10 00:00"))
    dossier = grade(world, dossier, "low", "2026-04-11 09:00")
    check_deadlines(paris("2026-04-11 09:05"))
    assert standing(dossier) == {"droit": ("ended", "2026-04-09")}
    assert dossier.events.filter(kind=EventKind.DEADLINE_LAPSED).count() == 1


def test_a_lateness_already_told_is_not_told_again_when_the_grade_comes_back(world: Any) -> None:
    dossier = grade(world, file_under(world, GRAVE, OTHERS), "high", "2026-03-31 09:00")
    check_deadlines(paris("2026-04-10 00:00"))
    dossier = grade(world, dossier, "low", "2026-04-12 09:00")
    dossier = grade(world, dossier, "high", "2026-04-13 09:00")
    check_deadlines(paris("2026-04-13 09:05"))
    deadline = dossier.deadlines.get(key="reponse_forte", state="running")
    assert (deadline.late_at, deadline.next_check_at) == (paris("2026-04-10 00:00"), None)
    assert dossier.events.filter(kind=EventKind.DEADLINE_MISSED).count() == 1


def test_a_prolonged_limit_that_comes_back_is_still_prolonged(world: Any) -> None:
    """The letter that announced the day has left; it still counts among the times allowed."""
    dossier = grade(world, file_under(world, GRAVE, OTHERS), "low", "2026-03-31 09:00")
    data = {
        "deadline": str(dossier.deadlines.get().pk),
        "due_on": "2026-06-10",
        "reason": "Absent.",
    }
    dossier = factories.play(world, dossier, ("prolonger", data), at=paris("2026-04-01 09:00"))
    dossier = grade(world, dossier, "high", "2026-04-02 09:00")
    dossier = grade(world, dossier, "low", "2026-04-03 09:00")
    assert standing(dossier)["reponse"] == ("running", "2026-06-10")
    at = paris("2026-04-04 09:00")
    form = blank_form(dossier, "prolonger", actor=world.staff("alice"), at=at)
    assert form.fields["deadline"].choices == []


def test_a_nearer_day_that_the_team_set_comes_back_too(world: Any) -> None:
    dossier = grade(world, file_under(world, GRAVE, OTHERS), "low", "2026-03-31 09:00")
    data = {"deadline": str(dossier.deadlines.get().pk), "due_on": "2026-04-20", "reason": ""}
    dossier = factories.play(world, dossier, ("fixer", data), at=paris("2026-04-01 09:00"))
    dossier = grade(world, dossier, "high", "2026-04-02 09:00")
    dossier = grade(world, dossier, "low", "2026-04-03 09:00")
    assert standing(dossier)["reponse"] == ("running", "2026-04-20")


def test_flagging_as_complex_starts_what_complex_dossiers_owe(world: Any) -> None:
    """CY-12, CY-A8: counted from the reception, even when the flag comes after the five days."""
    dossier = file_under(world, COMPLEX)
    assert standing(dossier) == {}
    dossier = grade(world, dossier, "low", "2026-04-07 09:00", complexity="complex")
    assert standing(dossier) == {"retard": ("running", "2026-04-04")}
    check_deadlines(paris("2026-04-07 09:05"))
    assert dossier.events.filter(kind=EventKind.DEADLINE_MISSED).count() == 1
    dossier = grade(world, dossier, "low", "2026-04-08 09:00", complexity="simple")
    assert standing(dossier)["retard"][0] == "replaced"


def test_the_same_grade_again_changes_no_date(world: Any) -> None:
    dossier = grade(world, file_under(world, *IHRM), "low", "2026-04-01 15:00")
    before = standing(dossier)
    dossier = grade(world, dossier, "low", "2026-04-07 15:00", reason="")
    assert standing(dossier) == before
    assert dossier.events.last().data["deadlines"] == []


def test_changing_a_grade_asks_why(world: Any) -> None:
    dossier = grade(world, file_under(world, *IHRM), "low", "2026-04-01 15:00", reason="")
    with pytest.raises(InvalidMove) as refused:
        grade(world, dossier, "high", "2026-04-02 15:00", reason="")
    assert refused.value.form.errors == {"reason": ["Dites pourquoi l’évaluation change."]}
    assert refused.value.form["severity"].value() == "high"


def test_the_form_shows_the_criteria_and_the_present_grade(world: Any) -> None:
    dossier = grade(world, file_under(world, *IHRM), "low", "2026-04-01 15:00")
    at = paris("2026-04-02 09:00")
    form = blank_form(dossier, "evaluer", actor=world.staff("alice"), at=at)
    assert form.fields["severity"].choices[0] == ("high", "Fort\u00a0: danger pour une personne")
    assert form["severity"].value() == "low"


def test_a_procedure_without_levels_only_asks_for_the_complexity(world: Any) -> None:
    publish(
        world,
        checked=False,
        time_limits=[COMPLEX],
        moves=with_item(world, "moves", **ASSESS),
    )
    dossier = factories.file(world, at=paris("2026-03-30 09:00")).dossier
    at = paris("2026-03-31 09:00")
    form = blank_form(dossier, "evaluer", actor=world.staff("alice"), at=at)
    assert list(form.fields) == ["complexity", "reason"]
    dossier = factories.play(world, dossier, ("evaluer", {"complexity": "complex"}), at=at)
    assert (dossier.severity, dossier.complexity) == ("", "complex")


def test_a_replaced_deadline_is_looked_at_no_more(world: Any) -> None:
    dossier = grade(world, file_under(world, *IHRM), "low", "2026-04-01 15:00")
    check_deadlines(paris("2026-05-01 00:00"))
    assert not dossier.events.filter(kind=EventKind.DEADLINE_MISSED).exists()
    assert not Deadline.objects.filter(state="replaced", next_check_at__isnull=False).exists()


MARKERS = [{"key": "image", "label": "Image"}, {"key": "argent", "label": "Risque financier"}]


def test_an_evaluation_marks_the_dossier_and_the_journal_keeps_the_marks_before(
    world: Any,
) -> None:
    """CY-A5: flags, never a rule of rejection."""
    publish(world, markers=MARKERS)
    dossier = file_under(world, *IHRM)
    dossier = grade(world, dossier, "low", "2026-04-01 15:00", markers=["argent"])
    dossier = grade(world, dossier, "low", "2026-04-02 15:00", markers=["argent", "image"])
    assert dossier.markers == ["image", "argent"]
    event = dossier.events.filter(kind=EventKind.ASSESSED).last()
    assert event.data["markers"] == ["image", "argent"]
    assert event.data["before"]["markers"] == ["argent"]


def test_changing_a_mark_asks_why_and_keeps_the_boxes(world: Any) -> None:
    publish(world, markers=MARKERS)
    dossier = file_under(world, *IHRM)
    dossier = grade(world, dossier, "low", "2026-04-01 15:00", markers=["argent"])
    with pytest.raises(InvalidMove) as refused:
        grade(world, dossier, "low", "2026-04-02 15:00", markers=["image"], reason="")
    assert refused.value.form.errors == {"reason": ["Dites pourquoi l’évaluation change."]}
    assert refused.value.form["markers"].value() == ["image"]
    with pytest.raises(InvalidMove, match="markers"):
        grade(world, dossier, "low", "2026-04-02 15:00", markers=["autre"])
