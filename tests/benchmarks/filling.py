"""Thousands of dossiers like a real one, copied with their deadlines by the database itself."""

from django.db import connection, models

from complaints.models import Deadline, Dossier


def multiply(dossier: Dossier, times: int) -> None:
    """So many copies of that dossier as it stands; each has its deadlines, none has a journal."""
    last = Dossier.objects.order_by("pk").last().pk
    _insert(
        Dossier,
        f"FROM numbers CROSS JOIN {_table(Dossier)} AS model WHERE model.id = {dossier.pk}",
        {"reference": f"model.reference || '-' || ({last} + n)", "submission_key": "NULL"},
        times,
    )
    _insert(
        Deadline,
        f"FROM {_table(Deadline)} AS model CROSS JOIN {_table(Dossier)} AS twin"
        f" WHERE model.dossier_id = {dossier.pk} AND twin.id > {last}",
        {"dossier_id": "twin.id"},
    )


def _insert(
    table: type[models.Model], source: str, changed: dict[str, str], times: int = 0
) -> None:
    """Rows of `source`, with some columns told in SQL; `numbers` counts from 1 to `times`."""
    fields = [field for field in table._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(_quoted(field.column) for field in fields)
    values = ", ".join(
        changed.get(field.column, f"model.{_quoted(field.column)}") for field in fields
    )
    counted = f"SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {times}"  # noqa: S608
    numbers = f"WITH RECURSIVE numbers(n) AS ({counted})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{numbers} INSERT INTO {_table(table)} ({columns}) SELECT {values} {source}"
        )


def _table(table: type[models.Model]) -> str:
    return _quoted(table._meta.db_table)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
