"""Filing under load: `python -m tests.benchmarks.bench_load`; DATABASE_URL for PostgreSQL.

`--clients 4` visitors for `--seconds 60`, each with a complaint and a file of their own, from the
page to the receipt; the server is the one of `site/gunicorn.conf.py`. Staff register what comes
meanwhile. Then every accepted answer is looked for: a dossier with its file, number and journal.
"""

import argparse
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any

from tests.benchmarks.bench_page import published
from tests.benchmarks.bench_scan import say
from tests.benchmarks.served import CONFIG, Browser, Server, served
from tests.benchmarks.twelve import ANSWERS

FILES = {"key": "pieces", "kind": "files", "label": "Vos pièces"}
# How many are registered before somebody else may write.
AT_ONCE, PAUSE = 5, 0.2


@dataclass
class Tally:
    """What one visitor was told: the dossiers accepted, with their words and their file."""

    filed: dict[str, tuple[str, str]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    open_to_all = {"minimum_seconds": 0, "hourly_limit": 0}
    with (
        published(FILES, **open_to_all) as (_database, environment),
        served("config.wsgi", environment, *CONFIG) as server,
    ):
        began = time.monotonic()
        tallies = load(server, clients=asked.clients, seconds=asked.seconds)
        tell(tallies, time.monotonic() - began)
        check(tallies)


def load(server: Server, *, clients: int, seconds: float) -> list[Tally]:
    """All of them at once, and one of the staff who registers what comes, to the last."""
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(clients) as people:
        visitors = [people.submit(visit, server, until, name) for name in range(clients)]
        while not all(visitor.done() for visitor in visitors):
            register()
            time.sleep(PAUSE)
    return [visitor.result() for visitor in visitors]


def visit(server: Server, until: float, name: int) -> Tally:
    """One complaint after the other, each by a new browser."""
    tally, number = Tally(), 0
    while time.monotonic() < until:
        number += 1
        began = time.monotonic()
        subject, content = f"Réclamation {number} de {name}", one_file(name, number)
        try:
            filed = file_one(Browser(server), subject, content)
        except Exception as error:
            tally.refused[f"{type(error).__name__} {error}"[:80]] += 1
            continue
        tally.seconds.append(time.monotonic() - began)
        assert filed not in tally.filed
        tally.filed[filed] = (subject, sha256(content.getvalue()).hexdigest())
    return tally


def file_one(browser: Browser, subject: str, content: BytesIO) -> str:
    """The page, the review, « Envoyer », the receipt; the number that it shows."""
    typed = ANSWERS | browser.get().hidden | {"objet": subject, "action": "review"}
    review = browser.post("/", typed | {FILES["key"]: content})
    _expect(review, 303)
    page = browser.get(review.location)
    _expect(page, 200)
    receipt = browser.post(review.location, page.hidden)
    _expect(receipt, 303)
    shown = browser.get(receipt.location)
    _expect(shown, 200)
    return receipt.location.strip("/").rpartition("/")[2]


def _expect(answer: Any, status: int) -> None:
    if answer.status != status:
        raise RuntimeError(f"{answer.status} au lieu de {status}")


def one_file(name: int, number: int) -> BytesIO:
    """A few kilobytes of text like no other: kept as it is sent, so its digest is known."""
    line = f"Pièce {number} du visiteur {name}, avec une ligne de plus.\n"
    content = BytesIO((line * 200).encode())
    content.name = f"piece-{number}.txt"
    return content


def register() -> None:
    """Alice acknowledges and registers, while people file, some of what waits for it."""
    from django.utils import timezone

    from complaints.models import Dossier
    from tests import factories

    world = factories.standing("connectsens")
    for dossier in Dossier.objects.filter(event_count=1).order_by("pk")[:AT_ONCE]:
        factories.play(world, dossier, "accuser", "inscrire", at=timezone.now())


def tell(tallies: list[Tally], elapsed: float) -> None:
    """The figures."""
    seconds = sorted(each for tally in tallies for each in tally.seconds)
    refused = sum((tally.refused for tally in tallies), Counter())
    say("visiteurs", f"{len(tallies)}")
    say("dépôts", f"{len(seconds)}, soit {len(seconds) / elapsed:.1f} par seconde")
    say("page → récépissé", f"médiane {statistics.median(seconds):.2f} s")
    say("", f"95 % en moins de {seconds[int(len(seconds) * 0.95)]:.2f} s")
    say("refusés", f"{dict(refused) or 'aucun'}")


def check(tallies: list[Tally]) -> None:
    """Every accepted answer is a whole dossier, and there is no other."""
    from complaints.models import Dossier, RegisterEntry
    from complaints.models.event import first_broken_event

    filed = {number: told for tally in tallies for number, told in tally.filed.items()}
    assert len(filed) == sum(len(tally.filed) for tally in tallies), "un numéro donné deux fois"
    dossiers = {dossier.reference: dossier for dossier in Dossier.objects.all()}
    assert filed.keys() <= dossiers.keys()
    say("dossiers", f"{len(dossiers)}, {len(dossiers) - len(filed)} sans réponse reçue")
    for number, (subject, digest) in filed.items():
        dossier = dossiers[number]
        attachment = dossier.attachments.get()
        with attachment.file.open("rb") as kept:
            assert sha256(kept.read()).hexdigest() == attachment.sha256 == digest
        assert dossier.subject == subject
        assert first_broken_event(dossier) is None
        assert dossier.deadlines.count() >= 5
        assert dossier.notices.count() >= 3
    numbers = sorted(int(reference.rpartition("-")[2]) for reference in dossiers)
    assert numbers == list(range(1, len(numbers) + 1)), "un numéro manque"
    lines = list(RegisterEntry.objects.order_by("number").values_list("number", flat=True))
    assert lines == list(range(1, len(lines) + 1)), "un numéro du registre manque"
    say("registre", f"{len(lines)} lignes, sans trou ; journaux, échéances et pièces vérifiés")


if __name__ == "__main__":
    main()
