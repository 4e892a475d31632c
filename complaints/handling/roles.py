"""The roles every organisation has: three groups, what each may do in Wagtail, and no more.

Those that its own procedures name come with their publication: `complete_roles`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from complaints.models import Calendar, Form, Mediator, Organisation, Procedure, Role
from complaints.models.organisation import new_group

MODERATOR, EDITOR, DIRECTION = "moderator", "editor", "direction"


@dataclass(frozen=True)
class Duty:
    """What a role is called, and which half of the house it works in."""

    key: str
    label: str
    group: str
    sees_dossiers: bool = False
    edits: bool = False


DUTIES = (
    Duty(MODERATOR, "Modérateur", "Modération", sees_dossiers=True),
    Duty(EDITOR, "Rédacteur", "Rédaction", edits=True),
    Duty(DIRECTION, "Direction", "Direction", sees_dossiers=True, edits=True),
)
PUBLISHED = ("view", "add", "change", "publish", "lock", "unlock")
# What an editor may do, kind by kind; for which organisation, `access` says.
EDITED: dict[type[models.Model], tuple[str, ...]] = {
    Procedure: PUBLISHED,
    Form: PUBLISHED,
    Mediator: ("view", "add", "change"),
    Organisation: ("view", "change"),
    Calendar: ("view",),
}


@transaction.atomic
def install_roles(organisation: Organisation) -> dict[str, Role]:
    """The roles of that organisation by key, made or completed; rights given since are kept."""
    roles = {duty.key: _install(duty, organisation) for duty in DUTIES}
    editors = [roles[duty.key].group for duty in DUTIES if duty.edits]
    collection = _collection(organisation)
    for group in editors:
        _let_edit(group)
        _let_publish_pages(group, organisation.site.root_page)
        _let_fill(group, collection)
    return roles


def _install(duty: Duty, organisation: Organisation) -> Role:
    role = Role.objects.filter(organisation=organisation, key=duty.key).first()
    if role is None:
        role = Role.objects.create(
            organisation=organisation,
            key=duty.key,
            label=duty.label,
            group=new_group(organisation, duty.group),
            sees_dossiers=duty.sees_dossiers,
        )
    role.group.permissions.add(Permission.objects.get(codename="access_admin"))
    return role


def _let_edit(group: Group) -> None:
    for model, actions in EDITED.items():
        group.permissions.add(*_permissions(model, actions))


def _let_publish_pages(group: Group, root: Page) -> None:
    for permission in _permissions(Page, ("add", "change", "publish")):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _let_fill(group: Group, collection: Collection) -> None:
    for model in (get_image_model(), get_document_model()):
        for permission in _permissions(model, ("add", "change", "choose")):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )


def _collection(organisation: Organisation) -> Collection:
    """The images and documents of that organisation; no other one's editors choose from them."""
    own = Collection.objects.filter(
        group_permissions__group__organisation_role__organisation=organisation
    )
    return own.first() or Collection.get_first_root_node().add_child(name=organisation.name)


def _permissions(model: type[models.Model], actions: Iterable[str]) -> list[Permission]:
    """Wagtail adds « publish » and « lock » after migrating: they may not be there yet."""
    content_type = ContentType.objects.get_for_model(model)
    return [
        Permission.objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_{model._meta.model_name}",
            defaults={"name": f"Can {action} {model._meta.verbose_name_raw}"},
        )[0]
        for action in actions
    ]
