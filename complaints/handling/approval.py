"""« Vérification et approbation »: Wagtail's own workflow for what an organisation publishes."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from complaints.handling.roles import DIRECTION, EDITOR
from complaints.models import Organisation, Role
from complaints.models.approvals import workflow_of

NAME = "Vérification et approbation"
# Each step, and the role whose group takes it.
STEPS = (("Vérification", EDITOR), ("Approbation", DIRECTION))


class RolesMissing(Exception):
    """The organisation has no group to verify, or none to approve."""


@transaction.atomic
def install_approval(organisation: Organisation) -> Workflow:
    """The workflow of that organisation's procedures: its editors verify, its direction approves.

    Made once; one that is there already is left as it is, whatever an administrator made of it.
    Raises RolesMissing. Deactivated in Wagtail's settings, procedures are published directly again.
    """
    if (workflow := workflow_of(organisation.pk)) is not None:
        return workflow
    workflow = Workflow.objects.create(name=f"{organisation.name} – {NAME}")
    for order, (step, key) in enumerate(STEPS):
        task = GroupApprovalTask.objects.create(name=step)
        task.groups.add(_group(organisation, key))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow


def _group(organisation: Organisation, key: str) -> Group:
    role = Role.objects.filter(organisation=organisation, key=key).select_related("group").first()
    if role is None:
        raise RolesMissing(f"{organisation} : aucun groupe n’a le rôle « {key} ».")
    return role.group
