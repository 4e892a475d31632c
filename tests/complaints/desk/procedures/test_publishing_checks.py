"""The editors' doors: a draft is always saved, what would break is not published by any of them."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    ModelLogEntry,
    Revision,
    TaskState,
    Workflow,
    WorkflowTask,
)

from complaints.handling.publication import findings
from complaints.models import Procedure
from complaints.models.plain import stream
from complaints.models.procedure import STREAMS
from complaints.models.unpublishable import Unpublishable
from tests.complaints.desk.conftest import words
from tests.complaints.desk.test_editing import rules_as_posted, space
from tests.factories import World

pytestmark = pytest.mark.django_db
BROKEN = "« Demander un complément » : l’étape « nulle_part » n’existe pas."


@pytest.fixture
def procedure(world: World) -> Procedure:
    return world.page.procedure


@pytest.fixture
def broken(procedure: Procedure) -> Procedure:
    """Its draft has a button that leads nowhere."""
    moves = deepcopy(procedure.definition()["moves"])
    next(one for one in moves if one["key"] == "demander_complement")["to"] = "nulle_part"
    procedure.moves = stream(moves)
    return procedure


def edit(client: Client, row: Any, data: dict[str, Any], *buttons: str, **more: Any) -> Any:
    pressed = dict.fromkeys(buttons, "on")
    return client.post(space(type(row), "edit", row.pk), data | pressed | more, follow=True)


def said(answer: Any) -> str:
    """What the messages at the top of the page say, in one line."""
    html = answer.content.decode().partition('class="messages"')[2].partition("<main")[0]
    answer.content = f"<main>{html}".encode()
    return words(answer)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def versions(procedure: Procedure) -> int:
    return procedure.versions.count()


def test_a_draft_that_could_not_run_is_saved_and_says_what_to_mend(
    bob: Client, broken: Procedure
) -> None:
    answer = edit(bob, broken, rules_as_posted(broken))
    assert "Enregistré. Avant de publier :" in said(answer)
    kept = Procedure.objects.get(pk=broken.pk).get_latest_revision_as_object()
    assert kept.definition()["moves"] == broken.definition()["moves"]


def test_what_wagtail_saves_by_itself_says_nothing(bob: Client, broken: Procedure) -> None:
    url = space(Procedure, "edit", broken.pk)
    answer = bob.post(url, rules_as_posted(broken), headers={"accept": "application/json"})
    assert answer.json()["success"]
    assert "Avant de publier" not in said(bob.get(url))


@pytest.mark.parametrize(
    "button", ["action-publish", "action-submit", "action-restart-workflow"], ids=str
)
def test_no_button_that_publishes_lets_it_through(
    bob: Client, broken: Procedure, approvers: Group, button: str
) -> None:
    before = versions(broken)
    answer = edit(bob, broken, rules_as_posted(broken), button)
    assert "Rien n’est publié. À corriger :" in said(answer)
    assert "moves" in answer.context["form"].errors
    assert versions(broken) == before
    assert not TaskState.objects.exists()


@pytest.fixture
def later() -> datetime:
    return timezone.now() + timedelta(days=3)


def test_a_later_day_is_refused_today(broken: Procedure, later: datetime) -> None:
    broken.go_live_at = later
    with pytest.raises(Unpublishable):
        broken.save_revision().publish()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_a_publication_for_a_later_day_freezes_nothing_yet(
    procedure: Procedure, later: datetime
) -> None:
    before, read = versions(procedure), procedure.reviewed_on
    procedure.go_live_at, procedure.retention_amount = later, 8
    procedure.save_revision().publish()
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1
    assert versions(procedure) == before
    assert Procedure.objects.get(pk=procedure.pk).reviewed_on == read


def error_of(answer: Any, field: str) -> dict[Any, Any]:
    """The errors of the items of that list, as the browser is given them, every space plain."""
    (error,) = answer.context["form"].errors.as_data()[field]
    return json.loads(json.dumps(error.as_json_data()).replace("\\u00a0", " "))["blockErrors"]


def test_the_error_stands_next_to_the_field_of_the_block(bob: Client, broken: Procedure) -> None:
    answer = edit(bob, broken, rules_as_posted(broken), "action-publish")
    keys = [one["key"] for one in broken.definition()["moves"]]
    place = keys.index("demander_complement")
    (found,) = error_of(answer, "moves").items()
    assert found == (str(place), {"blockErrors": {"to": {"messages": [BROKEN]}}})


def test_what_is_about_a_whole_item_stands_on_it(bob: Client, procedure: Procedure) -> None:
    procedure.stages = stream(
        [*procedure.definition()["stages"], {"key": "loin", "label": "Loin", "phase": "open"}]
    )
    answer = edit(bob, procedure, rules_as_posted(procedure), "action-publish")
    (found,) = error_of(answer, "stages").values()
    assert found == {
        "messages": [
            "L’étape « Loin » n’a pas de sortie.",
            "L’étape « Loin » ne peut jamais être atteinte.",
        ]
    }


def test_what_is_about_no_item_stands_on_the_list(bob: Client, procedure: Procedure) -> None:
    for name in STREAMS:
        setattr(procedure, name, [])
    answer = edit(bob, procedure, rules_as_posted(procedure))
    assert "La procédure n’a aucune étape." in said(answer)


def test_a_field_that_is_no_list_has_its_error_too(bob: Client, procedure: Procedure) -> None:
    wrong = {"retention_amount": "200", "retention_unit": "ans"}
    answer = edit(bob, procedure, rules_as_posted(procedure), "action-publish", **wrong)
    assert list(answer.context["form"].errors) == ["retention_amount"]


def test_what_deserves_a_look_is_said_once_published(bob: Client, procedure: Procedure) -> None:
    before = versions(procedure)
    data = rules_as_posted(procedure) | {"retention_amount": ""}
    answer = said(edit(bob, procedure, data, "action-publish"))
    assert "À regarder, sans que cela empêche de publier :" in answer
    assert "Aucune durée de conservation" in answer
    assert versions(procedure) == before + 1


# Approvals


@pytest.fixture
def approvers(world: World) -> Group:
    """Diane's group verifies what is submitted for Connect'Sens."""
    group = world.organisation.roles.get(key="direction").group
    task = GroupApprovalTask.objects.create(name="Approbation")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Procédures")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return group


@pytest.fixture
def submitted(world: World, approvers: Group, procedure: Procedure, broken: Procedure) -> TaskState:
    """A draft that was submitted before something in it was refused."""
    row = Procedure.objects.get(pk=procedure.pk)
    row.moves = broken.moves
    row.save_revision()
    row.get_workflow().start(row, world.user("bob"))
    return TaskState.objects.get()


@pytest.mark.parametrize("asks", ["page", "modal"])
def test_approving_what_would_break_publishes_nothing_and_says_why(
    log_in: Callable[[str], Client], submitted: TaskState, broken: Procedure, asks: str
) -> None:
    before = versions(broken)
    diane = log_in("diane")
    url = space(Procedure, "workflow_action", broken.pk, "approve", submitted.pk)
    headers = {"x-requested-with": "XMLHttpRequest"} if asks == "modal" else {}
    answer = diane.post(url, {"comment": ""}, headers=headers)
    assert answer.status_code == (200 if asks == "modal" else 302)
    assert BROKEN in said(diane.get(space(Procedure, "edit", broken.pk)))
    submitted.refresh_from_db()
    assert (submitted.status, versions(broken)) == ("in_progress", before)


def test_who_approves_in_the_editor_is_told_too(
    log_in: Callable[[str], Client], submitted: TaskState, broken: Procedure
) -> None:
    action = {"workflow-action-name": "approve", "workflow-action-extra-data": "{}"}
    data = rules_as_posted(broken) | action
    answer = edit(log_in("diane"), broken, data, "action-workflow-action")
    assert "À corriger" in said(answer)
    submitted.refresh_from_db()
    assert submitted.status == "in_progress"


def test_what_would_break_can_be_sent_back(
    log_in: Callable[[str], Client], submitted: TaskState, broken: Procedure
) -> None:
    url = space(Procedure, "workflow_action", broken.pk, "reject", submitted.pk)
    log_in("diane").post(url, {"comment": "À reprendre."})
    submitted.refresh_from_db()
    assert submitted.status == "rejected"


# Programs and the schedule


def test_no_program_publishes_what_would_break(broken: Procedure) -> None:
    revision = broken.save_revision()
    with pytest.raises(Unpublishable) as refusal:
        revision.publish()
    assert refusal.value.problems[0].sentence == BROKEN
    assert refusal.value.problems[0].key == "demander_complement"


def test_the_schedule_goes_on_after_what_it_cannot_publish(
    broken: Procedure, other_world: World, caplog: pytest.LogCaptureFixture
) -> None:
    sound = other_world.page.procedure
    sound.review_months = 12
    revisions = [broken.save_revision(), sound.save_revision()]
    past = timezone.now() - timedelta(minutes=5)
    for minutes, revision in enumerate(revisions):
        revision.approved_go_live_at = past + timedelta(minutes=minutes)
        revision.save()
    before = versions(sound), versions(broken)
    call_command("publish_scheduled")
    assert (versions(sound), versions(broken)) == (before[0] + 1, before[1])
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert BROKEN in plain(caplog.text)


def test_the_history_says_that_a_scheduled_publication_was_refused(
    bob: Client, broken: Procedure
) -> None:
    revision = broken.save_revision()
    revision.publish(log_action="wagtail.publish.scheduled")
    entry = ModelLogEntry.objects.get(action="complaints.publication_refused")
    assert BROKEN in plain(entry.message)
    history = bob.get(space(Procedure, "history", broken.pk))
    assert "Publication programmée refusée" in history.content.decode()


def test_the_checks_cost_two_queries(procedure: Procedure, django_assert_num_queries: Any) -> None:
    draft = Procedure.objects.select_related("organisation", "mediator").get(pk=procedure.pk)
    with django_assert_num_queries(2):  # who holds the roles, the other organisations
        findings(draft, timezone.localdate())
