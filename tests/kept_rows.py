"""The rows every test counts on, put back after each test whose writing is not rolled back."""

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper


class KeptRows:
    """A copy of each table inside the database itself: no value is converted on its way.

    Django would empty every table instead, and Wagtail's root page, the site and the roles with it.
    """

    def __init__(self) -> None:
        names = connection.introspection.django_table_names(only_existing=True)
        # SQLite's search table follows another one by triggers.
        searched = connection.vendor == "sqlite"
        self.tables = [name for name in names if not (searched and name.endswith("_fts"))]
        with transaction.atomic(), connection.cursor() as cursor:
            for table, copy in map(_quoted, self.tables):
                cursor.execute(f"DROP TABLE IF EXISTS {copy}")
                cursor.execute(f"CREATE TABLE {copy} AS SELECT * FROM {table}")  # noqa: S608

    def put_back(self) -> None:
        """Foreign keys are checked at the end of the transaction: the order does not matter."""
        with transaction.atomic(), connection.cursor() as cursor:
            changed = [names for names in map(_quoted, self.tables) if _differ(cursor, *names)]
            for table, _copy in changed:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            for table, copy in changed:
                cursor.execute(f"INSERT INTO {table} SELECT * FROM {copy}")  # noqa: S608


def _quoted(table: str) -> tuple[str, str]:
    """The table and its copy."""
    return connection.ops.quote_name(table), connection.ops.quote_name(f"kept_{table}")


def _differ(cursor: CursorWrapper, table: str, copy: str) -> bool:
    more = f"EXISTS (SELECT * FROM {table} EXCEPT SELECT * FROM {copy})"  # noqa: S608
    less = f"EXISTS (SELECT * FROM {copy} EXCEPT SELECT * FROM {table})"  # noqa: S608
    cursor.execute(f"SELECT {more} OR {less}")
    return bool(cursor.fetchone()[0])
