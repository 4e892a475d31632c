"""Where a procedure page says what it says: all these rows in one query, to be compared."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from wagtail.models import PageViewRestriction, Site

from complaints.models import FormVersion, Mediator, Organisation, ProcedureDocument
from complaints.models.procedure_version import ProcedureVersion
from pages.models import ProcedurePage

NO_PAGE = -1
# Of what editors write in a procedure or a form nothing shows before a version is published.
PROCEDURE = ("id", "organisation_id", "reviewed_on", "review_months")
FORM = (
    *("id", "live", "title", "reference", "honeypot", "proof_of_work", "minimum_seconds"),
    "stepped",
)
RULES = ("pk", "number", "reference", "title", "digest", "in_force_at", "mediator_id")
VERSION = ("pk", "number", "reference", "title", "digest", "effective_at")
DOCUMENT = ("pk", "number", "made_at", "sha256", "pdf", "procedure_version_id")


@dataclass(frozen=True)
class Sources:
    """The rows as the database gives them; `is_restricted`: some page is not for everyone."""

    rows: tuple[Any, ...]
    sites: tuple[Any, ...]
    is_restricted: bool


def sources_of(page_id: int) -> Sources | None:
    """As they are now; None when there is no such page any more."""
    around, sites = _statements(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(around[0], [page_id if value == NO_PAGE else value for value in around[1]])
        rows = cursor.fetchone()
        cursor.execute(*sites)
        return Sources(rows[:-1], tuple(cursor.fetchall()), bool(rows[-1])) if rows else None


def sites_now() -> tuple[Any, ...]:
    """Every site, as the database gives it."""
    with connection.cursor() as cursor:
        cursor.execute(*_statements(connection.vendor)[1])
        return tuple(cursor.fetchall())


@lru_cache
def _statements(_vendor: str) -> list[tuple[str, tuple[Any, ...]]]:
    """To compose them takes Django longer than the database to answer: that is done once."""
    sites = Site.objects.order_by("pk").values_list(*_columns(Site))
    return [found.query.sql_with_params() for found in (_around(NO_PAGE), sites)]


def _around(page_id: int) -> QuerySet:
    rules = ProcedureVersion.objects.filter(procedure=OuterRef("procedure"))
    versions = FormVersion.objects.filter(form=OuterRef("form"))
    documents = ProcedureDocument.objects.filter(page=OuterRef("pk"))
    mediator = {f"mediator_{name}": f"mediator__{name}" for name in _columns(Mediator)}
    told = {
        "rules": _newest(rules, dict.fromkeys(RULES) | mediator),
        "version": _newest(versions, dict.fromkeys(VERSION)),
        "document": _newest(documents, dict.fromkeys(DOCUMENT)),
        "restricted": Exists(PageViewRestriction.objects.all()),
    }
    rows = {
        "procedure": PROCEDURE,
        "procedure__organisation": _columns(Organisation),
        "form": FORM,
    }
    names = [f"{row}__{column}" for row, columns in rows.items() for column in columns]
    page = ProcedurePage.objects.filter(pk=page_id).annotate(**told)
    return page.values_list(*_columns(ProcedurePage), *names, *told)


def _newest(rows: QuerySet, columns: dict[str, str | None]) -> Subquery:
    """The one that counts, in one column."""
    told = JSONObject(**{name: source or name for name, source in columns.items()})
    return Subquery(rows.order_by("-number").values(told=told)[:1])


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]
