"""At the end of the retention the person is forgotten everywhere, and the proof still holds."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection

from complaints.handling import dispatch, erasure
from complaints.handling.acting import act_on
from complaints.handling.actors import Actor
from complaints.handling.clock import check_deadlines
from complaints.handling.dispatch import post_apart
from complaints.handling.erasure import erase_expired, forget_old_notices
from complaints.handling.filing import Filed, file_dossier
from complaints.handling.messages import receive_message, write_note
from complaints.handling.moving import moves_for, perform
from complaints.models import Deadline, Dossier, Event, Notice
from complaints.models.event import first_broken_event
from complaints.models.tracking import find_tracked
from complaints.notices.sending import requeue
from complaints.workflow import MoveRefused
from tests import factories
from tests.complaints.handling import clocked, composed
from tests.complaints.handling.conftest import FILED_AT
from tests.complaints.handling.rules import publish
from tests.factories import World, paris
from tests.smtp_sink import SmtpSink, smtp_sink

__all__ = ["smtp_sink"]

MARK = "Zorglub"
ERASED_AT = paris("2033-03-30 09:00")
ADDRESS = f"{MARK.lower()}@exemple.example"


def file_as_zorglub(world: Any) -> Filed:
    marked = {
        name: f"{MARK} {name}"
        for name in ("nom", "structure", "objet", "formation", "faits", "tiers", "attentes")
    }
    submission = factories.submission(world, courriel=ADDRESS, telephone="06 00 00 00 00", **marked)
    file = factories.checked_file(f"{MARK}.txt", MARK.encode())
    return file_dossier(replace(submission, files=[file]), at=FILED_AT)


def marked_life(world: Any, dossier: Dossier) -> Dossier:
    """Each deed with the mark in all that may be written."""
    said = {"reason": f"{MARK} motif", "comment": f"{MARK} commentaire"}
    moves = [
        ("demander_complement", {}),
        ("enregistrer_complement", {"answer": f"{MARK} réponse"}),
        ("accuser", {"subject": f"{MARK} objet", "body": f"{MARK} texte"}),
        ("inscrire", {}),
        ("recevable", {"breaches": f"{MARK} manquement"}),
        ("decider", {"outcome": "favourable", "decision": f"{MARK} décision"}),
        ("preparer_reponse", said),
        ("repondre", {"resolution": f"{MARK} résolution"}),
        ("demander_avis", {}),
        ("noter_avis", {"opinion": "satisfied"} | said),
        ("clore", {"evidence_location": f"{MARK} armoire"} | said),
    ]
    with act_on(dossier.pk, actor=Actor.complainant(), at=FILED_AT) as act:
        receive_message(act, f"{MARK} message", [factories.checked_file(f"{MARK} 2.txt")])
    with act_on(dossier.pk, actor=world.staff("alice"), at=FILED_AT) as act:
        write_note(act, f"{MARK} note")
    return factories.play(world, dossier, *moves, at=FILED_AT)


def columns() -> Iterator[tuple[str, str]]:
    """Every column of every table, whatever its type."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                yield table, column.name


def where_it_is_written(mark: str) -> set[str]:
    """The columns where the mark is, as text or escaped as in JSON; case does not matter."""
    quote = connection.ops.quote_name
    found = set()
    with connection.cursor() as cursor:
        for table, column in columns():
            cursor.execute(
                f"SELECT count(*) FROM {quote(table)} "  # noqa: S608 - names of our own tables
                f"WHERE lower(CAST({quote(column)} AS text)) LIKE %s",
                [f"%{mark.lower()}%"],
            )
            if cursor.fetchone()[0]:
                found.add(f"{table}.{column}")
    return found


@pytest.fixture
def files(settings: LazySettings) -> Callable[[], set[Path]]:
    """The private files written since the test began."""
    root = Path(settings.PRIVATE_ROOT)
    before = set(root.rglob("*.*"))
    return lambda: set(root.rglob("*.*")) - before


@pytest.fixture
def filed(world: Any, files: Callable[[], set[Path]]) -> Filed:
    return file_as_zorglub(world)


@pytest.fixture
def lived(world: Any, filed: Filed, smtp_sink: SmtpSink) -> Dossier:
    """Closed; its letters have left, but for one that the server refuses with the address in it."""
    dossier = marked_life(world, filed.dossier)
    waiting = dossier.notices.filter(to=ADDRESS).order_by("pk")
    for notice in waiting[:1]:
        dispatch.send_notice(notice.pk, FILED_AT)
    smtp_sink.answers[ADDRESS] = f"550 <{ADDRESS}> inconnue"
    dispatch.send_notice(waiting[1].pk, FILED_AT)
    return dossier


def test_the_mark_is_everywhere_before(lived: Dossier, files: Callable[[], set[Path]]) -> None:
    """Or the next test would prove nothing."""
    written = where_it_is_written(MARK)
    assert {
        "complaints_dossier.answers",
        "complaints_dossier.subject",
        "complaints_party.name",
        "complaints_event.personal",
        "complaints_letter.body",
        "complaints_message.body",
        "complaints_notice.body",
        "complaints_notice.to",
        "complaints_notice.last_error",
        "complaints_attachment.original_name",
    } <= written
    assert {path.suffix for path in files()} == {".txt", ".pdf"}


def test_nothing_of_the_person_is_left_in_any_column_or_file(
    lived: Dossier, files: Callable[[], set[Path]]
) -> None:
    assert erase_expired(ERASED_AT) == 1
    assert where_it_is_written(MARK) == set()
    assert files() == set()


def test_nothing_is_left_of_a_committee_an_appeal_or_a_third_party_either(
    world: World, files: Callable[[], set[Path]]
) -> None:
    """Whatever the deed: minutes, contacts, analysis, letters to others, recusal, appeal."""
    someone = {"name": MARK, "email": ADDRESS.replace("@", "2@"), "postal_address": f"{MARK} rue"}
    told = {"reason": f"{MARK} motif", "decision": f"{MARK} décision", "outcome": "partial"}
    deeds: list[tuple[str, dict[str, Any]]] = [
        ("log_contact", {"person": MARK, "channel": "phone", "said": MARK, "consent": "yes"}),
        ("analyse", {"understood": MARK, "analysis": MARK, "root_cause": MARK}),
        ("record_minutes", {"held_on": "2026-03-30", "members": MARK, "body": "comite"} | told),
        ("inform_implicated", someone),
        ("inform_third_party", someone | {"stakeholder": "other", "structure": MARK}),
        ("file_appeal", told),
        ("decide_appeal", told),
        ("recuse", told | {"people": [world.user("diane").pk]}),
    ]
    writes = {"inform_implicated", "inform_third_party", "decide_appeal", "file_appeal"}
    buttons = [clocked.move(d, d, letter="lui" if d in writes else "") for d, _data in deeds]
    rules = world.page.version.definition
    text = composed.letter("lui", "Bonjour {nom}. {decision}", "Un courrier")
    publish(
        world,
        moves=[*rules["moves"], *(one | {"sources": ["recueil"]} for one in buttons)],
        letters=[*rules["letters"], text],
        bodies=[{"key": "comite", "label": "Comité"}],
    )
    dossier = file_as_zorglub(world).dossier
    dossier = factories.play(world, dossier, *deeds, ("noter_retrait", told), at=FILED_AT)
    for letter in dossier.letters.filter(to_complainant=False):
        dispatch.ensure_pdf(letter)
    assert {one.number for one in dossier.letters.filter(to_complainant=False)}
    assert erase_expired(ERASED_AT) == 1
    left = where_it_is_written(MARK)
    assert left == set(), left
    assert files() == set()
    assert first_broken_event(dossier) is None


def test_the_journal_still_proves_what_was_done(lived: Dossier) -> None:
    before = [(e.number, e.kind, e.at, e.hash) for e in lived.events.order_by("number")]
    erase_expired(ERASED_AT)
    after = [(e.number, e.kind, e.at, e.hash) for e in lived.events.order_by("number")]
    assert after[:-1] == before
    assert after[-1][1] == "erased"
    assert first_broken_event(lived) is None


def test_a_line_altered_after_the_erasure_is_still_found(lived: Dossier) -> None:
    erase_expired(ERASED_AT)
    third = lived.events.get(number=3)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE complaints_event SET data = %s WHERE id = %s", [json.dumps({"x": 1}), third.pk]
        )
    assert first_broken_event(lived) == third


def test_what_counts_stays(lived: Dossier) -> None:
    erase_expired(ERASED_AT)
    lived.refresh_from_db()
    assert (lived.phase, lived.stage, lived.is_open) == ("erased", "dossier", False)
    assert (lived.reference, lived.outcome) == ("CS-2026-0001", "favourable")
    assert (lived.received_at, lived.closed_at) == (FILED_AT, FILED_AT)
    assert lived.register_entry.register_number == "R-2026-0001"
    assert lived.response_number == "REP-2026-0001"
    assert set(lived.letters.values_list("number", flat=True)) >= {"REP-2026-0001"}
    assert lived.attachments.count() == 2


def test_an_erased_dossier_moves_no_more(world: Any, lived: Dossier) -> None:
    diane = world.staff("diane")
    assert {move.key for move in moves_for(lived, diane, FILED_AT)} == {"verifier_effet", "rouvrir"}
    erase_expired(ERASED_AT)
    lived.refresh_from_db()
    assert moves_for(lived, diane, ERASED_AT) == []
    with pytest.raises(MoveRefused, match="effacé"):
        perform(lived, "rouvrir", {"reason": "Encore"}, actor=diane, at=ERASED_AT)


def test_the_code_opens_nothing_any_more(world: Any, filed: Filed, lived: Dossier) -> None:
    assert find_tracked(world.organisation, lived.reference, filed.code) == lived
    erase_expired(ERASED_AT)
    assert find_tracked(world.organisation, lived.reference, filed.code) is None
    assert find_tracked(world.organisation, lived.reference, "") is None


def test_what_had_not_left_never_will(lived: Dossier, smtp_sink: SmtpSink) -> None:
    sent = len(smtp_sink.messages)
    assert lived.notices.filter(next_attempt_at__isnull=False).exists()
    erase_expired(ERASED_AT)
    smtp_sink.answers.clear()
    assert dispatch.send_waiting(ERASED_AT) == 0
    assert requeue(ERASED_AT) == 0
    assert len(smtp_sink.messages) == sent


def test_a_letter_on_its_way_when_it_is_erased_writes_nothing_back(
    lived: Dossier, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    from complaints.notices import sending

    def erased_meanwhile(message: Any) -> None:
        erase_expired(ERASED_AT)
        raise TimeoutError(ADDRESS)

    monkeypatch.setattr(sending, "_deliver", erased_meanwhile)
    waiting = lived.notices.filter(to=ADDRESS, next_attempt_at__isnull=False).first()
    dispatch.send_notice(waiting.pk, FILED_AT)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.next_attempt_at, waiting.last_error) == ("failed", None, "")
    assert where_it_is_written(MARK) == set()


def test_no_limit_runs_on_an_erased_dossier(lived: Dossier) -> None:
    erase_expired(ERASED_AT)
    assert not Deadline.objects.pending().exists()
    assert check_deadlines(ERASED_AT + timedelta(days=3650)).total() == 0


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_dossier_is_erased_on_its_day_and_not_before(closed: Dossier, days: int) -> None:
    erased = erase_expired(ERASED_AT + timedelta(days=days))
    assert erased == (0 if days < 0 else 1)


def test_an_open_dossier_is_never_erased(dossier: Dossier, world: Any, closed: Dossier) -> None:
    reopening = ("rouvrir", {"reason": "Un fait nouveau."})
    factories.play(world, closed, reopening, at=FILED_AT, login="diane")
    assert erase_expired(ERASED_AT + timedelta(days=3650)) == 0


def test_erasing_twice_erases_once(closed: Dossier) -> None:
    assert [erase_expired(ERASED_AT) for _ in range(2)] == [1, 0]
    assert Event.objects.filter(kind="erased").count() == 1


def test_a_dossier_that_cannot_be_erased_stops_no_other(
    world: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    dossiers = [factories.file(world, at=FILED_AT).dossier for _ in range(3)]
    for dossier in dossiers:
        reason = {"reason": ""}
        perform(dossier, "retirer", reason, actor=Actor.complainant(), at=FILED_AT)
    erase = erasure.erase

    def fail_on_the_second(act: Any) -> None:
        if act.dossier == dossiers[1]:
            raise OSError("disque")
        erase(act)

    monkeypatch.setattr(erasure, "erase", fail_on_the_second)
    assert erase_expired(ERASED_AT) == 2
    assert f"Le dossier {dossiers[1].pk} n’a pas pu être effacé" in caplog.text
    monkeypatch.undo()
    assert erase_expired(ERASED_AT) == 1


def test_a_run_that_lasts_too_long_leaves_the_rest_to_the_next_one(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        dossier = factories.file(world, at=FILED_AT).dossier
        perform(dossier, "retirer", {"reason": ""}, actor=Actor.complainant(), at=FILED_AT)
    instants = iter([0, 1, 99, 0, 1])
    monkeypatch.setattr(erasure, "monotonic", lambda: next(instants))
    assert [erase_expired(ERASED_AT) for _ in range(2)] == [1, 1]


def test_what_was_written_apart_from_dossiers_is_forgotten_after_a_year(world: World) -> None:
    at = paris("2026-03-30 09:00")
    for key, days in (("recent", 364), ("old", 366), ("waiting", 400)):
        post_apart(
            world.organisation,
            key=key,
            to="dora@exemple.example",
            subject="La procédure",
            body="Voici.",
            at=at - timedelta(days=days),
        )
    Notice.objects.exclude(key="waiting").update(state="sent", next_attempt_at=None)
    assert forget_old_notices(at) == 1
    assert set(Notice.objects.values_list("key", flat=True)) == {"recent", "waiting"}
