"""`manage.py due`: the day, why, and one line of French for whatever cannot be counted."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from complaints.management.commands.due import Command
from complaints.models import Calendar, Holiday
from tests.complaints.sla.test_cases import CASES, FILE

WHEN = ("--received", "2026-04-30T10:00:00+02:00")
LIMIT = ("--limit", "5 jours_ouvres")
HEADER = "id,received_at,delay_value,unit,calendar_region,roll_over,suspensions"
GOOD = "A-1,2026-04-30,5,jours_ouvres,metropole,false,"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def due(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command as a shell runs it: status, standard output, standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            Command().run_from_argv(["manage.py", "due", *arguments])
        except SystemExit as left:
            return left.code or 0, *capsys.readouterr()
        return 0, *capsys.readouterr()

    return run


@pytest.fixture
def cases(tmp_path: Path) -> Callable[..., str]:
    """A file of cases with these lines."""

    def write(*lines: str, header: str = HEADER, encoding: str = "utf-8") -> str:
        file = tmp_path / "cas.csv"
        file.write_text("\n".join([header, *lines]), encoding=encoding)
        return str(file)

    return write


def told(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_forty_cases_are_answered_on_a_machine_without_a_database(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "manage.py", "due", "--csv", str(FILE), "--json-lines"],
        cwd=settings.BASE_DIR,
        env=kept | {"DOLEANCES_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["id"], one["due_on"]) for one in found] == [
        (case["id"], case["expected_due"]) for case in CASES
    ]
    assert all(one["steps"][0]["kind"] == "depart" for one in found)
    assert not folder.exists()


@pytest.mark.parametrize("case", [*CASES[::8], CASES[38]], ids=lambda case: case["id"])
def test_a_case_asked_alone_has_the_same_answer(due: Run, case: dict[str, str]) -> None:
    pauses = [f"--pause={pause}" for pause in case["suspensions"].split("|") if pause]
    status, out, err = due(
        "--received", case["received_at"],
        "--limit", f"{case['delay_value']} {case['unit']}",
        "--region", case["calendar_region"],
        *(["--roll-over"] if case["roll_over"] == "true" else []),
        *pauses,
        "--json",
    )  # fmt: skip
    assert (status, err) == (0, "")
    assert json.loads(out)["due_on"] == case["expected_due"]


def test_the_answer_is_a_sentence_then_a_table(due: Run) -> None:
    status, out, err = due(*WHEN, "--limit", "2 jours_ouvres")
    assert (status, err) == (0, "")
    assert told(out).splitlines() == [
        "L’organisme doit agir au plus tard le mardi 5 mai 2026 : 2 jours ouvrés après le "
        "30 avril 2026, sans compter les week-ends ni les jours fériés (1er mai).",
        "",
        "jeudi 30 avril 2026      Jour de l’événement, non compté",
        "du 1er au 5 mai 2026     2 jours ouvrés (délai : 2 jours ouvrés)",
        "  vendredi 1er mai 2026  Jour férié, non compté : Fête du Travail",
        "  samedi 2 mai 2026      Week-end, non compté",
        "  dimanche 3 mai 2026    Week-end, non compté",
        "mardi 5 mai 2026         Échéance (2 jours ouvrés), en retard dès le lendemain",
    ]


def test_json_is_one_object_with_the_count_and_its_sentence(due: Run) -> None:
    _status, out, _err = due(*WHEN, *LIMIT, "--limit", "10 jours_calendaires", "--json")
    found = json.loads(out)
    assert list(found) == ["due_on", "late_from", "suspended", "reading", "steps", "sentence"]
    assert (found["due_on"], found["late_from"]) == ("2026-05-10", "2026-05-10T22:00:00+00:00")
    assert found["reading"] == {"amount": 10, "unit": "jours_calendaires"}
    assert found["steps"][-1]["kind"] == "echeance"
    assert "la date la plus proche" in found["sentence"]


@pytest.mark.parametrize(
    ("arguments", "due_on"),
    [
        (["--limit", "10 jours_calendaires", "--roll-over"], "2026-05-11"),
        (["--limit", "10 jours_calendaires", "--favours", "complainant"], "2026-05-11"),
        (["--working-week", "0111110"], "2026-05-09"),
        (["--time-zone", "Pacific/Auckland"], "2026-05-11"),
        (["--pause", "2026-05-04/2026-05-06", "--pause", "2026-05-06/2026-05-07"], "2026-05-15"),
        (["--pause", "2026-05-04/"], "SUSPENDU"),
    ],
)
def test_each_option_moves_the_day(due: Run, arguments: list[str], due_on: str) -> None:
    _status, out, err = due(*WHEN, *LIMIT, *arguments, "--json")
    assert err == ""
    assert json.loads(out)["due_on"] == due_on


def test_without_an_offset_the_clock_is_the_one_of_the_time_zone(due: Run) -> None:
    for zone in ("Europe/Paris", "America/Guadeloupe", "Pacific/Auckland"):
        _status, out, _err = due(
            "--received", "2026-04-30 23:59", *LIMIT, "--time-zone", zone, "--json"
        )
        assert json.loads(out)["steps"][0]["from"] == "2026-04-30"


def test_no_limit_in_figures_is_no_day(due: Run) -> None:
    _status, out, _err = due(*WHEN, "--limit", "aucun", "--json")
    assert json.loads(out)["due_on"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Il manque --received"),
        ([*WHEN], "Il manque --limit"),
        ([*LIMIT], "Il manque --received"),
        (["--received", "hier", *LIMIT], "« hier » n’est ni un jour"),
        (["--received", "un\ndeux", *LIMIT], "« un deux » n’est ni un jour"),
        (["--received", "1815-06-18", *LIMIT], "entre 1900 et 2200"),
        ([*WHEN, "--limit", "5 semaines"], "L’unité « semaines » n’existe pas"),
        ([*WHEN, "--limit", "cinq mois"], "nombre entier, et non « cinq »"),
        ([*WHEN, "--limit", "-5 mois"], "ne peut pas être négative"),
        ([*WHEN, *LIMIT, *LIMIT], "écrite deux fois"),
        ([*WHEN, *LIMIT, "--pause", "2026-05-09/2026-05-02"], "avant d’avoir commencé"),
        ([*WHEN, *LIMIT, "--pause", "2026-05-09"], "s’écrit début/fin"),
        ([*WHEN, *LIMIT, "--region", "lune"], "La région « lune » n’est pas connue"),
        ([*WHEN, *LIMIT, "--region", ""], "La région «  » n’est pas connue"),
        ([*WHEN, *LIMIT, "--favours", "moi"], "« moi » n’est ni une obligation"),
        ([*WHEN, *LIMIT, "--working-week", "11111"], "sept chiffres"),
        ([*WHEN, *LIMIT, "--working-week", "0000000"], "au moins un jour"),
        ([*WHEN, *LIMIT, "--time-zone", "Lune/Mer"], "« Lune/Mer » n’existe pas"),
        ([*WHEN, *LIMIT, "--inconnue"], "« --inconnue » n’est pas une option"),
        ([*WHEN, *LIMIT, "--reg", "reunion"], "« --reg » n’est pas une option"),
        ([*WHEN, *LIMIT, "en-trop"], "« en-trop » n’est pas une option"),
        ([*WHEN, "--limit"], "L’option --limit est mal écrite"),
        ([*WHEN, *LIMIT, "--roll-over=oui"], "L’option --roll-over est mal écrite"),
        ([*WHEN, *LIMIT, "--json-lines"], "--json-lines va avec --csv"),
        (["--received", "2100-12-01", "--limit", "99 jours_ouvres"], "connus de 2008 à 2100"),
        (["--csv", str(FILE)], "ajoutez --json-lines"),
        (["--csv", str(FILE), "--json-lines", "--json"], "--json n’a pas de place"),
        (["--csv", str(FILE), "--json-lines", *LIMIT], "--limit n’a pas de place"),
        (["--csv", str(FILE), "--json-lines", "--roll-over"], "--roll-over n’a pas de place"),
        (["--csv", str(FILE), "--json-lines", "--region", ""], "--region n’a pas de place"),
        (["--csv", "/nulle/part.csv", "--json-lines"], "« /nulle/part.csv » n’existe pas"),
        (["--csv", "/", "--json-lines"], "« / » ne se lit pas"),
    ],
)
def test_what_is_wrong_is_one_line_and_status_2(due: Run, arguments: list[str], said: str) -> None:
    status, out, err = due(*arguments)
    assert (status, out) == (2, "")
    assert said in told(err)
    assert err.endswith(".\n")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A-2,2026-04-30,cinq,jours_ouvres,metropole,false,", "et non « cinq »."),
        ("A-2,2026-04-30,,jours_ouvres,metropole,false,", "n’est pas un délai"),
        ("A-2,2026-04-30,5,jours,metropole,false,", "L’unité « jours » n’existe pas"),
        ("A-2,30/04/2026,5,jours_ouvres,metropole,false,", "« 30/04/2026 » n’est ni un jour"),
        ("A-2,2026-04-30,5,jours_ouvres,lune,false,", "La région « lune » n’est pas connue"),
        ("A-2,2026-04-30,5,jours_ouvres,metropole,oui,", "true ou false, et non « oui »."),
        (
            "A-2,2026-04-30,5,jours_ouvres,metropole,false,2026-05-09/2026-05-02",
            "avant d’avoir commencé",
        ),
        ("A-2,2026-04-30,5,jours_ouvres,metropole,false,2026-05-09", "s’écrit début/fin"),
        ("A-2,2026-04-30,5,jours_ouvres,metropole,false,,x,y", "plus de valeurs que de colonnes"),
        ("A-2", "La région «  » n’est pas connue"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_printed(
    due: Run, cases: Callable[..., str], line: str, said: str
) -> None:
    status, out, err = due("--csv", cases(GOOD, line), "--json-lines")
    assert (status, out) == (2, "")
    assert err.startswith("Ligne 3 (A-2) : ")
    assert said in told(err)
    assert err.count("\n") == 1


def test_missing_columns_are_named(due: Run, cases: Callable[..., str]) -> None:
    for header, lacking in ((HEADER.replace("unit,", ""), "unit"), ("", "id, received_at")):
        status, out, err = due("--csv", cases(header=header), "--json-lines")
        assert (status, out) == (2, "")
        assert f"il manque des colonnes, à séparer par des virgules : {lacking}" in err


def test_what_is_not_text_in_utf8_is_refused(due: Run, cases: Callable[..., str]) -> None:
    status, out, err = due("--csv", cases("é", encoding="latin-1"), "--json-lines")
    assert (status, out) == (2, "")
    assert err.endswith("n’est pas écrit en UTF-8.\n")


def test_what_is_not_csv_is_refused(due: Run, cases: Callable[..., str]) -> None:
    for line in ("x" * 200_000, f'{GOOD}"jamais refermé'):
        status, out, err = due("--csv", cases(GOOD, line, GOOD), "--json-lines")
        assert (status, out, err) == (2, "", "Ligne 3 : ce n’est pas du CSV.\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_may_start_with_a_mark_and_shout_its_booleans(
    due: Run, cases: Callable[..., str], encoding: str
) -> None:
    line = "É-1,2026-04-30T10:00:00+02:00,10,jours_calendaires,metropole,TRUE,"
    status, out, _err = due("--csv", cases(line, encoding=encoding), "--json-lines")
    assert status == 0
    assert {**json.loads(out), "steps": 0} == {"id": "É-1", "due_on": "2026-05-11", "steps": 0}


def test_an_empty_file_of_cases_has_no_answer(due: Run, cases: Callable[..., str]) -> None:
    assert due("--csv", cases(), "--json-lines") == (0, "", "")


def test_an_answer_is_one_line_whatever_its_id(due: Run, cases: Callable[..., str]) -> None:
    odd = "A\u2028B\u0085C"
    _status, out, _err = due("--csv", cases(GOOD.replace("A-1", odd), GOOD), "--json-lines")
    assert [json.loads(line)["id"] for line in out.splitlines()] == [odd, "A-1"]


def test_a_machine_without_french_is_answered_in_french_all_the_same() -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    for limit, status in (("5 jours_ouvres", 0), ("5 années", 2)):
        done = subprocess.run(
            [sys.executable, "manage.py", "due", *WHEN, "--limit", limit],
            cwd=settings.BASE_DIR,
            env=kept | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONWARNINGS": "error"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == status
        expected = ("« années » n’existe pas", done.stderr) if status else ("ouvrés", done.stdout)
        assert expected[0] in told(expected[1])


def test_a_reader_that_leaves_is_not_complained_about() -> None:
    reads, writes = os.pipe()
    os.close(reads)
    done = subprocess.run(
        [sys.executable, "manage.py", "due", *WHEN, *LIMIT],
        cwd=settings.BASE_DIR,
        stdout=writes,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writes)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_dash_reads_the_standard_input(due: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = io.TextIOWrapper(io.BytesIO(f"{HEADER}\n{GOOD}\n".encode()))
    monkeypatch.setattr(sys, "stdin", typed)
    _status, out, _err = due("--csv", "-", "--json-lines")
    assert json.loads(out)["due_on"] == "2026-05-11"


def test_help_is_short_and_in_french(due: Run) -> None:
    status, out, err = due("--help")
    assert (status, err) == (0, "")
    assert "Calcule une échéance" in out
    assert "l’heure locale" in " ".join(out.split())
    assert "show" not in out
    assert len(out.splitlines()) < 45


def test_a_program_is_refused_by_an_exception(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (("--limit",), ("--inconnue",), (*WHEN, "--limit", "5 semaines")):
        with pytest.raises(CommandError) as refused:
            call_command("due", *arguments)
        assert refused.value.returncode == 2
    assert capsys.readouterr() == ("", "")


def test_a_program_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("due", received="2026-04-30", limit=["5 jours_ouvres"], json=True)
    assert json.loads(capsys.readouterr().out)["due_on"] == "2026-05-11"


@pytest.mark.django_db
def test_the_stored_calendars_are_the_corrected_ones(due: Run, world: Any) -> None:
    current = Calendar.objects.current("metropole")
    later = Calendar.objects.create(
        region="metropole",
        version=current.version + 1,
        first_year=2026,
        last_year=2026,
        created_at=timezone.now(),
    )
    Holiday.objects.create(calendar=later, day=date(2026, 5, 4), name="Fermeture")
    for option, due_on in ((["--stored"], "2026-05-08"), ([], "2026-05-11")):
        _status, out, _err = due(*WHEN, *LIMIT, *option, "--json")
        assert json.loads(out)["due_on"] == due_on


@pytest.mark.django_db
def test_the_stored_calendars_answer_the_forty_cases_in_two_queries_a_region(
    due: Run, world: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2 * len({case["calendar_region"] for case in CASES})):
        _status, out, err = due("--csv", str(FILE), "--json-lines", "--stored")
    assert err == ""
    found = [json.loads(line)["due_on"] for line in out.splitlines()]
    assert found == [case["expected_due"] for case in CASES]


@pytest.mark.django_db
def test_a_region_never_stored_is_said(due: Run, world: Any) -> None:
    status, out, err = due(*WHEN, *LIMIT, "--stored", "--region", "lune")
    assert (status, out) == (2, "")
    assert err == "Aucun calendrier pour la région « lune ».\n"


def test_an_installation_without_tables_is_told_what_to_run(tmp_path: Path) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "manage.py", "due", *WHEN, *LIMIT, "--stored"],
        cwd=settings.BASE_DIR,
        env=kept | {"DOLEANCES_DATA_DIR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Les calendriers de cette installation ne se lisent pas")
    assert done.stderr.count("\n") == 1
