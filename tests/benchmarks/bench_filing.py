"""What a filing costs: `python -m tests.benchmarks.bench_filing`; DATABASE_URL for PostgreSQL.

In one run, the processor time of one gunicorn worker: for the page (see `bench_page`), and for
the post that files a complaint, with its number, its journal, its deadlines and its notices,
against a bare Django view that checks the same twelve answers and inserts one row.
"""

import argparse
import time
from typing import Any
from uuid import uuid4

from tests.benchmarks.bench_page import BARE_PAGE, PAGE, both_served, measure_page
from tests.benchmarks.served import Browser, Figures, Server, spent
from tests.benchmarks.twelve import ANSWERS

REVIEWED, WHOLE = "dépôt, après relecture", "dépôt, sans relecture"
BARE, UNCHECKED = "INSERT nu", "INSERT nu, sans vérification"
# The form's own protection: a page is read for three seconds at least.
READING_SECONDS = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--times", type=int, default=40)
    asked = parser.parse_args()
    figures = Figures()
    with both_served() as (site, bare):
        measure_page(site, bare, figures, rounds=asked.rounds, times=asked.times)
        measure_filing(site, bare, figures, rounds=asked.rounds, times=asked.times)
        check(2 * (asked.rounds + 1) * asked.times)
    figures.say()
    figures.ratio(PAGE, BARE_PAGE, 1.0)
    for filing in (REVIEWED, WHOLE):
        figures.ratio(filing, BARE, 9.0)
        figures.ratio(filing, UNCHECKED, 9.0)


def measure_filing(
    site: Server, bare: Server, figures: Figures, *, rounds: int, times: int
) -> None:
    """The first round warms up and is not counted."""
    shown = Browser(site)
    page = shown.get()
    hidden = {
        name: page.value(name) for name in ("form-version", "guard-token", "csrfmiddlewaretoken")
    }
    plain = Browser(bare)
    token = {"csrfmiddlewaretoken": plain.get().value("csrfmiddlewaretoken")}
    time.sleep(READING_SECONDS)
    for number in range(rounds + 1):
        noted = figures if number else Figures()
        waiting = [begun(site, shown.cookies, hidden) for _ in range(times)]
        noted.note(REVIEWED, spent(site, times, lambda n, waiting=waiting: send(*waiting[n])))
        noted.note(WHOLE, spent(site, times, lambda _n: send_whole(site, shown.cookies, hidden)))
        noted.note(BARE, spent(bare, times, lambda _n: insert(plain, "/", token)))
        noted.note(UNCHECKED, spent(bare, times, lambda _n: insert(plain, "/unchecked/", token)))


def begun(
    site: Server, cookies: dict[str, str], hidden: dict[str, str]
) -> tuple[Browser, str, dict[str, Any]]:
    """A draft that its author reads again: all that is left is to send it."""
    browser = Browser(site, dict(cookies))
    typed = ANSWERS | hidden | {"submission-key": str(uuid4()), "action": "review"}
    review = browser.post("/", typed)
    assert review.status == 303, review.html
    page = browser.get(review.location)
    token = {"csrfmiddlewaretoken": page.value("csrfmiddlewaretoken")}
    return browser, review.location, token


def send(browser: Browser, address: str, token: dict[str, Any]) -> None:
    """« Envoyer »."""
    _expect_receipt(browser.post(address, token))


def send_whole(site: Server, cookies: dict[str, str], hidden: dict[str, str]) -> None:
    """The whole form in one post, by a new visitor."""
    browser = Browser(site, dict(cookies))
    _expect_receipt(browser.post("/", ANSWERS | hidden | {"submission-key": str(uuid4())}))


def _expect_receipt(answer: Any) -> None:
    assert answer.status == 303, answer.html
    assert answer.location.startswith("/recu/"), answer.location


def insert(plain: Browser, path: str, token: dict[str, str]) -> None:
    """One row in the bare project."""
    answer = plain.post(path, ANSWERS | token)
    assert answer.status == 302, answer.html


def check(filed: int) -> None:
    """All of it is stored."""
    from complaints.models import Deadline, Dossier, Event, Letter, Notice

    counts = [model.objects.count() for model in (Dossier, Event, Letter, Deadline, Notice)]
    assert counts[:3] == [filed] * 3, counts
    assert min(counts[3:]) >= 3 * filed, counts


if __name__ == "__main__":
    main()
