"""A page or its rules are published: its PDF is made next, by a task.

Wagtail's own signals are the one place that hears every publication, whether it comes from the
admin, the API, a workflow or the schedule.
"""

from typing import Any

from django.db.models import Q
from django_q.tasks import async_task
from wagtail.signals import page_published, published

from complaints.models import Form, Procedure
from pages.models import ProcedurePage

TASK = "pages.documents.make_document"


def listen() -> None:
    """Called once, when Django is ready."""
    page_published.connect(print_page, sender=ProcedurePage)
    published.connect(print_pages_of_procedure, sender=Procedure)
    published.connect(print_pages_of_form, sender=Form)


def print_page(instance: ProcedurePage, **_: Any) -> None:
    """That page."""
    async_task(TASK, instance.pk, group="documents")


def print_pages_of_procedure(instance: Procedure, **_: Any) -> None:
    """Each published page under these rules."""
    _print_pages(Q(procedure=instance))


def print_pages_of_form(instance: Form, **_: Any) -> None:
    """Each published page with this form."""
    _print_pages(Q(form=instance))


def _print_pages(which: Q) -> None:
    for page in ProcedurePage.objects.live().filter(which):
        print_page(page)
