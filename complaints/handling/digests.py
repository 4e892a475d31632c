"""One mail a day to each person: what is late, due or just over in the dossiers they handle."""

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from complaints.handling.dispatch import post_apart
from complaints.models import Notice, Organisation
from complaints.register.agenda import Agenda, Line, Part, Section, agendas_at
from complaints.sla.words import full_day

# Beyond that many lines, a mail is a list nobody reads: the others are counted.
LINES = 200
# How a count is said; only what ends is counted by its name.
WORDS = {Part.LATE: "en retard", Part.TODAY: "aujourd’hui", Part.WEEK: "cette semaine"}
WORDS |= {Part.ANNOUNCED: "à venir"}
URGENCY = {part: rank for rank, part in enumerate(Part)}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chapter:
    """An organisation in a mail: its lines part by part, and how many more there are."""

    organisation: Organisation
    summary: str
    parts: list[tuple[str, list[Line]]]
    others: int


def send_digests(now: datetime) -> int:
    """Write the mails of that day; returns how many. Running it again writes none twice."""
    day = timezone.localdate(now)
    agendas = {f"digest:{agenda.user_id}:{day}": agenda for agenda in agendas_at(now)}
    written = Notice.objects.filter(key__in=agendas).values_list("key", flat=True)
    waiting = agendas.keys() - set(written)
    return sum(_post_alone(key, agendas[key], now) for key in sorted(waiting))


def summary(counts: Counter[Part]) -> str:
    """« 2 en retard, 1 aujourd’hui, 3 cette semaine »; what is none is not said."""
    said = [f"{counts[part]} {words}" for part, words in WORDS.items() if counts[part]]
    if ended := counts[Part.ENDED]:
        said.append(f"{ended} délai écoulé" if ended == 1 else f"{ended} délais écoulés")
    return ", ".join(said)


def _post_alone(key: str, agenda: Agenda, now: datetime) -> bool:
    """Whatever goes wrong stays with that person. False: not written, or by another process."""
    try:
        with transaction.atomic():
            return _post(key, agenda, now).created_at == now
    except Exception:
        log.exception("Récapitulatif de la personne %s : non écrit.", agenda.user_id)
        return False


def _post(key: str, agenda: Agenda, now: datetime) -> Notice:
    alone = len(agenda.sections) == 1
    total = summary(agenda.counts)
    facts = {"today": full_day(timezone.localdate(now)), "summary": total, "alone": alone}
    return post_apart(
        agenda.sections[0].organisation if alone else None,
        key=key,
        to=agenda.email,
        subject=f"Vos dossiers : {total}",
        body=render_to_string(
            "complaints/notices/digest.txt", facts | {"chapters": _chapters(agenda)}
        ),
        at=now,
    )


def _chapters(agenda: Agenda) -> list[Chapter]:
    """The most urgent lines of all the organisations, under the name of each."""
    found = [(line, rank) for rank, section in enumerate(agenda.sections) for line in section.lines]
    found.sort(key=lambda pair: (URGENCY[pair[0].part], pair[0].on))
    shown: list[list[Line]] = [[] for _section in agenda.sections]
    for line, rank in found[:LINES]:
        shown[rank].append(line)
    return [_chapter(*pair) for pair in zip(agenda.sections, shown, strict=True)]


def _chapter(section: Section, lines: list[Line]) -> Chapter:
    parts = [(part.label, [line for line in lines if line.part == part]) for part in Part]
    return Chapter(
        organisation=section.organisation,
        summary=summary(section.counts),
        parts=[(label, of_part) for label, of_part in parts if of_part],
        others=section.counts.total() - len(lines),
    )
