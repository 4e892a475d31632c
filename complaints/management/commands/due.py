"""`manage.py due`: the day a time limit ends, for one question or for a file of them."""

import io
import json
import os
import sys
from argparse import ArgumentError, ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from complaints.models import Calendar
from complaints.sla import (
    COLUMNS,
    Answer,
    Favours,
    Region,
    SlaError,
    Unit,
    WorkCalendar,
    legal_calendar,
    parse_week,
    read_cases,
    read_question,
    table,
)

VALUES = {
    "--received": (
        "INSTANT",
        "2026-04-30T10:00:00+02:00 ; sans décalage, ou le jour seul : l’heure locale",
    ),
    "--limit": (
        "DÉLAI",
        f"« 5 jours_ouvres » ; unités : {', '.join(Unit.values)} ; "
        "à répéter si le délai se lit de deux façons",
    ),
    "--region": ("RÉGION", f"{', '.join(Region.values)} (par défaut : metropole)"),
    "--pause": (
        "DÉBUT/FIN",
        "suspension, à répéter ; sans fin (2026-05-01/) : encore en cours",
    ),
    "--favours": (
        "|".join(Favours.values),
        "de deux lectures, la date la plus proche (par défaut) ou la plus lointaine",
    ),
    "--working-week": ("1111100", "jours travaillés, du lundi au dimanche"),
    "--time-zone": ("FUSEAU", "celui de l’heure locale (par défaut : Europe/Paris)"),
    "--csv": ("FICHIER", f"un cas par ligne ({', '.join(COLUMNS)}) ; - : entrée standard"),
}
REPEATED = {"--limit", "--pause"}
FLAGS = {
    "--roll-over": "reporte au premier jour ouvert (art. 642)",
    "--stored": "les calendriers de cette installation, et non la liste de la loi",
    "--json": "un objet JSON",
    "--json-lines": "avec --csv, un objet JSON par ligne",
}
DEFAULTS = {
    "favours": Favours.ORGANISATION.value,
    "working_week": "1111100",
    "time_zone": "Europe/Paris",
}
# What each line of a file says for itself, and the whole command line therefore may not.
ONE_QUESTION = ("received", "limit", "region", "roll_over", "pause", "json")

CalendarOf = Callable[[str], WorkCalendar]
refused = partial(CommandError, returncode=2)


class Command(BaseCommand):
    """The list of the law without any database, or the calendars of this installation."""

    help = "Calcule une échéance, et montre le décompte jour par jour."
    requires_system_checks = []
    suppressed_base_arguments = {
        "--version",
        "--verbosity",
        "--settings",
        "--pythonpath",
        "--traceback",
        "--no-color",
        "--force-color",
    }

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> ArgumentParser:
        """One that refuses in French, in one line, without its usage."""
        parser = super().create_parser(
            prog_name,
            subcommand,
            usage=(
                "\n  manage.py due --received INSTANT --limit DÉLAI [--limit DÉLAI] [options]"
                "\n  manage.py due --csv FICHIER --json-lines [options]"
            ),
            add_help=False,
            allow_abbrev=False,
            exit_on_error=False,
            **kwargs,
        )
        parser.parse_args = partial(_parse, parser)
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        """None is required here: what lacks is said in `handle`, whoever calls."""
        parser.add_argument("-h", "--help", action="help", help="affiche cette aide")
        for name, (metavar, words) in VALUES.items():
            action = "append" if name in REPEATED else "store"
            parser.add_argument(name, action=action, metavar=metavar, help=words)
        for name, words in FLAGS.items():
            parser.add_argument(name, action="store_true", help=words)
        parser.set_defaults(**DEFAULTS)

    def run_from_argv(self, argv: list[str]) -> None:
        """A refusal is one line and status 2, read or not by the parser."""
        self._called_from_command_line = True
        _speak_utf8()
        try:
            options = vars(self.create_parser(*argv[:2]).parse_args(argv[2:]))
            self.execute(**options)
        except CommandError as refusal:
            self.stderr.write(str(refusal))
            sys.exit(refusal.returncode)
        except BrokenPipeError:
            _leave_unsaid()

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing is written before everything was read and counted."""
        try:
            lines = list(_answers(options) if options["csv"] is not None else _answer(options))
        except SlaError as refusal:
            raise refused(_in_one_line(refusal)) from refusal
        for line in lines:
            self.stdout.write(line)
        self.stdout.flush()


def _speak_utf8() -> None:
    """Whatever the locale; what was typed outside of it comes back as it was."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")


def _leave_unsaid() -> None:
    """Nobody reads any more (`| head`): Python would try once more on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parse(
    parser: ArgumentParser, args: Sequence[str] | None = None, namespace: Namespace | None = None
) -> Namespace:
    try:
        options, unknown = parser.parse_known_args(args, namespace)
    except ArgumentError as error:
        raise refused(
            f"L’option {error.argument_name} est mal écrite : voyez « manage.py due --help »."
        ) from None
    if unknown:
        raise refused(_in_one_line(f"« {unknown[0]} » n’est pas une option de cette commande."))
    return options


def _answer(options: dict[str, Any]) -> Iterator[str]:
    if options["json_lines"]:
        raise refused("L’option --json-lines va avec --csv.")
    for name in ("received", "limit"):
        if not options[name]:
            raise refused(f"Il manque --{name} : voyez « manage.py due --help ».")
    region = Region.METROPOLE if options["region"] is None else options["region"]
    calendar = _calendars(options)(region)
    answer = read_question(
        calendar,
        received=options["received"],
        limits=options["limit"],
        roll_over=options["roll_over"],
        favours=options["favours"],
        pauses=options["pause"] or (),
    ).answer(calendar)
    return iter([_json(answer.as_dict())]) if options["json"] else _in_words(answer)


def _in_words(answer: Answer) -> Iterator[str]:
    """The sentence, then the staff's table; a day passed over stands back."""
    yield answer.sentence
    yield ""
    rows = [("  " if row.skipped else "") + row.when for row in table(answer.due)]
    width = max(map(len, rows))
    for when, row in zip(rows, table(answer.due), strict=True):
        yield f"{when:<{width}}  {row.what}"


def _answers(options: dict[str, Any]) -> Iterator[str]:
    """One line of JSON for each line of the file, in its order."""
    if not options["json_lines"]:
        raise refused("Avec --csv, ajoutez --json-lines.")
    if extra := [name for name in ONE_QUESTION if options[name] not in (None, False)]:
        raise refused(f"Avec --csv, l’option --{extra[0].replace('_', '-')} n’a pas de place.")
    calendar_of = _calendars(options)
    for case in read_cases(_text(options["csv"])):
        try:
            calendar = calendar_of(case.region)
            answer = case.question(calendar, options["favours"]).answer(calendar)
        except SlaError as refusal:
            raise refused(_in_one_line(f"{case.where} : {refusal}")) from refusal
        steps = [step.as_dict() for step in answer.due.steps]
        # Escaped where its own id would cut the line of whoever reads line by line.
        yield _json({"id": case.id, "due_on": answer.day, "steps": steps}, case.id.isprintable())


def _text(name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refused(_in_one_line(f"Le fichier « {name} » n’est pas écrit en UTF-8.")) from None
    except OSError as error:
        why = "n’existe pas" if isinstance(error, FileNotFoundError) else "ne se lit pas"
        raise refused(_in_one_line(f"Le fichier « {name} » {why}.")) from None


def _calendars(options: dict[str, Any]) -> CalendarOf:
    """By region, each read once."""
    week, zone = parse_week(options["working_week"]), options["time_zone"]
    if not options["stored"]:
        return lambda region: legal_calendar(region, week, zone)
    return cache(lambda region: _stored(region, week, zone))


def _stored(region: str, week: frozenset[int], zone: str) -> WorkCalendar:
    try:
        return Calendar.objects.current(region).for_counting(week, zone)
    except Calendar.DoesNotExist as absent:
        raise refused(_in_one_line(absent)) from None
    except DatabaseError:
        raise refused(
            "Les calendriers de cette installation ne se lisent pas : "
            "lancez « manage.py migrate » puis « manage.py prepare »."
        ) from None


def _json(data: dict[str, Any], readable: bool = True) -> str:
    return json.dumps(data, ensure_ascii=not readable)


def _in_one_line(words: object) -> str:
    """Whatever a person typed inside."""
    return " ".join(str(words).splitlines())
