"""A rehearsal shows what the engine does, and leaves nothing behind: not a row, not a number."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from complaints.handling import clock, moving
from complaints.handling.filing import file_dossier
from complaints.handling.presets import Preset, drafted, read_preset
from complaints.handling.rehearsal import rehearse, rehearse_version
from complaints.handling.rehearsal_account import PUBLIC, Entry
from complaints.handling.rehearsal_play import Played, Scenario
from complaints.models import Calendar, Procedure
from complaints.workflow.overlay import overlay
from complaints.workflow.path import Wish
from pages import timeline
from tests.complaints.handling.rules import limit
from tests.factories import World, paris, submission

pytestmark = pytest.mark.django_db
# The eve of a long week-end: 1 May is a Friday, 8 May another one.
RECEIVED_AT = paris("2026-04-30 09:00")


def draft(world: World, preset: str = "comite", **changes: Any) -> Procedure:
    """A procedure that nobody has saved yet."""
    raw = overlay(read_preset(preset), changes)
    return drafted(world.organisation, raw, title=raw["title"], reference="ESSAI")


def play(procedure: Procedure, wish: Wish = Wish.STRAIGHT, **facts: Any) -> Played:
    played = rehearse(procedure, Scenario(RECEIVED_AT, wish, **facts))
    assert not played.stopped
    return played


def entry(played: Played, what: str) -> Entry:
    return next(one for one in played.entries if one.what == what)


def said(played: Played) -> str:
    turns = (turn.words for one in played.entries for turn in one.turns)
    return "\n".join(turns).replace("\u00a0", " ")


def every_row() -> dict[str, list[Any]]:
    """Every table of the database, Wagtail's, Django's and Django-Q's too."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def files() -> list[str]:
    return sorted(
        str(Path(folder, name)) for folder, _, names in os.walk(settings.DATA_DIR) for name in names
    )


@pytest.fixture
def untouched() -> Iterator[None]:
    """Whatever the test plays, the rows and the files are the same after it."""
    rows, kept = every_row(), files()
    yield
    assert every_row() == rows
    assert [name for name in files() if "sqlite" not in name] == [
        name for name in kept if "sqlite" not in name
    ]


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    ("preset", "wishes"),
    [
        ("comite", list(Wish)),
        *((preset, [Wish.INCOMPLETE]) for preset in Preset if preset != "comite"),
    ],
)
def test_whatever_happens_in_it_nothing_has_happened(
    world: World, preset: str, wishes: list[Wish], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        for wish in wishes:
            play(draft(world, preset), wish, severity="high")
    assert callbacks == []


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ValueError("imprévu"), "Le moteur ne sait pas jouer cette étape avec ces règles."),
        (DatabaseError("occupée"), "La répétition n’a pas pu être jouée à cet instant. Réessayez."),
    ],
)
@pytest.mark.parametrize("where", [(moving, "perform"), (clock, "check_dossier")])
def test_an_engine_that_breaks_in_the_middle_leaves_nothing_either(
    world: World, monkeypatch: pytest.MonkeyPatch, where: Any, error: Exception, sentence: str
) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise error

    monkeypatch.setattr(*where, broken)
    played = rehearse(draft(world), Scenario(RECEIVED_AT))
    assert played.stopped == sentence
    assert played.entries[0].kind == "filing"
    assert played.lines


@pytest.mark.usefixtures("untouched")
def test_inside_another_transaction_that_one_goes_on(world: World) -> None:
    with transaction.atomic():
        play(draft(world))
        assert Calendar.objects.exists()


def test_a_saved_draft_is_played_as_it_is_written_not_as_it_is_in_force(world: World) -> None:
    procedure = world.page.procedure
    procedure.stages[0].value["label"] = "Accueil"
    assert play(procedure).entries[0].stage == "Accueil"
    version = rehearse_version(procedure.current, Scenario(RECEIVED_AT))
    assert version.entries[0].stage == "Recueil"


def test_its_dates_are_those_of_a_dossier_filed_that_day(world: World) -> None:
    dossier = file_dossier(submission(world, deja=False), at=RECEIVED_AT).dossier
    waits = Scenario(RECEIVED_AT, Wish.SILENT_ORGANISATION)
    lines = rehearse_version(world.page.version, waits).lines
    assert sorted(line.why for line in lines) == sorted(
        deadline.sentence for deadline in dossier.deadlines.all()
    )


def test_the_holidays_that_moved_a_day_are_named(world: World) -> None:
    (turn,) = [t for t in play(draft(world)).entries[0].turns if "Accusé" in t.words]
    assert "lundi 11 mai 2026" in turn.words
    assert turn.holidays == ("1er mai (Fête du Travail)", "8 mai (Fête de la Victoire)")


def test_another_region_has_other_holidays(world: World) -> None:
    received_at = paris("2026-04-01 09:00")
    told = {
        region: rehearse(draft(world), Scenario(received_at, region=region)).entries[0].turns[0]
        for region in ("metropole", "alsace-moselle")
    }
    assert "Vendredi saint" not in str(told["metropole"].holidays)
    assert "Vendredi saint" in str(told["alsace-moselle"].holidays)


def test_each_promise_is_kept_on_the_last_worked_day_that_keeps_it(world: World) -> None:
    """The response is due on Sunday 14 June: it leaves on the Friday before."""
    played = play(draft(world), severity="medium")
    assert entry(played, "Répondre").day == "vendredi 12 juin 2026"
    assert "dépassé" not in said(played)


def test_without_any_date_the_moves_go_on_two_worked_days_apart(world: World) -> None:
    played = play(draft(world, "simplifie", time_limits=[]))
    days = [one.day for one in played.entries if one.kind == "move"]
    assert days[:2] == ["mardi 5 mai 2026", "jeudi 7 mai 2026"]


def test_an_organisation_that_does_not_answer_is_late_and_the_mediator_may_be_asked(
    world: World,
) -> None:
    played = play(draft(world, "simplifie"), Wish.SILENT_ORGANISATION)
    late = next(t for one in played.entries for t in one.turns if t.sign == "late")
    assert late.told == ("Modérateur", "Direction")
    assert "« Recours à un médiateur extérieur » est passé : la voie s’ouvre" in said(played)
    assert "Le dossier reste ouvert" in played.remarks[0]


def test_the_silence_of_the_complainant_closes_by_itself(world: World) -> None:
    played = play(draft(world), Wish.SILENT_COMPLAINANT, severity="low")
    closing = entry(played, "Le dossier se clôt de lui-même")
    assert (closing.who, closing.day) == ("Horloge", "mardi 30 juin 2026")
    assert [mail.to for mail in closing.mails] == ["Le réclamant"]


def test_an_appeal_starts_its_own_limit_and_stops_the_silence(world: World) -> None:
    filed = entry(play(draft(world), Wish.APPEAL, severity="low"), "Déposer un recours")
    assert (filed.kind, filed.public) == ("theirs", True)
    assert [turn.sign for turn in filed.turns] == ["gone", "starts"]


def test_a_question_suspends_the_limits_that_the_procedure_suspends(world: World) -> None:
    pausing = limit(20, pauses_on=["information_requested"], resumes_on=["information_received"])
    procedure = draft(world, "simplifie", time_limits=[pausing])
    signs = [t.sign for one in play(procedure, Wish.INCOMPLETE).entries for t in one.turns]
    assert [sign for sign in signs if sign != "warned"] == ["starts", "paused", "resumed", "met"]


def test_who_complained_by_post_is_written_to_by_post(world: World) -> None:
    played = play(draft(world, "simplifie"), channel="post")
    mails = [mail for one in played.entries for mail in one.mails if mail.to == "Le réclamant"]
    assert mails
    assert all(mail.posted for mail in mails)


def test_letters_are_merged_with_the_sample(world: World) -> None:
    (letter, *_) = entry(play(draft(world, "simplifie")), "Accuser réception").mails
    assert "Bonjour Camille Exemple," in letter.body
    assert "{" not in letter.body


def test_the_severity_that_is_chosen_is_the_one_that_is_assessed(world: World) -> None:
    told = said(play(draft(world), severity="high"))
    assert "« Réponse en cas de gravité forte » est tenu" in told
    assert "Réponse en cas de gravité forte" not in said(play(draft(world)))


def test_a_severity_that_nobody_assesses_is_remarked(world: World) -> None:
    played = play(draft(world, "simplifie"), severity="high")
    assert "personne n’évalue" in " ".join(played.remarks)


def test_a_wish_that_the_rules_do_not_grant_is_a_sentence(world: World) -> None:
    played = rehearse(draft(world, "simplifie"), Scenario(RECEIVED_AT, Wish.APPEAL))
    assert played.stopped == "Cette procédure ne prévoit pas de recours."


@pytest.mark.parametrize("part", ["stages", "roles", "moves", "time_limits", "letters"])
def test_rules_that_could_not_be_published_break_nothing(world: World, part: str) -> None:
    played = rehearse(draft(world, **{part: []}), Scenario(RECEIVED_AT))
    assert played.stopped or played.entries


def test_a_day_beyond_the_calendars_is_told(world: World) -> None:
    played = rehearse(draft(world), Scenario(paris("2190-04-30 09:00")))
    assert played.stopped or "précisée" in str(played.entries[0].turns)


def test_what_it_calls_visible_is_what_the_complainant_reads() -> None:
    assert timeline.SENTENCES.keys() == PUBLIC


def test_after_a_call_the_writing_comes_and_the_clocks_start_with_it(world: World) -> None:
    """Received on Thursday 30 April by telephone; the letter, two worked days later."""
    played = play(draft(world), channel="phone")
    call, writing = played.entries[0], entry(played, "Enregistrer l’écrit reçu")
    assert call.turns == ()
    assert writing.at.date().isoformat() == "2026-05-05"
    # Five worked days: the 8th is a holiday.
    assert "mercredi 13 mai 2026" in " ".join(turn.words for turn in writing.turns)
