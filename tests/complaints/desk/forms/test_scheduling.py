"""A form for a day to come: frozen on that day, shown then, refused then if it no longer may be."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from complaints.handling.schedules import publish_scheduled
from complaints.models import Form
from tests.complaints.desk.conftest import words
from tests.complaints.desk.procedures.test_publishing_checks import edit, said
from tests.complaints.desk.test_editing import space
from tests.complaints.models.test_form_definition import question
from tests.doors import FORM
from tests.factories import World
from tests.pages.conftest import Visitor
from tests.pages.conftest import words as shown
from tests.posted import as_posted

pytestmark = pytest.mark.django_db
NEW = "Une question pour plus tard"


@pytest.fixture
def form(world: World) -> Form:
    """Not saved: one more question."""
    form = Form.objects.get(pk=world.page.form_id)
    return asking(form, question("tard", "text", label=NEW))


def asking(form: Form, asked: dict[str, Any]) -> Form:
    definition = form.definition()
    definition["sections"][0]["fields"].append(asked)
    form.write(definition)
    return form


def scheduled(bob: Client, form: Form) -> Any:
    """Bob presses « Publier » with a day to come; then that day comes."""
    later = timezone.localtime() + timedelta(days=3)
    data = as_posted(form, *FORM) | {"go_live_at": f"{later:%Y-%m-%d %H:%M}"}
    return edit(bob, form, data, "action-publish")


def the_day_comes() -> None:
    past = timezone.now() - timedelta(minutes=1)
    waiting = Revision.objects.filter(approved_go_live_at__isnull=False)
    for revision in waiting:
        content = revision.content | {"go_live_at": past.isoformat()}
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)
    publish_scheduled()


def test_what_is_scheduled_is_frozen_and_shown_on_its_day(bob: Client, form: Form) -> None:
    before = form.versions.count()
    scheduled(bob, form)
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1
    assert form.versions.count() == before
    assert NEW not in shown(Visitor().get("/"))
    the_day_comes()
    version = Form.objects.get(pk=form.pk).current
    assert form.versions.count() == before + 1
    assert timezone.now() - version.effective_at < timedelta(minutes=1)
    assert NEW in shown(Visitor().get("/"))
    done = ModelLogEntry.objects.for_instance(form).filter(action="wagtail.publish.scheduled")
    assert [entry.user for entry in done] == [None]


def test_what_could_not_be_filled_in_is_not_scheduled(bob: Client, form: Form) -> None:
    broken = question("casse", "text", show_if={"field": "lune", "answered": True})
    answer = scheduled(bob, asking(form, broken))
    assert "Rien n’est publié. À corriger :" in said(answer)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_what_broke_meanwhile_is_refused_on_its_day_and_the_history_says_so(
    bob: Client, form: Form
) -> None:
    broken = asking(form, question("casse", "text", show_if={"field": "lune", "answered": True}))
    before = form.versions.count()
    revision = broken.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now())
    the_day_comes()
    assert form.versions.count() == before
    assert NEW not in shown(Visitor().get("/"))
    history = words(bob.get(space(Form, "history", form.pk)))
    assert "Publication programmée refusée" in history
    assert "« lune », qui n’existe pas" in history


def test_a_form_whose_last_day_is_past_is_written_and_published_again(
    bob: Client, form: Form
) -> None:
    past = timezone.now() - timedelta(days=1)
    Form.objects.filter(pk=form.pk).update(expire_at=past)
    publish_scheduled()
    opened = bob.get(space(Form, "edit", form.pk)).context["form"]
    assert opened["expire_at"].value() is None
    edit(bob, form, as_posted(form, *FORM) | {"expire_at": ""}, "action-publish")
    row = Form.objects.get(pk=form.pk)
    assert (row.live, row.expire_at) == (True, None)
    assert NEW in shown(Visitor().get("/"))


def test_a_last_day_to_come_stays_in_its_box(bob: Client, form: Form) -> None:
    later = timezone.now() + timedelta(days=1)
    Form.objects.filter(pk=form.pk).update(expire_at=later, latest_revision=None)
    opened = bob.get(space(Form, "edit", form.pk)).context["form"]
    assert opened["expire_at"].value() is not None
