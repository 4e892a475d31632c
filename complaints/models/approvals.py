"""Who verified and who approved what is published, from Wagtail's own workflow (IH-01)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import GroupApprovalTask, Revision, TaskState, Workflow, WorkflowState

from complaints.models.access import EDITING_ROLES
from complaints.models.organisation import Organisation, Role

if TYPE_CHECKING:
    from complaints.models.procedure import Procedure

Approval = dict[str, str]
DIRECT = "Publication"
INSTALLER = "Administration du site"


def workflow_of(organisation_id: int | None) -> Workflow | None:
    """The workflow whose steps belong to that organisation's groups; None if it has none.

    Wagtail gives one workflow to all the snippets of a kind, so that an organisation's own is
    found by its groups. One that was given to pages, or to a whole kind, is not for procedures.
    """
    own = GroupApprovalTask.objects.filter(
        active=True, groups__organisation_role__organisation=organisation_id
    )
    found = Workflow.objects.filter(active=True, workflow_tasks__task__in=own.values("pk"))
    unattached = found.filter(workflow_pages=None, workflow_content_types=None)
    return unattached.order_by("pk").first()


def approvals_of(
    procedure: "Procedure", revision: Revision, *, by: AbstractBaseUser | None, at: datetime
) -> list[Approval]:
    """One entry a step that led to this revision, in order; one « Publication » without any.

    A step that was approved before the rules were changed again approved something else: it is
    left out. Each is ``{"step", "name", "role", "on"}``, the day as the organisation counts it.
    """
    steps = [
        _entry(procedure.organisation, state.task.name, state.finished_by, state.finished_at, state)
        for state in _approved(procedure, revision)
        if _approves(state, procedure)
    ]
    if steps or by is None:
        return steps
    return [_entry(procedure.organisation, DIRECT, by, at)]


def _approved(procedure: "Procedure", revision: Revision) -> list[TaskState]:
    """The steps approved, since the version in force, in the last workflow that came to its end."""
    ended = WorkflowState.objects.filter(
        base_content_type=revision.base_content_type_id,
        object_id=revision.object_id,
        status=WorkflowState.STATUS_APPROVED,
    )
    last, current = ended.order_by("-created_at", "-pk").first(), procedure.current
    if last is None:
        return []
    states = last.task_states.filter(status=TaskState.STATUS_APPROVED)
    if current:
        states = states.filter(finished_at__gt=current.in_force_at)
    return list(states.select_related("task", "finished_by").order_by("finished_at", "pk"))


def _approves(state: TaskState, procedure: "Procedure") -> bool:
    """Whether the rules at that hour were those that are published now."""
    seen = procedure.revisions.filter(created_at__lte=state.finished_at)
    draft = seen.order_by("-created_at", "-pk").first()
    return draft is not None and draft.as_object().definition() == procedure.definition()


def _entry(
    organisation: Organisation,
    step: str,
    user: Any,
    at: datetime,
    state: TaskState | None = None,
) -> Approval:
    on = at.astimezone(organisation.clock).date().isoformat()
    name = (user.get_full_name() or user.get_username()) if user else ""
    return {"step": step, "name": name, "role": _role(organisation, user, state), "on": on}


def _role(organisation: Organisation, user: Any, state: TaskState | None) -> str:
    """Under which role that person acted: the step's own, else one that publishes."""
    if user is None:
        return ""
    held = list(Role.objects.filter(organisation=organisation, group__user=user))
    groups = set()
    if state and isinstance(task := state.task.specific, GroupApprovalTask):
        groups = set(task.groups.values_list("pk", flat=True))
    chosen = [role for role in held if role.group_id in groups]
    chosen += sorted((r for r in held if r.key in EDITING_ROLES), key=lambda role: role.key)
    return chosen[0].label if chosen else INSTALLER if user.is_superuser else ""
