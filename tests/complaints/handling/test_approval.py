"""Verified by one, approved by another, and what a version keeps of it (IH-01)."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from wagtail.models import GroupApprovalTask, TaskState, Workflow

from complaints.handling.approval import RolesMissing, install_approval
from complaints.models import Procedure, ProcedureVersion, Role
from complaints.models.approvals import DIRECT, workflow_of
from pages.documents import document_of
from tests.doors import PROCEDURE
from tests.factories import World, paris
from tests.posted import as_posted

pytestmark = pytest.mark.django_db
SPACE = "wagtailsnippets_complaints_procedure"


@pytest.fixture
def procedure(world: World, other_world: World) -> Procedure:
    """Of A, which verifies and approves; B publishes directly."""
    install_approval(world.organisation)
    return world.page.procedure


def browser(world: World, login: str) -> Client:
    client = Client()
    client.force_login(world.user(login))
    return client


def submit(world: World, procedure: Procedure, months: int = 18, **changes: Any) -> None:
    """Bob changes when it is read again, and submits it."""
    data = as_posted(procedure, *PROCEDURE) | {"review_months": months} | changes
    address = reverse(f"{SPACE}:edit", args=[procedure.pk])
    answer = browser(world, "bob").post(address, data | {"action-submit": "Soumettre"})
    assert answer.status_code == 302, answer.content.decode()


def decide(world: World, procedure: Procedure, login: str, action: str = "approve") -> None:
    state = TaskState.objects.filter(status="in_progress").get()
    address = reverse(f"{SPACE}:workflow_action", args=[procedure.pk, action, state.pk])
    assert browser(world, login).post(address, {"comment": "Relu."}).status_code in (200, 302)


def approvals(procedure: Procedure) -> list[tuple[str, str, str]]:
    return [(one["step"], one["name"], one["role"]) for one in procedure.current.approvals]


def test_bob_verifies_diane_approves_and_the_version_keeps_both(
    world: World, procedure: Procedure, time_machine: Any
) -> None:
    number = procedure.current.number
    time_machine.move_to(paris("2026-05-04 23:30"), tick=False)
    submit(world, procedure)
    decide(world, procedure, "bob")
    assert procedure.current.number == number
    time_machine.move_to(paris("2026-05-06 00:30"), tick=False)
    decide(world, procedure, "diane")
    version = procedure.current
    assert (version.number, version.rules.review_months) == (number + 1, 18)
    assert version.approvals == [
        {"step": "Vérification", "name": "Bob", "role": "Rédacteur", "on": "2026-05-04"},
        {"step": "Approbation", "name": "Diane", "role": "Direction", "on": "2026-05-06"},
    ]
    with document_of(world.page, paris("2026-05-06 00:31")).pdf.open("rb") as file:
        text = " ".join(PdfReader(BytesIO(file.read())).pages[0].extract_text().split())
    assert "Vérification Bob, Rédacteur, le 4 mai 2026" in text
    assert "Approbation Diane, Direction, le 6 mai 2026" in text


def test_what_is_sent_back_is_not_published_and_goes_on_when_resubmitted(
    world: World, procedure: Procedure
) -> None:
    number = procedure.current.number
    submit(world, procedure)
    decide(world, procedure, "bob")
    decide(world, procedure, "diane", "reject")
    assert procedure.current.number == number
    submit(world, procedure, months=24)
    decide(world, procedure, "diane")
    assert procedure.current.rules.review_months == 24
    # Bob verified other rules than these.
    assert approvals(procedure) == [("Approbation", "Diane", "Direction")]


def test_a_direct_publication_says_who(world: World, procedure: Procedure) -> None:
    procedure.review_months = 18
    procedure.save_revision().publish(user=world.user("diane"))
    assert approvals(procedure) == [(DIRECT, "Diane", "Direction")]


def test_an_old_approval_says_nothing_of_what_is_published_since(
    world: World, procedure: Procedure
) -> None:
    """Even when the rules are again those that were approved."""
    for months in (18, 24, 18):
        procedure.refresh_from_db()
        procedure.review_months = months
        revision = procedure.save_revision()
        if months == 18 and procedure.current.rules.review_months != 24:
            procedure.get_workflow().start(procedure, world.user("bob"))
            decide(world, procedure, "bob")
            decide(world, procedure, "diane")
        else:
            revision.publish(user=world.user("bob"))
    assert approvals(procedure) == [(DIRECT, "Bob", "Rédacteur")]


def test_names_are_no_part_of_the_digest(world: World, procedure: Procedure) -> None:
    submit(world, procedure)
    decide(world, procedure, "bob")
    decide(world, procedure, "diane")
    version = procedure.current
    procedure.refresh_from_db()
    procedure.save_revision().publish(user=world.user("bob"))
    assert ProcedureVersion.objects.filter(procedure=procedure).latest("number") == version


def test_each_organisation_has_its_own_and_only_if_it_wants(
    world: World, other_world: World, procedure: Procedure
) -> None:
    assert procedure.get_workflow().name == "Connect’Sens – Vérification et approbation"
    assert other_world.page.procedure.get_workflow() is None
    steps = GroupApprovalTask.objects.filter(groups__organisation_role__isnull=False)
    groups = steps.values_list("name", "groups__organisation_role__key")
    assert sorted(groups) == [("Approbation", "direction"), ("Vérification", "editor")]


def test_it_is_installed_once_and_an_administrator_may_end_it(
    world: World, procedure: Procedure
) -> None:
    workflow = install_approval(world.organisation)
    assert Workflow.objects.filter(name=workflow.name).count() == 1
    workflow.deactivate()
    assert workflow_of(world.organisation.pk) is None
    assert procedure.get_workflow() is None


def test_without_its_groups_nothing_is_installed(other_world: World) -> None:
    Role.objects.filter(organisation=other_world.organisation, key="editor").delete()
    before = Workflow.objects.count()
    with pytest.raises(RolesMissing):
        install_approval(other_world.organisation)
    assert Workflow.objects.count() == before


def test_neither_the_moderator_nor_another_organisation_decides(
    world: World, procedure: Procedure
) -> None:
    submit(world, procedure)
    state = TaskState.objects.get(status="in_progress")
    address = reverse(f"{SPACE}:workflow_action", args=[procedure.pk, "approve", state.pk])
    for login in ("alice", "charlie"):
        assert browser(world, login).post(address).status_code == 404
    assert TaskState.objects.filter(pk=state.pk, status="in_progress").exists()


def test_only_who_installs_the_site_switches_it_on(other_world: World) -> None:
    procedure = other_world.page.procedure
    address = reverse(f"{SPACE}:approval", args=[procedure.pk])
    get_user_model().objects.create_superuser("root", None, "x")
    assert browser(other_world, "root").post(address).status_code == 302
    assert procedure.get_workflow().name.startswith("Autre Formation")
