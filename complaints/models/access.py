"""Who may see and do what: the one place that every screen, page, command and program asks."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, QuerySet

from complaints.models.organisation import Organisation, Role
from complaints.models.recusal import Recusal

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


def recused(user: User) -> QuerySet[Recusal]:
    """The dossiers that person is kept out of by every door, whatever they hold (IH-30).

    To be excluded as it is: a subquery of identifiers, which costs no query of its own.
    """
    return Recusal.objects.filter(person=user.pk).values("dossier")


def roles_on(dossier: "Dossier", user: User) -> frozenset[str]:
    """The role keys that person holds about that dossier: none once they are recused from it."""
    if not user.is_active or user.is_anonymous:
        return frozenset()
    kept_out = recused(user).filter(dossier=dossier.pk)
    roles = _held(dossier.organisation_id, user).filter(~Exists(kept_out))
    return frozenset(roles.values_list("key", flat=True))


def may_see(user: User, dossier: "Dossier") -> bool:
    """Whether that person may read that dossier and its files."""
    kept_out = recused(user).filter(dossier=dossier.pk)
    seen = organisations_seen_by(user).filter(~Exists(kept_out), pk=dossier.organisation_id)
    return seen.exists()


def _held(organisation_id: int, user: User) -> QuerySet[Role]:
    """The roles that person holds there; a superuser, who installs the site, holds them all."""
    roles = Role.objects.filter(organisation=organisation_id)
    return roles if user.is_superuser else roles.filter(group__user=user)
