"""The room is pure: no clock is read in it, and Django enters by one door only."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import complaints.sla

FILES = sorted(Path(complaints.sla.__file__).parent.glob("*.py"))
CLOCKS = {"now", "utcnow", "today", "localtime", "monotonic", "time_ns"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_file_reads_the_clock_or_brings_django(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    assert not CLOCKS & {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    modules = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    modules |= {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    brought = {module for module in modules if module and module.startswith("django")}
    assert brought == ({"django.db.models"} if path.stem == "vocabulary" else set())


def test_counting_works_without_settings_and_without_the_holidays_library() -> None:
    program = (
        "import sys; from datetime import datetime, UTC;"
        "from complaints.sla import *;"
        "known = WorkCalendar('metropole', 1, {}, covers=(2026, 2026));"
        "found = due(parse_limit({'readings': [{'amount': 1, 'unit': 'jours_ouvres'}]}),"
        " datetime(2026, 6, 5, tzinfo=UTC), known);"
        "print(found.due_on, 'holidays' in sys.modules)"
    )
    root = Path(complaints.sla.__file__).parents[2]
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=root, env=clean, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout.split() == ["2026-06-08", "False"]
