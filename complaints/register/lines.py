"""The lines of the register: its columns once, then one line after the other, never all at once."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from complaints.models import Organisation, ProcedureVersion, RegisterEntry
from complaints.register.columns import COLUMNS, OF_THE_CLOCK, OF_THE_JOURNAL
from complaints.register.exchanges import exchanges_of

# On SQLite Django cannot prefetch more than 1 000 different rows of a foreign key at a time.
CHUNK = 500


@dataclass(frozen=True)
class Column:
    """One column: the key of `COLUMNS`, or « organisation », and its title."""

    key: str
    title: str


def entries_with_dossiers(entries: QuerySet, columns: Collection[Column] = ()) -> QuerySet:
    """With all that a line reads, in a number of queries that does not depend on the lines.

    The journal and the deadlines are read only for columns that show them.
    """
    keys = {column.key for column in columns}
    return entries.select_related("organisation", "dossier").prefetch_related(
        "dossier__procedure_version",
        "dossier__parties",
        "dossier__measures",
        *([exchanges_of("dossier__")] if keys & OF_THE_JOURNAL else []),
        *(["dossier__deadlines"] if keys & OF_THE_CLOCK else []),
    )


def columns_of(organisations: Collection[Organisation | int]) -> list[Column]:
    """What their procedures name, the newest first; then what only older ones named."""
    versions = ProcedureVersion.objects.filter(procedure__organisation__in=organisations).order_by(
        "-in_force_at", "-pk"
    )
    titles: dict[str, str] = {}
    for version in versions:
        for column in version.rules.register_columns:
            titles.setdefault(column.key, column.label)
    several = [Column("organisation", "Organisme")] if len(organisations) > 1 else []
    return several + [Column(key, title) for key, title in titles.items()]


def lines(entries: QuerySet, columns: Collection[Column]) -> Iterator[list[str]]:
    """One list of values an entry, in the order of the entries."""
    for entry in entries_with_dossiers(entries, columns).iterator(chunk_size=CHUNK):
        yield [_value(entry, column.key) for column in columns]


def _value(entry: RegisterEntry, key: str) -> str:
    return entry.organisation.name if key == "organisation" else COLUMNS[key](entry.dossier)
