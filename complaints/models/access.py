"""Who may see and do what: the one place that every screen, page, command and program asks."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet

from complaints.models.organisation import Organisation, Role

if TYPE_CHECKING:
    from complaints.models.dossier import Dossier

User = AbstractBaseUser | AnonymousUser
# An organisation names its roles as it likes; these two keys write what it publishes.
EDITING_ROLES = ("editor", "direction")


def organisations_seen_by(user: User) -> QuerySet[Organisation]:
    """The organisations whose dossiers that person may read."""
    if not user.is_active or user.is_anonymous:
        return Organisation.objects.none()
    if user.is_superuser:
        return Organisation.objects.all()
    return Organisation.objects.filter(roles__sees_dossiers=True, roles__group__user=user)


def organisations_edited_by(user: User) -> QuerySet[Organisation]:
    """The organisations whose procedures, forms and contact facts that person may write."""
    if not user.is_active or user.is_anonymous:
        return Organisation.objects.none()
    if user.is_superuser:
        return Organisation.objects.all()
    held = Role.objects.filter(key__in=EDITING_ROLES, group__user=user)
    return Organisation.objects.filter(pk__in=held.values("organisation"))


def roles_in(organisation: Organisation, user: User) -> frozenset[str]:
    """The role keys that person holds there; a superuser, who installs the site, holds them all."""
    if not user.is_active or user.is_anonymous:
        return frozenset()
    roles = Role.objects.filter(organisation=organisation)
    if not user.is_superuser:
        roles = roles.filter(group__user=user)
    return frozenset(roles.values_list("key", flat=True))


def may_see(user: User, dossier: "Dossier") -> bool:
    """Whether that person may read that dossier and its files."""
    return organisations_seen_by(user).filter(pk=dossier.organisation_id).exists()
