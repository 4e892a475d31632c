"""What the answers make known of a dossier: its own facts, and the persons that they name."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from complaints.models import Dossier, Party
from complaints.sla.words import day_month_year, period

Facts = Mapping[str, Any]

# The columns that an answer fills as it is.
WRITTEN = frozenset(
    {
        "facts_on",
        "subject",
        "description",
        "expectations",
        "training",
        "session",
        "consumer",
        "operations",
        "third_parties",
        "trainee",
        "training_dates",
    }
)
NAMED = frozenset({Party.Role.IMPLICATED, Party.Role.WITNESS})


def written_facts(facts: Facts) -> dict[str, Any]:
    """The columns of the dossier that its answers fill; days are words where a text is kept."""
    own = {name: facts[f"dossier.{name}"] for name in WRITTEN if f"dossier.{name}" in facts}
    if "training_dates" in own:
        own["training_dates"] = in_words(own["training_dates"])
    return own


def in_words(days: str | date | tuple[date, date | None]) -> str:
    """« du 3 au 5 mars 2026 », « le 1er mars 2026 »; what was typed stays as it was typed."""
    if isinstance(days, str):
        return days
    first, last = days if isinstance(days, tuple) else (days, days)
    return period(first, last) if last else f"à partir du {day_month_year(first)}"


def named_parties(dossier: Dossier, facts: Facts) -> Iterator[Party]:
    """Who complains, for whom, against whom, who saw; not saved."""
    for role in (Party.Role.COMPLAINANT, Party.Role.REPRESENTATIVE):
        said = {n.removeprefix(f"{role}."): v for n, v in facts.items() if n.startswith(f"{role}.")}
        if any(value for name, value in said.items() if name != "consents_to_disclosure"):
            yield Party(dossier=dossier, role=role, **said)  # a consent alone is nobody
    for person in facts.get("dossier.persons", ()):
        if person.get("role") in NAMED:
            yield Party(dossier=dossier, role=person["role"], name=person["name"])
