"""Who may see and do what: the one place that every screen, page, command and program asks."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, QuerySet

from complaints import intake
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


def answers_read_by(user: User, dossier: "Dossier") -> Callable[[intake.Field], bool]:
    """Whether that person, who may see that dossier, may read the answer to a question of it.

    The roles they hold are asked for once, and only if a question is kept for some.
    """
    roles = cache(lambda: roles_on(dossier, user))
    return lambda question: not question.seen_by or not roles().isdisjoint(question.seen_by)


def may_read_answer(user: User, dossier: "Dossier", key: str) -> bool:
    """Whether that person may read the answer to that question, and open the files that give it.

    What answers no question of its form follows the dossier.
    """
    question = _question(dossier, key)
    return question is None or answers_read_by(user, dossier)(question)


def is_for_all(dossier: "Dossier", key: str) -> bool:
    """Whether mails, papers and notes may repeat the answer to that question, or name its files."""
    question = _question(dossier, key)
    return question is None or not question.guarded


def _question(dossier: "Dossier", key: str) -> intake.Field | None:
    version = dossier.form_version
    return version.parsed().by_key.get(key) if version and key else None


def _held(organisation_id: int, user: User) -> QuerySet[Role]:
    """The roles that person holds there; a superuser, who installs the site, holds them all."""
    roles = Role.objects.filter(organisation=organisation_id)
    return roles if user.is_superuser else roles.filter(group__user=user)
