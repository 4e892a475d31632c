"""What a page prints has changed: its PDF is made next, by a task.

Wagtail's own signals are the one place that hears every publication, whether it comes from the
admin, the API, a workflow or the schedule. A mediator and an organisation are not published: they
are saved, and Django says so.
"""

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save
from django.utils import timezone
from django_q.tasks import async_task
from wagtail.signals import page_published, published, unpublished

from complaints.models import Form, Mediator, Organisation, Procedure
from pages.models import ProcedurePage

TASK = "pages.documents.make_document"


def listen() -> None:
    """Called once, when Django is ready."""
    page_published.connect(print_page, sender=ProcedurePage)
    published.connect(print_pages_of_procedure, sender=Procedure)
    published.connect(print_pages_of_form, sender=Form)
    unpublished.connect(print_pages_of_form, sender=Form)
    post_save.connect(print_pages_of_mediator, sender=Mediator)
    post_save.connect(print_pages_of_organisation, sender=Organisation)


def print_page(instance: ProcedurePage, **_: Any) -> None:
    """That page; until its PDF is made, it is known to be late, even if the queue is lost."""
    from pages.documents import note_stale

    note_stale(instance.pk, timezone.now())
    async_task(TASK, instance.pk, group="documents")


def print_pages_of_procedure(instance: Procedure, **_: Any) -> None:
    """Each published page under these rules."""
    _print_pages(Q(procedure=instance))


def print_pages_of_form(instance: Form, **_: Any) -> None:
    """Each published page with this form."""
    _print_pages(Q(form=instance))


def print_pages_of_mediator(instance: Mediator, **_: Any) -> None:
    """Each published page whose rules have ever named them."""
    _print_pages(Q(procedure__versions__mediator=instance))


def print_pages_of_organisation(instance: Organisation, **_: Any) -> None:
    """Each published page that says how to reach it."""
    _print_pages(Q(procedure__organisation=instance))


def _print_pages(which: Q) -> None:
    for page in ProcedurePage.objects.live().filter(which).distinct():
        print_page(page)
