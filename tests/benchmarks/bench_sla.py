"""Processor time for 100,000 due dates, steps included: `python tests/benchmarks/bench_sla.py`."""

import sys
import time
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from complaints.sla import Limit, Pause, WorkCalendar, due, legal_holidays, parse_reading

DATES = 100_000
LIMITS = {
    "15 jours ouvrés": Limit((parse_reading("15 jours_ouvres"),)),
    "45 jours ouvrés": Limit((parse_reading("45 jours_ouvres"),)),
    "3 jours ouvrables, report": Limit((parse_reading("3 jours_ouvrables"),), roll_over=True),
    "2 mois, report": Limit((parse_reading("2 mois"),), roll_over=True),
    "deux lectures": Limit(
        (parse_reading("5 jours_ouvres"), parse_reading("10 jours_calendaires"))
    ),
}
FIRST_AT = datetime(2025, 1, 1, 9, tzinfo=UTC)
STARTS = [FIRST_AT + timedelta(hours=7 * n) for n in range(4_000)]


def measure(known: WorkCalendar, limits: list[Limit], paused: bool = False) -> float:
    starts = islice(cycle(STARTS), DATES)
    pause = [Pause(date(2026, 3, 1), date(2026, 3, 20))] if paused else []
    began = time.process_time()
    for started_at, limit in zip(starts, cycle(limits), strict=False):
        due(limit, started_at, known, pause)
    return time.process_time() - began


def main() -> None:
    holidays = [legal_holidays("metropole", year) for year in range(2020, 2041)]
    stored = {on: name for year in holidays for on, name in year.items()}
    known = WorkCalendar("metropole", 1, stored, covers=(2020, 2040))
    for name, limit in LIMITS.items():
        sys.stdout.write(f"{measure(known, [limit]):6.2f} s  {DATES:,} × {name}\n")
    mixed = list(LIMITS.values())
    sys.stdout.write(f"{measure(known, mixed):6.2f} s  {DATES:,} × mélange\n")
    sys.stdout.write(
        f"{measure(known, mixed, paused=True):6.2f} s  {DATES:,} × mélange, suspendu\n"
    )


if __name__ == "__main__":
    main()
