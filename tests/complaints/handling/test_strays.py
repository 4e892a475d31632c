"""Private files that no row names."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from complaints.handling import dispatch
from complaints.handling.filing import file_dossier
from complaints.handling.strays import delete_strays
from complaints.models import Dossier
from tests import factories
from tests.complaints.handling.together import at_once


@pytest.fixture
def files(settings: LazySettings) -> Any:
    root = Path(settings.PRIVATE_ROOT)
    before = set(root.rglob("*.*"))
    return lambda: {path for path in root.rglob("*.*") if path not in before}


@pytest.fixture
def later() -> Any:
    return timezone.now() + timedelta(days=2)


def test_what_a_row_names_is_kept(world: Any, files: Any, later: Any) -> None:
    filed = file_dossier(
        replace(factories.submission(world), files=[factories.checked_file()]), at=timezone.now()
    )
    dispatch.ensure_pdf(filed.dossier.letters.get())
    kept = files()
    assert len(kept) == 2
    delete_strays(later)
    assert files() == kept


@pytest.mark.django_db(transaction=True)
def test_the_files_of_a_double_click_are_deleted_but_for_one(
    world: Any, files: Any, later: Any
) -> None:
    submission = factories.submission(world)
    with_a_file = [replace(submission, files=[factories.checked_file()]) for _ in range(3)]
    at_once([lambda s=s: file_dossier(s, at=timezone.now()) for s in with_a_file])
    delete_strays(later)
    assert files() == {Path(Dossier.objects.get().attachments.get().file.path)}


def test_a_file_just_written_may_still_find_its_row(
    world: Any, files: Any, later: Any, settings: LazySettings
) -> None:
    stray = Path(settings.PRIVATE_ROOT, "letter", "zz", "perdu.pdf")
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"%PDF")
    delete_strays(timezone.now())
    assert files() == {stray}
    delete_strays(later)
    assert files() == set()
