"""Numbers that are given once: references at first contact, register lines when complete."""

from django.db import connection, models

from complaints.models.dossier import Dossier
from complaints.models.frozen import Frozen
from complaints.models.organisation import Organisation

# One statement, whether the series exists or not; nobody else reads the row before the end.
NEXT = """
INSERT INTO {table} AS given (organisation_id, series, year, last_number) VALUES (%s, %s, %s, 1)
ON CONFLICT (organisation_id, series, year) DO UPDATE SET last_number = given.last_number + 1
RETURNING last_number
"""


class Sequence(models.Model):
    """The last number given in one series of one organisation in one year."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    series = models.CharField("série", max_length=20)
    year = models.PositiveSmallIntegerField("année")
    last_number = models.PositiveIntegerField("dernier numéro", default=0)

    class Meta:
        verbose_name = "numérotation"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "series", "year"], name="one_sequence_per_series_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.series} {self.year} : {self.last_number}"

    @classmethod
    def take(cls, organisation: Organisation, series: str, year: int) -> int:
        """The next number; the row stays locked to the end of the transaction, so no gap."""
        with connection.cursor() as cursor:
            cursor.execute(NEXT.format(table=cls._meta.db_table), [organisation.pk, series, year])
            return cursor.fetchone()[0]


class RegisterEntry(Frozen):
    """A dossier's place in the register of its organisation and year, without gaps."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="register_entries")
    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="register_entry")
    year = models.PositiveSmallIntegerField("année")
    number = models.PositiveIntegerField("numéro")
    registered_at = models.DateTimeField("inscrit le")

    class Meta:
        verbose_name = "ligne du registre"
        verbose_name_plural = "registre des réclamations"
        ordering = ["organisation", "year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "number"], name="one_register_line_per_number"
            )
        ]

    def __str__(self) -> str:
        return self.register_number

    @property
    def register_number(self) -> str:
        """As printed: « R-2026-0007 »."""
        return f"R-{self.year}-{self.number:04}"
