"""The queue: what is open, what is late, whose it is; every question bounded, however many rows."""

import re
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, TextChoices

from complaints.models import Party

# A word is looked for among this many dossiers, the newest: no index answers « contains ».
SEARCHED = 10_000
REFERENCE = re.compile(r"[A-Za-z]{2,8}-[\d-]*")
REGISTER_NUMBER = re.compile(r"R-(\d{4})-(\d{1,9})", re.IGNORECASE)


class Situation(TextChoices):
    """The questions a moderator asks first."""

    OPEN = "open", "Ouverts"
    LATE = "late", "En retard"
    MINE = "mine", "Les miens"
    UNASSIGNED = "unassigned", "Non attribués"
    CLOSED = "closed", "Clos"
    ALL = "all", "Tous"


def in_situation(dossiers: QuerySet, situation: str, user: Any, today: date) -> QuerySet:
    """Those that answer the question, the most urgent first; closed ones, the newest first."""
    if situation == Situation.ALL:
        return newest_first(dossiers)
    if situation == Situation.CLOSED:
        return newest_first(dossiers.filter(is_open=False))
    narrower = {
        Situation.LATE: Q(next_due_on__lt=today),
        Situation.MINE: Q(assigned_to=user),
        Situation.UNASSIGNED: Q(assigned_to=None),
    }.get(situation, Q())
    return most_urgent_first(dossiers.open().filter(narrower))


def mine_or_free(dossiers: QuerySet, user: Any) -> QuerySet:
    """What that person follows and what nobody follows yet, the most urgent first."""
    concerned = Q(assigned_to=user) | Q(assigned_to=None)
    return most_urgent_first(dossiers.open().filter(concerned))


def most_urgent_first(dossiers: QuerySet) -> QuerySet:
    """By next due day; what has none comes last."""
    return sorted_by(dossiers, "next_due_on")


def sorted_by(dossiers: QuerySet, field: str) -> QuerySet:
    """By that field, « -field » for the other way; what has none comes last in both."""
    key = F(field.removeprefix("-"))
    down = field.startswith("-")
    return dossiers.order_by(key.desc(nulls_last=True) if down else key.asc(nulls_last=True), "id")


def newest_first(dossiers: QuerySet) -> QuerySet:
    """By day of receipt, the last one first."""
    return dossiers.order_by("-received_at", "-id")


def is_number(text: str) -> bool:
    """Whether that looks like the number of a dossier, or the beginning of one."""
    return bool(REFERENCE.fullmatch(text.strip()) or REGISTER_NUMBER.fullmatch(text.strip()))


def numbered(text: str, *, dossier: str = "", entry: str = "register_entry__") -> dict[str, Any]:
    """The lookups for a register number, or for the beginning of a dossier's number.

    `dossier` and `entry` are the paths to them from the rows that are filtered.
    """
    text = text.strip()
    if found := REGISTER_NUMBER.fullmatch(text):
        return {f"{entry}year": int(found[1]), f"{entry}number": int(found[2])}
    return _beginning(f"{dossier}reference", text.upper())


def searched(dossiers: QuerySet, text: str) -> QuerySet:
    """By number, or its beginning; else by words of the subject or of the complainant's name."""
    if is_number(text):
        return dossiers.filter(**numbered(text))
    newest = newest_first(dossiers).values("pk")[:SEARCHED]
    named = Party.objects.filter(
        dossier=OuterRef("pk"), role=Party.Role.COMPLAINANT, name__icontains=text.strip()
    )
    return dossiers.filter(Q(subject__icontains=text.strip()) | Exists(named), pk__in=newest)


def _beginning(field: str, start: str) -> dict[str, str]:
    """SQLite's index answers a range, PostgreSQL's an expression like « begins with »."""
    if connection.vendor == "sqlite":
        return {f"{field}__gte": start, f"{field}__lt": start + "\uffff"}
    return {f"{field}__startswith": start}


def for_listing(dossiers: QuerySet) -> QuerySet:
    """With what a line shows, in a fixed number of queries, and without the long texts.

    The procedure versions are fetched apart: the lines share one, read once.
    """
    complainants = Party.objects.filter(role=Party.Role.COMPLAINANT)
    return (
        dossiers.select_related("organisation", "assigned_to")
        .prefetch_related("procedure_version", Prefetch("parties", queryset=complainants))
        .defer(
            "description",
            "expectations",
            "third_parties",
            "answers",
            "breaches",
            "decision",
            "resolution",
        )
    )
