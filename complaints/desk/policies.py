"""The rules of `access` as Wagtail’s generic screens ask for them: for a kind, for a row."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy, ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from complaints.handling.roles import EDITED
from complaints.models import (
    Attachment,
    Calendar,
    Dossier,
    Event,
    Form,
    Letter,
    Measure,
    Message,
    Notice,
    Organisation,
    Procedure,
    RegisterEntry,
    access,
)

Rule = Callable[[Any], QuerySet[Organisation]]


def within(user: Any, rule: Rule) -> frozenset[int]:
    """The organisations that rule gives that person, asked for once a request."""
    kept = f"_{rule.__name__}"
    if not hasattr(user, kept):
        setattr(user, kept, frozenset(rule(user).values_list("pk", flat=True)))
    return getattr(user, kept)


def organisations_of(user: Any) -> frozenset[int]:
    """Those for which that person works, whatever they may do there."""
    seen = within(user, access.organisations_seen_by)
    return seen | within(user, access.organisations_edited_by)


def works_somewhere(user: Any) -> bool:
    """Whether that person works for any organisation; who sees dossiers costs no further query."""
    return any(
        within(user, r) for r in (access.organisations_seen_by, access.organisations_edited_by)
    )


class Scoped:
    """The rows of one's own organisations, through the path that leads to the organisation."""

    rule: Rule
    path: str

    def rows(self, user: Any) -> QuerySet:
        """What that person may meet on a screen, whatever they may do with it."""
        return self.model._default_manager.filter(**{f"{self.path}__in": within(user, self.rule)})

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """The action is allowed to that person, and the row is one of theirs."""
        return self.user_has_permission(user, action) and (
            self.rows(user).filter(pk=instance.pk).exists()
        )

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        """Their rows, or none when no action is allowed."""
        if self.user_has_any_permission(user, actions):
            return self.rows(user)
        return self.model._default_manager.none()


class SeenPolicy(Scoped, BasePermissionPolicy):
    """Read by who sees the dossiers of its organisation, written by no screen: deeds do that.

    `dossier` is the path to the dossier that the rows tell of: who is recused from it does not
    meet them, whatever else they may see (IH-30).
    """

    rule = staticmethod(access.organisations_seen_by)

    def __init__(
        self, model: type[Model], path: str = "organisation", *, dossier: str = "dossier"
    ) -> None:
        super().__init__(model)
        self.path, self.dossier = path, dossier

    def rows(self, user: Any) -> QuerySet:
        """Those of one’s organisations, less what tells of a dossier one is kept out of."""
        return self.told_to(user, super().rows(user))

    def told_to(self, user: Any, rows: QuerySet) -> QuerySet:
        """These rows, but for those of the dossiers that person is recused from."""
        return rows.exclude(**{f"{self.dossier}__in": access.recused(user)})

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Only « view », even to the one who installs the site."""
        return action == "view" and bool(within(user, self.rule))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        """Who sees dossiers somewhere."""
        users = get_user_model().objects
        if "view" not in actions:
            return users.none()
        sees = Q(is_superuser=True) | Q(groups__organisation_role__sees_dossiers=True)
        return users.filter(sees, is_active=True).distinct()


class NoticePolicy(SeenPolicy):
    """What is addressed by no one organisation is for the administrators of the site."""

    def rows(self, user: Any) -> QuerySet:
        """All of them to an administrator; to others, those of their organisations."""
        if _administers(user):
            return self.told_to(user, Notice.objects.all())
        return super().rows(user)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """As for the others; an administrator has an outbox before any organisation is there."""
        return action == "view" and (
            _administers(user) or super().user_has_permission(user, action)
        )


class EditedPolicy(Scoped, ModelPermissionPolicy):
    """Written by the editors of its organisation, as far as their Wagtail permissions go."""

    rule = staticmethod(access.organisations_edited_by)

    def __init__(self, model: type[Model], path: str = "organisation") -> None:
        super().__init__(model)
        self.path = path

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Never « delete »: what was published is what dossiers were filed under."""
        return (
            action in EDITED[self.model]
            and super().user_has_permission(user, action)
            and bool(within(user, self.rule))
        )


class SharedPolicy(ModelPermissionPolicy):
    """Shared by all organisations: read by the staff of any, changed by whom the site trusts."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """« change » is for who installs the site, and for a group to which they gave it."""
        given = super().user_has_permission
        if action == "view":
            return given(user, "view") or given(user, "change") or works_somewhere(user)
        return action == "change" and given(user, "change")


def install_policies() -> None:
    """Before Wagtail asks for the first time: it refuses any policy that comes later."""
    for model in (Letter, RegisterEntry):
        register_permission_policy(model, SeenPolicy(model))
    register_permission_policy(Dossier, SeenPolicy(Dossier, dossier="pk"))
    register_permission_policy(Measure, SeenPolicy(Measure, dossier="dossiers"))
    register_permission_policy(Notice, NoticePolicy(Notice))
    for model in (Event, Message, Attachment):
        register_permission_policy(model, SeenPolicy(model, "dossier__organisation"))
    for model in (Procedure, Form):
        register_permission_policy(model, EditedPolicy(model))
    register_permission_policy(Organisation, EditedPolicy(Organisation, "pk"))
    register_permission_policy(Calendar, SharedPolicy(Calendar))


def _administers(user: Any) -> bool:
    return user.is_active and user.is_superuser
