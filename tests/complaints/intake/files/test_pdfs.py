"""A PDF is read to its last object: nothing in it runs, hides, or keeps us for minutes."""

import time
from contextlib import suppress

import pytest

from complaints.intake.files import pdfs
from complaints.intake.files.pdfs import examine
from complaints.intake.files.refused import DAMAGED, Unfit
from tests.complaints.intake.files.hostile_pdfs import BROKEN, ENDLESS, HONEST, REFUSED, written

# Of processor, on a machine that does something else too.
PATIENCE = 15


@pytest.fixture
def a_tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits that count work, ten times lower: so is what a test costs."""
    for limit in ("MAX_READINGS", "MAX_READ"):
        monkeypatch.setattr(pdfs, limit, getattr(pdfs, limit) // 10)


@pytest.mark.parametrize("case", HONEST)
def test_an_honest_pdf_passes(case: str) -> None:
    examine(HONEST[case])


@pytest.mark.parametrize("case", REFUSED)
def test_a_pdf_that_runs_hides_or_is_broken_is_refused(case: str) -> None:
    content, reason = REFUSED[case]
    with pytest.raises(Unfit) as unfit:
        examine(content)
    assert reason in unfit.value.end


@pytest.mark.parametrize("case", ENDLESS)
def test_a_pdf_without_end_is_left_in_time(case: str, a_tenth: None) -> None:
    content = ENDLESS[case]()
    assert len(content) < 10 * 2**20
    started = time.process_time()
    with pytest.raises(Unfit) as unfit:
        examine(content)
    assert time.process_time() - started < PATIENCE / 3
    assert unfit.value.end == (DAMAGED if case in BROKEN else pdfs.INTRICATE)


def test_the_limits_themselves_are_a_matter_of_seconds() -> None:
    started = time.process_time()
    with pytest.raises(Unfit, match="trop compliqué"):
        examine(ENDLESS["strings in strings"]())
    assert time.process_time() - started < PATIENCE


def test_streams_over_one_another_are_not_all_held(
    a_tenth: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that is read may be kept in memory: forty thousand times three mebibytes are not."""
    meter = pdfs._Meter()
    monkeypatch.setattr(pdfs, "_Meter", lambda: meter)
    with pytest.raises(Unfit):
        examine(ENDLESS["streams in streams"]())
    assert 0 < meter.read < pdfs.MAX_READ + 4 * pdfs.MEGA


def test_noise_in_a_pdf_is_an_answer_and_no_crash() -> None:
    content = written()
    for at in range(5, len(content), 2):
        with suppress(Unfit):
            examine(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
