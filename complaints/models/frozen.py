"""Rows that are written once: versions, events, register lines, archived documents."""

from typing import Any, NoReturn

from django.db import models


class FrozenError(Exception):
    """Someone tried to rewrite what is kept as proof."""


class FrozenQuerySet(models.QuerySet):
    """A queryset that reads and inserts, and does nothing else."""

    def update(self, **values: Any) -> NoReturn:
        """Refused: the row is a proof."""
        raise FrozenError(f"{self.model._meta.verbose_name} : ne se modifie pas.")

    def delete(self) -> NoReturn:
        """Refused: the row is a proof."""
        raise FrozenError(f"{self.model._meta.verbose_name} : ne se supprime pas.")

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> NoReturn:
        """Refused: the rows are proofs."""
        self.update()


class Frozen(models.Model):
    """Inserted once, never changed, never deleted."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; raises FrozenError on a row that already exists."""
        if not self._state.adding:
            raise FrozenError(f"{self._meta.verbose_name} : ne se modifie pas.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: the row is a proof."""
        raise FrozenError(f"{self._meta.verbose_name} : ne se supprime pas.")
