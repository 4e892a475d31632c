"""The house keeps its promises: floors, sizes, one configuration, locked dependencies."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = settings.BASE_DIR
APPS = ("complaints", "pages")
FOLDERS = (*APPS, "site", "tests")
PURE_ROOMS = ("complaints.sla", "complaints.workflow", "complaints.intake")
FORBIDDEN_NAMES = {"utils", "helpers", "services", "common"}
OTHER_CONFIGURATIONS = (
    "setup.cfg",
    "setup.py",
    "tox.ini",
    "pytest.ini",
    "pytest.toml",
    "mypy.ini",
    "noxfile.py",
    "Pipfile",
    "uv.lock",
    "poetry.lock",
    ".flake8",
    ".coveragerc",
    ".importlinter",
    ".isort.cfg",
    ".pylintrc",
    ".ruff.toml",
    "ruff.toml",
    ".editorconfig",
    ".pre-commit-config.yaml",
)
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40

# README, « Réglages »: what a production server must be told.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k3-0aZ_a-long-key-that-only-this-test-knows-9xQw7vRt5yUi3oPl1",
    "ALLOWED_HOSTS": "reclamations.example.org",
    "DATABASE_URL": "postgres://doleances@127.0.0.1:5432/doleances",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "DOLEANCES_BASE_URL": "https://reclamations.example.org",
}


def python_files(*folders: str) -> Iterator[Path]:
    """Our own files; Django writes the migrations."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file


def locked(lock: str) -> dict[str, str]:
    """Each requirement of a lock file (name and version), with what stands behind it."""
    text = (ROOT / "requirements" / lock).read_text()
    blocks = re.split(r"\n(?=\S)", text.strip())
    return dict(block.split(" ", 1) for block in blocks)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python outside of the test's settings, with only this environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def relative(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_imports_only_go_down() -> None:
    # In a process of its own: the linter sets up logging, and silences every logger there was.
    lint = "import sys, importlinter.cli as lint; sys.exit(lint.lint_imports(no_cache=True))"
    done = run("-c", lint, PYTHONPATH=str(ROOT / "site"))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_a_pure_room_needs_no_settings(room: str) -> None:
    walk = (
        "import importlib, pkgutil, sys\n"
        f"package = importlib.import_module('{room}')\n"
        f"for found in pkgutil.walk_packages(package.__path__, '{room}.'):\n"
        "    importlib.import_module(found.name)\n"
        "settings = sys.modules.get('django.conf')\n"
        "assert settings is None or not settings.settings.configured\n"
    )
    done = run("-c", walk)
    assert done.returncode == 0, done.stderr


def test_every_file_says_what_it_is_for() -> None:
    files = [*python_files(*FOLDERS), ROOT / "manage.py"]
    silent = [
        relative(file) for file in files if not ast.get_docstring(ast.parse(file.read_text()))
    ]
    assert silent == []


def test_a_file_is_named_after_its_duty() -> None:
    assert [relative(f) for f in python_files(*FOLDERS) if f.stem in FORBIDDEN_NAMES] == []


def test_a_file_fits_in_the_head() -> None:
    long = {relative(file): len(file.read_text().splitlines()) for file in python_files(*APPS)}
    assert {file: lines for file, lines in long.items() if lines > MAX_FILE_LINES} == {}


def test_a_function_fits_on_a_screen() -> None:
    long = [
        f"{relative(file)}:{node.lineno} {node.name}"
        for file in python_files(*APPS)
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= MAX_FUNCTION_LINES
    ]
    assert long == []


@pytest.mark.parametrize("lock", ["base.lock", "test.lock"])
def test_every_dependency_is_locked_by_its_hashes(lock: str) -> None:
    requirements = locked(lock)
    assert requirements
    loose = [
        name for name, rest in requirements.items() if not re.search(r"--hash=sha256:\w", rest)
    ]
    assert loose == []
    assert all(re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==[\w.+!-]+", name) for name in requirements)


@pytest.mark.parametrize("lock", ["base.lock", "test.lock"])
def test_a_lock_names_no_server(lock: str) -> None:
    assert "://" not in (ROOT / "requirements" / lock).read_text()


def test_the_tests_run_on_the_versions_of_production() -> None:
    assert locked("base.lock").items() <= locked("test.lock").items()


def test_pyproject_is_the_only_configuration_file() -> None:
    assert [name for name in OTHER_CONFIGURATIONS if (ROOT / name).exists()] == []


def test_the_readme_tells_every_setting_and_no_other() -> None:
    """The tests' own settings are for the tests."""
    files = [file for file in python_files("site") if file.name != "test.py"]
    reading = re.compile(r'env(?:iron\.get|\.\w+)?\("([A-Z_]+)"')
    read = {name for file in files for name in reading.findall(file.read_text())}
    chapter = (ROOT / "README.md").read_text().split("## Réglages")[1].split("\n## ")[0]
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", chapter, re.MULTILINE))
    assert read
    assert read == told


def test_site_is_a_folder_of_the_path_and_never_a_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()


@pytest.mark.django_db
def test_no_migration_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


def test_production_settings_pass_the_deployment_check(tmp_path: Path) -> None:
    done = run(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        **PRODUCTION,
        DOLEANCES_DATA_DIR=str(tmp_path),
    )
    assert done.returncode == 0, done.stderr


def test_production_refuses_to_start_without_its_secrets(tmp_path: Path) -> None:
    done = run(
        "manage.py",
        "check",
        DJANGO_SETTINGS_MODULE=PRODUCTION["DJANGO_SETTINGS_MODULE"],
        DOLEANCES_DATA_DIR=str(tmp_path),
    )
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr
