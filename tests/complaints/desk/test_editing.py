"""Editors write for their own organisation: procedures, forms, contact facts, mediators."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from complaints.models import Calendar, Form, Mediator, Organisation, Procedure
from complaints.models.plain import stream
from complaints.models.procedure import STREAMS
from tests.complaints.desk.conftest import words
from tests.doors import FORM
from tests.factories import World
from tests.posted import as_posted

pytestmark = pytest.mark.django_db
PLAIN = (
    "title",
    "reference",
    "kinds",
    "stakeholders",
    "mediator",
    "response_prefix",
    "retention_amount",
    "retention_unit",
    "retention_starts_on",
)


def space(model: type, view: str, *arguments: Any) -> str:
    return reverse(f"wagtailsnippets_complaints_{model._meta.model_name}:{view}", args=arguments)


def rules_as_posted(procedure: Procedure) -> dict[str, Any]:
    return as_posted(procedure, *PLAIN, *STREAMS)


@pytest.fixture
def procedure(world: World) -> Procedure:
    return world.page.procedure


def test_bob_publishes_his_procedure_and_a_version_is_frozen(
    bob: Client, procedure: Procedure
) -> None:
    before = procedure.current.number
    data = rules_as_posted(procedure) | {"retention_amount": "8", "action-publish": "Publier"}
    answer = bob.post(space(Procedure, "edit", procedure.pk), data)
    assert answer.status_code == 302, words(answer)
    version = Procedure.objects.get(pk=procedure.pk).current
    assert (version.number, version.rules.retention.amount) == (before + 1, 8)
    assert version.published_by.username == "bob"


def test_a_draft_freezes_nothing(bob: Client, procedure: Procedure) -> None:
    before = procedure.current.number
    data = rules_as_posted(procedure) | {"retention_amount": "8"}
    assert bob.post(space(Procedure, "edit", procedure.pk), data).status_code == 302
    assert Procedure.objects.get(pk=procedure.pk).current.number == before


def test_rules_that_could_not_run_are_refused_with_every_reason(
    bob: Client, procedure: Procedure
) -> None:
    data = rules_as_posted(procedure) | {"action-publish": "Publier"}
    first_move = next(name for name in data if name.endswith("-value-to") and data[name])
    answer = bob.post(space(Procedure, "edit", procedure.pk), data | {first_move: "nulle_part"})
    assert answer.status_code == 200
    assert "l’étape « nulle_part » n’existe pas" in words(answer)


@pytest.mark.parametrize("kinds", [[], ["lune"]])
def test_a_procedure_covers_known_kinds(bob: Client, procedure: Procedure, kinds: list) -> None:
    data = rules_as_posted(procedure) | {"kinds": kinds, "action-publish": "Publier"}
    answer = bob.post(space(Procedure, "edit", procedure.pk), data)
    assert "kinds" in answer.context["form"].errors


def test_ticked_boxes_come_back_ticked(bob: Client, procedure: Procedure) -> None:
    form = bob.get(space(Procedure, "edit", procedure.pk)).context["form"]
    assert form["kinds"].value() == procedure.kinds
    assert form["stakeholders"].value() == procedure.stakeholders


def test_a_procedure_never_moves_to_another_organisation(
    bob: Client, other_world: World, procedure: Procedure
) -> None:
    data = rules_as_posted(procedure) | {"organisation": other_world.organisation.pk}
    bob.post(space(Procedure, "edit", procedure.pk), data | {"action-publish": "Publier"})
    procedure.refresh_from_db()
    assert procedure.organisation != other_world.organisation


def test_a_procedure_is_not_written_for_others(
    bob: Client, other_world: World, procedure: Procedure
) -> None:
    data = rules_as_posted(procedure) | {"organisation": other_world.organisation.pk}
    answer = bob.post(space(Procedure, "add"), data | {"action-publish": "Publier"})
    assert "organisation" in answer.context["form"].errors
    assert Procedure.objects.filter(organisation=other_world.organisation).count() == 1


def test_the_only_organisation_is_proposed(bob: Client, world: World) -> None:
    form = bob.get(space(Procedure, "add")).context["form"]
    assert form["organisation"].value() == world.organisation.pk
    assert [str(o) for o in form.fields["organisation"].queryset] == [str(world.organisation)]


def test_bob_publishes_his_form_and_a_version_is_frozen(bob: Client, world: World) -> None:
    form = world.page.form
    before = form.current.number
    data = as_posted(form, *FORM)
    data |= {"reference": "FORMULAIRE V2", "action-publish": "Publier"}
    answer = bob.post(space(Form, "edit", form.pk), data)
    assert answer.status_code == 302, words(answer)
    current = Form.objects.get(pk=form.pk).current
    assert (current.number, current.reference) == (before + 1, "FORMULAIRE V2")


ORGANISATION = (
    "name",
    "legal_name",
    "email",
    "email_subject",
    "phone",
    "postal_address",
    "sending_address",
    "region",
    "draft_days",
)
MONDAY_TO_FRIDAY = {"working_week": ["0", "1", "2", "3", "4"]}


def posted(organisation: Organisation, **typed: Any) -> dict[str, Any]:
    return as_posted(organisation, *ORGANISATION) | MONDAY_TO_FRIDAY | typed


def test_bob_writes_how_his_organisation_is_reached(bob: Client, world: World) -> None:
    data = posted(world.organisation, phone="05 59 00 00 00")
    answer = bob.post(space(Organisation, "edit", world.organisation.pk), data)
    assert answer.status_code == 302, words(answer)
    found = Organisation.objects.get(pk=world.organisation.pk)
    assert (found.phone, found.working_week) == ("05 59 00 00 00", "1111100")


@pytest.mark.parametrize(("days", "kept"), [("45", 45), ("0", 30), ("400", 30)])
def test_an_organisation_says_how_long_a_draft_is_kept(
    bob: Client, world: World, days: str, kept: int
) -> None:
    url = space(Organisation, "edit", world.organisation.pk)
    bob.post(url, posted(world.organisation, draft_days=days))
    assert Organisation.objects.get(pk=world.organisation.pk).draft_days == kept


def test_the_working_week_is_seven_boxes(bob: Client, world: World) -> None:
    url = space(Organisation, "edit", world.organisation.pk)
    field = bob.get(url).context["form"]["working_week"]
    assert field.value() == ["0", "1", "2", "3", "4"]
    assert [label for _value, label in field.field.choices][1] == "Mardi"
    bob.post(url, posted(world.organisation, working_week=["1", "2", "3", "4", "5"]))
    assert Organisation.objects.get(pk=world.organisation.pk).working_week == "0111110"


@pytest.mark.parametrize("ticked", [[], ["7"], ["lundi"]])
def test_a_week_without_a_day_is_refused(bob: Client, world: World, ticked: list[str]) -> None:
    url = space(Organisation, "edit", world.organisation.pk)
    answer = bob.post(url, posted(world.organisation, working_week=ticked))
    assert answer.status_code == 200
    assert "working_week" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("field", "value"), [("prefix", "ZZ"), ("slug", "zz"), ("site", "1"), ("time_zone", "UTC")]
)
def test_what_identifies_an_organisation_is_not_editable(
    bob: Client, world: World, field: str, value: str
) -> None:
    organisation = world.organisation
    before = getattr(organisation, field)
    data = posted(organisation) | {field: value}
    bob.post(space(Organisation, "edit", organisation.pk), data)
    assert getattr(Organisation.objects.get(pk=organisation.pk), field) == before


def test_bob_adds_a_mediator(bob: Client) -> None:
    data = {"name": "Médiation Exemple", "website": "https://mediation.example"}
    assert bob.post(space(Mediator, "add"), data).status_code == 302
    assert Mediator.objects.filter(name="Médiation Exemple").exists()


def test_calendars_are_read(bob: Client) -> None:
    calendar = Calendar.objects.first()
    where = "wagtailsnippets_complaints_calendar"
    assert str(calendar) in words(bob.get(reverse(f"{where}:list")))
    page = words(bob.get(reverse(f"{where}:inspect", args=[calendar.pk])))
    assert "Jour de l’an" in page
    assert str(calendar.last_year) in page


@pytest.mark.parametrize("model", [Procedure, Form, Mediator, Organisation])
def test_lists_show_ones_own(bob: Client, world: World, other_world: World, model: type) -> None:
    answer = bob.get(space(model, "list"))
    assert answer.status_code == 200
    assert "Autre Formation" not in answer.content.decode()


@pytest.mark.parametrize("model", [Procedure, Form, Mediator, Organisation])
def test_a_moderator_has_none_of_it(alice: Client, model: type) -> None:
    where = reverse(f"wagtailsnippets_complaints_{model._meta.model_name}:list")
    assert alice.get(where)["Location"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize("model", [Procedure, Form])
@pytest.mark.parametrize("view", ["edit", "history", "usage"])
def test_the_direction_writes_too(
    log_in: Callable[[str], Client], world: World, model: type, view: str
) -> None:
    row = model.objects.get(organisation=world.organisation)
    assert log_in("diane").get(space(model, view, row.pk)).status_code == 200


@pytest.mark.parametrize("model", [Procedure, Form])
def test_nothing_published_is_deleted(bob: Client, world: World, model: type) -> None:
    row = model.objects.get(organisation=world.organisation)
    answer = bob.post(space(model, "delete", row.pk))
    assert answer["Location"] == reverse("wagtailadmin_home")
    assert model.objects.filter(pk=row.pk).exists()


def test_a_new_title_alone_makes_a_version_since_it_is_printed_with_it(
    bob: Client, procedure: Procedure
) -> None:
    before = procedure.current.number
    data = rules_as_posted(procedure) | {"title": "Nous écouter", "action-publish": "Publier"}
    bob.post(space(Procedure, "edit", procedure.pk), data)
    bob.post(space(Procedure, "edit", procedure.pk), data)
    assert (procedure.current.number, procedure.current.title) == (before + 1, "Nous écouter")


def test_the_history_compares_two_drafts_in_sentences(bob: Client, procedure: Procedure) -> None:
    former = procedure.save_revision()
    limits = deepcopy(procedure.definition()["time_limits"])
    limits[0]["counting"]["readings"][0]["amount"] = 9
    procedure.time_limits = stream(limits)
    draft = procedure.save_revision()
    answer = bob.get(space(Procedure, "revisions_compare", procedure.pk, former.pk, draft.pk))
    page = words(answer)
    assert f"Le délai « {limits[0]['label']} » passe de" in page
    assert "à 9 jours ouvrés" in page
    assert "received" not in page


def test_drafts_that_cannot_be_read_are_compared_as_they_are(
    bob: Client, procedure: Procedure
) -> None:
    former = procedure.save_revision()
    procedure.stages = stream([{"key": "a", "label": "Analyse"}])
    draft = procedure.save_revision()
    answer = bob.get(space(Procedure, "revisions_compare", procedure.pk, former.pk, draft.pk))
    assert "Analyse" in words(answer)
