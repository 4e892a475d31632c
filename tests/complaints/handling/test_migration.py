"""Chosen dossiers go on under another version; publishing one moves no date by itself."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.handling.acting import act_on
from complaints.handling.clock import check_deadlines
from complaints.handling.migration import Shift, change_version, migrate, rehearse
from complaints.models import Deadline, Dossier, Notice, ProcedureVersion
from complaints.models.event import first_broken_event
from complaints.workflow import MoveRefused
from complaints.workflow.vocabulary import EventKind
from pages.timeline import public_facts
from tests import factories
from tests.benchmarks.filling import multiply
from tests.complaints.handling.clocked import COMPLEX, file_under, standing
from tests.complaints.handling.rules import limit, publish
from tests.factories import World, paris

TEN = limit(10, key="reponse", label="Réponse")
ACCUSED = limit(5, key="accuse", label="Accusé", met_by=["acknowledged"])
AT = paris("2026-04-02 10:00")


def go_on(world: World, dossier: Dossier, version: ProcedureVersion, **options: Any) -> Dossier:
    """Diane lets it follow that version; the dossier as it is then."""
    found = migrate(
        dossier, version, reason="Décidé ensemble.", actor=world.staff("diane"), at=AT, **options
    )
    assert found.refusal == ""
    return Dossier.objects.get(pk=dossier.pk)


def refusal(world: World, dossier: Dossier, version: ProcedureVersion, login: str = "diane") -> str:
    before = Dossier.objects.filter(pk=dossier.pk).values().get()
    found = migrate(dossier, version, reason="Oui.", actor=world.staff(login), at=AT)
    assert Dossier.objects.filter(pk=dossier.pk).values().get() == before
    return found.refusal


def rows() -> list[list[dict[str, Any]]]:
    return [list(model.objects.order_by("pk").values()) for model in (Dossier, Deadline)]


def stages(world: World, key: str, **changes: Any) -> list[dict[str, Any]]:
    """The stages in force, that one changed."""
    found = deepcopy(world.page.version.definition["stages"])
    return [stage | changes if stage["key"] == key else stage for stage in found]


def test_publishing_never_moves_the_date_of_an_open_dossier(world: World) -> None:
    dossier = file_under(world, TEN)
    publish(world, time_limits=[limit(2, key="reponse", label="Réponse")])
    check_deadlines(AT)
    dossier.refresh_from_db()
    assert standing(dossier) == {"reponse": ("running", "2026-04-09")}
    assert dossier.procedure_version.number < world.page.version.number


def test_its_pending_dates_are_counted_anew_from_their_own_start(world: World) -> None:
    dossier = file_under(world, TEN)
    version = publish(world, time_limits=[limit(20, key="reponse", label="Réponse")])
    dossier = go_on(world, dossier, version)
    assert dossier.procedure_version == version
    assert standing(dossier) == {"reponse": ("running", "2026-04-19")}
    assert sorted(dossier.deadlines.values_list("state", flat=True)) == ["replaced", "running"]
    assert dossier.next_due_on == date(2026, 4, 19)


def test_the_journal_keeps_both_versions_the_dates_and_the_reason(world: World) -> None:
    dossier = file_under(world, TEN)
    was = dossier.procedure_version.number
    version = publish(world, time_limits=[limit(20, key="reponse", label="Réponse")])
    dossier = go_on(world, dossier, version)
    event = dossier.events.get(kind=EventKind.PROCEDURE_CHANGED)
    assert (event.data["from_version"], event.data["to_version"]) == (was, version.number)
    assert event.data["deadlines"] == [
        {"limit": "reponse", "was": "2026-04-09"},
        {"limit": "reponse", "is": "2026-04-19"},
    ]
    assert event.personal == {"reason": "Décidé ensemble."}
    assert event.actor_label == "Diane"
    assert first_broken_event(dossier) is None


def test_a_promise_kept_or_unchanged_stays_as_it_was(world: World) -> None:
    dossier = file_under(world, TEN, ACCUSED)
    dossier = factories.play(world, dossier, "accuser", at=AT)
    before = list(Deadline.objects.filter(dossier=dossier).order_by("pk").values())
    version = publish(world, time_limits=[TEN, ACCUSED | {"met_by": ["registered"]}])
    dossier = go_on(world, dossier, version)
    assert list(Deadline.objects.filter(dossier=dossier).order_by("pk").values()) == before
    assert dossier.events.last().data["deadlines"] == []


def test_only_renamed_it_takes_the_new_words_and_keeps_its_date(world: World) -> None:
    dossier = file_under(world, TEN)
    version = publish(world, time_limits=[TEN | {"label": "Notre réponse", "warn_days": [3]}])
    dossier = go_on(world, dossier, version)
    deadline = dossier.deadlines.get()
    assert (deadline.label, str(deadline.due_on)) == ("Notre réponse", "2026-04-09")
    assert deadline.next_check_at == paris("2026-04-06 00:00")


def test_a_new_limit_counts_from_what_started_it_and_may_be_late_already(world: World) -> None:
    dossier = file_under(world, TEN)
    version = publish(world, time_limits=[TEN, limit(2, key="rappel", label="Rappel")])
    dossier = go_on(world, dossier, version)
    assert standing(dossier)["rappel"] == ("running", "2026-04-01")
    check_deadlines(AT)
    assert dossier.deadlines.get(key="rappel").late_at == AT


def test_a_limit_that_no_longer_applies_to_it_is_without_object(world: World) -> None:
    dossier = file_under(world, TEN)
    narrower = TEN | {"when": COMPLEX["when"]}
    dossier = go_on(world, dossier, publish(world, time_limits=[narrower]))
    assert standing(dossier) == {"reponse": ("replaced", "2026-04-09")}
    assert dossier.next_due_on is None


def test_the_complainant_reads_it_and_is_written_to_only_if_one_chooses_to(world: World) -> None:
    dossier, other = file_under(world, TEN), factories.file(world, at=AT).dossier
    version = publish(world, time_limits=[limit(20, key="reponse", label="Réponse")])
    sent = Notice.objects.count()
    dossier = go_on(world, dossier, version)
    told = [fact.sentence for fact in public_facts(dossier.events.all())]
    assert f"la version {version.number} de notre procédure" in told[-1]
    assert Notice.objects.count() == sent
    other = go_on(world, other, version, letter="Bonjour {nom}, vos échéances changent.")
    notice = Notice.objects.filter(dossier=other).latest("pk")
    assert "Bonjour Dora Lemaire, vos échéances changent." in notice.body
    assert other.events.last().data["letter"] == notice.letter.number


@pytest.mark.parametrize("login", ["alice", "bob", "charlie"])
def test_only_the_direction_may(world: World, other_world: World, login: str) -> None:
    version = publish(world, time_limits=[TEN])
    dossier = file_under(world, TEN)
    assert "Seule la direction" in refusal(world, dossier, version, login)


def test_where_it_does_not_map_it_is_refused_with_the_reason(world: World) -> None:
    dossier = file_under(world, TEN)
    number = dossier.procedure_version.number + 1
    here = dossier.current_stage

    def without(key: str) -> str:
        """The same rules, that stage under another key."""
        rules = deepcopy(world.page.version.definition)
        for stage in rules["stages"]:
            stage["key"] = "autre" if stage["key"] == key else stage["key"]
        for move in rules["moves"]:
            move["sources"] = ["autre" if s == key else s for s in move["sources"]]
            move["to"] = "autre" if move.get("to") == key else move.get("to", "")
        version = publish(world, stages=rules["stages"], moves=rules["moves"])
        return refusal(world, dossier, version)

    assert f"« {here.label} » n’existe pas dans la version {number}" in without(here.key).replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"time_limits": [ACCUSED]}, "Son délai « Réponse » n’existe pas"),
        ({"kinds": ["difficulty"]}, "ne traite pas cette nature"),
    ],
)
def test_a_limit_or_a_kind_that_is_gone_refuses_too(
    world: World, changes: dict[str, Any], why: str
) -> None:
    dossier = file_under(world, TEN)
    version = publish(world, **changes)
    assert why in refusal(world, dossier, version).replace("\u00a0", " ")


def test_another_phase_refuses(world: World) -> None:
    dossier = file_under(world, TEN)
    here = dossier.current_stage
    phase = "open" if here.phase == "signalled" else "signalled"
    version = publish(world, stages=stages(world, here.key, phase=phase))
    assert "n’est pas de la même phase" in refusal(world, dossier, version)


def test_neither_back_nor_to_another_procedure_nor_when_closed(
    world: World, other_world: World
) -> None:
    dossier = file_under(world, TEN)
    own, first = dossier.procedure_version, world.page.procedure.versions.get(number=1)
    for version in (own, first):
        assert "déjà cette version, ou une plus récente" in refusal(world, dossier, version)
    assert "autre procédure" in refusal(world, dossier, other_world.page.version)
    newer = publish(world, time_limits=[TEN])
    Dossier.objects.filter(pk=dossier.pk).update(phase="closed", is_open=False, closed_at=AT)
    assert "clos" in refusal(world, dossier, newer)


def test_what_was_seen_has_changed_is_refused(world: World) -> None:
    dossier = file_under(world, TEN)
    version = publish(world, time_limits=[limit(20, key="reponse", label="Réponse")])
    stale = dossier.event_count
    dossier = factories.play(world, dossier, "accuser", at=AT)
    found = migrate(dossier, version, reason="Oui.", actor=world.staff("diane"), at=AT, seen=stale)
    assert "a changé depuis" in found.refusal


def test_a_rehearsal_says_what_would_change_and_writes_nothing(world: World) -> None:
    dossier = file_under(world, TEN)
    version = publish(world, time_limits=[limit(20, key="reponse", label="Réponse")])
    before = rows()
    found = rehearse(dossier, version, actor=world.staff("diane"), at=AT)
    assert found.shifts == [Shift("Réponse", date(2026, 4, 9), date(2026, 4, 19))]
    assert rows() == before
    assert dossier.events.filter(kind=EventKind.PROCEDURE_CHANGED).count() == 0


def test_a_refused_deed_raises_as_any_other(world: World) -> None:
    dossier = file_under(world, TEN)
    version = publish(world, time_limits=[ACCUSED])
    with (
        pytest.raises(MoveRefused),
        act_on(dossier.pk, actor=world.staff("diane"), at=AT) as act,
    ):
        change_version(act, version, reason="Oui.")


def test_publishing_costs_the_same_and_touches_no_dossier(world: World) -> None:
    """Whether three or sixty dossiers run on the version before."""
    procedure = world.page.procedure
    dossier = file_under(world, TEN)
    asked = []
    for months, more in ((6, 2), (12, 57)):
        multiply(dossier, more)
        procedure.review_months = months
        revision = procedure.save_revision()
        with CaptureQueriesContext(connection) as queries:
            revision.publish(user=world.user("bob"))
        asked.append([query["sql"] for query in queries])
        procedure.refresh_from_db()
    few, many = asked
    assert len(few) == len(many)
    assert Dossier.objects.filter(procedure_version__procedure=procedure).count() == 60
    assert not [sql for sql in few + many if "complaints_dossier" in sql or "_deadline" in sql]
