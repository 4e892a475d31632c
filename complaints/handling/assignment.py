"""Giving a dossier to someone: who follows it, and nothing else changes."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from complaints.handling.acting import Act
from complaints.models import Dossier, Organisation, Recusal, Role
from complaints.models.access import may_see
from complaints.workflow import MoveRefused
from complaints.workflow.vocabulary import EventKind


def colleagues(organisation: Organisation) -> QuerySet:
    """Who may be given a dossier there: active people whose role sees dossiers, by name."""
    roles = Role.objects.filter(organisation=organisation, sees_dossiers=True)
    people = get_user_model().objects.filter(is_active=True)
    return people.filter(groups__organisation_role__in=roles).distinct().order_by("username")


def handlers(dossier: Dossier) -> QuerySet:
    """Who may be given that dossier: the colleagues who are not kept out of it, by name."""
    return colleagues(dossier.organisation).exclude(
        pk__in=Recusal.objects.filter(dossier=dossier.pk).values("person")
    )


def assign(act: Act, user: Any | None) -> None:
    """Give the dossier to that person, or to nobody; raises MoveRefused to and for an outsider."""
    if not may_see(act.actor.user, act.dossier):
        raise MoveRefused("Ce dossier n’est pas ouvert à votre rôle.")
    if user is not None and not handlers(act.dossier).filter(pk=user.pk).exists():
        raise MoveRefused("Cette personne ne suit pas les dossiers de cet organisme.")
    act.dossier.assigned_to = user
    label = (user.get_full_name() or user.get_username()) if user else ""
    act.record(EventKind.ASSIGNED, to=label)
